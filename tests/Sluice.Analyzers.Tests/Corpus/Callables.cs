using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using Sluice.Registers;

namespace Corpus;

/// <summary>Local functions with references, lambdas, iterators, tasks, members that an interface declares.</summary>
public class Callables
{
    public uint Backed
    {
        get => field;
        set => field = value < 16 ? value : 0;
    }

    public void Local_function_out([GuestControlled] uint value)
    {
        Give(out uint given);
        Hardware.Store([|given|]);

        void Give(out uint result) => result = value;
    }

    public void Local_function_ref([GuestControlled] uint value)
    {
        uint own = 0;
        Change(ref own);
        Hardware.Store([|own|]);

        void Change(ref uint target) => target = value;
    }

    public void Static_local_function_out([GuestControlled] uint value)
    {
        Give(value, out uint given);
        Hardware.Store([|given|]);

        static void Give(uint from, out uint result) => result = from;
    }

    public async Task Await([GuestControlled] Task<uint> value) => Hardware.Store([|await value|]);

    public async Task Async_lambda([GuestControlled] uint value)
    {
        Func<Task> later = async () =>
        {
            await Task.Yield();
            Hardware.Store([|value|]);
        };
        await later();
    }

    public IEnumerable<int> Iterator([GuestControlled] uint value)
    {
        yield return 1;
        Hardware.Store([|value|]);
        yield return 2;
    }

    public void Static_abstract<T>() where T : ISource => Hardware.Store([|T.Word|]);

    public void Static_abstract_method<T>() where T : ISource => Hardware.Store([|T.Read()|]);

    public interface ISource
    {
        [GuestControlled]
        static abstract uint Word { get; }

        [GuestControlled]
        static abstract uint Read();
    }

    public void Lambda_out([GuestControlled] uint value)
    {
        Giver give = (out uint result) => result = value;
        give(out uint given);
        Hardware.Store([|given|]);
    }

    private delegate void Giver(out uint result);

    public void Local_ref_masked([GuestControlled] uint value)
    {
        Mask(ref value);
        Hardware.Store(value);

        static void Mask(ref uint target) => target &= 7;
    }

    public void Local_ref_in_one_branch([GuestControlled] uint value, bool choice)
    {
        Mask(ref value, choice);
        Hardware.Store([|value|]);

        static void Mask(ref uint target, bool choice)
        {
            if (choice)
            {
                target &= 7;
            }
        }
    }

    public void Lambda_parameter() => Run(([GuestControlled] uint value) => Hardware.Store([|value|]));

    private static void Run(Action<uint> action) => action(1);

    public void Method_group([GuestControlled] uint value)
    {
        Action<uint> store = Hardware.Store;
        store({|miss:value|});
    }

    public void Setter_that_checks_the_field_behind_it([GuestControlled] uint value)
    {
        Backed = value;
        Hardware.Store(Backed);
    }

    public unsafe void Function_pointer([GuestControlled] uint value)
    {
        delegate*<uint, void> store = &Hardware.Store;
        store({|miss:value|});
    }
}
