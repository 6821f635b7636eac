using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Generators.Tests.Sample;
using Sluice.Registers;
using Sluice.Registers.Description;
using Xunit;

namespace Sluice.Generators.Tests.Drivers;

/// <summary>What code that is generated from each <c>trap:order</c> does to the bus: how many accesses, how wide, and which first.</summary>
public sealed class EveryOrder
{
    private readonly List<string> _log = [];

    /// <summary>The order, and the accesses of a read, a write of 0x1_0000_0002 and a modify to level 0x12.</summary>
    public static TheoryData<string, string, string, string> Accesses => new()
    {
        { "single", "read64 1000", "write64 1000 100000002", "write64 1000 F000000000000012" },
        { "any", "read64 1008", "write64 1008 100000002", "write64 1008 F000000000000012" },
        { "low-first", "read32 1010, read32 1014", "write32 1010 2, write32 1014 1", "write32 1010 12, write32 1014 F0000000" },
        { "high-first", "read32 101C, read32 1018", "write32 101C 1, write32 1018 2", "write32 101C F0000000, write32 1018 12" },
        { "split", "read32 1024, read32 1020, read32 1024", "write32 1020 2, write32 1024 1", "write32 1020 12, write32 1024 F0000000" },
    };

    [Fact]
    public void Has_a_row_here()
        => Assert.Equal(
            Enum.GetNames<WideOrder>().Except([nameof(WideOrder.Unsaid)]).Order(StringComparer.Ordinal),
            Accesses.Select(static row => string.Concat(((string)row[0]).Split('-').Select(static word => char.ToUpperInvariant(word[0]) + word[1..]))).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Accesses))]
    public void Is_kept_by_reads_writes_and_modifies(string order, string read, string write, string modify)
    {
        const ulong Answer = 0x5_0000_0005;
        Orders.Registers<RecordingBus> orders = On(Answer);
        (ulong value, string[] taken) = order switch
        {
            "single" => Use(orders.Single, static bits => new Orders.Single(bits), static register => register.Value),
            "any" => Use(orders.Any, static bits => new Orders.Any(bits), static register => register.Value),
            "low-first" => Use(orders.LowFirst, static bits => new Orders.LowFirst(bits), static register => register.Value),
            "high-first" => Use(orders.HighFirst, static bits => new Orders.HighFirst(bits), static register => register.Value),
            _ => Use(orders.Split, static bits => new Orders.Split(bits), static register => register.Value),
        };
        Assert.Equal(Answer, value);
        Assert.Equal([read, write, modify], taken);
    }

    [Fact]
    public void Of_a_register_that_says_none_is_one_access()
    {
        Orders.Registers<RecordingBus> orders = On(0);
        orders.Unsaid.Write(orders.Unsaid.Read());
        Assert.Equal("read64 1040, write64 1040 0", Taken());
    }

    [Fact]
    public void Of_an_array_holds_for_each_element()
    {
        Orders.Registers<RecordingBus> orders = On(0);
        Assert.True(orders.Channel.TryIndex(1, out RegisterIndex<Orders.Channel> last));
        orders.Channel[last].Read();
        orders.Channel[last].Write(new Orders.Channel(0x3_0000_0004));
        Assert.Equal("read32 103C, read32 1038, write32 103C 3, write32 1038 4", Taken());
    }

    [Fact]
    public void That_is_split_reads_the_lower_half_again_when_the_upper_has_moved()
    {
        Orders.Registers<CarryingBus> orders = new(new CarryingBus(new Queue<uint>([1, 0xFFFF_FFFF, 2, 3]), _log), new RegisterAddress(0x1000));
        Assert.Equal(0x2_0000_0003ul, orders.Split.Read().Value);
        Assert.Equal("1024, 1020, 1024, 1020", Taken());
    }

    // Of what is modified, W1C bits are written zero and W0C bits one, each in its half.
    private (ulong Value, string[] Taken) Use<TValue>(Register<RecordingBus, TValue> register, Func<ulong, TValue> of, Func<TValue, ulong> bitsOf)
        where TValue : unmanaged, IRegisterValue<TValue>
    {
        ulong value = bitsOf(register.Read());
        string read = Taken();
        register.Write(of(0x1_0000_0002));
        string write = Taken();
        register.Modify(of(0xFF12));
        return (value, [read, write, Taken()]);
    }

    private string Taken()
    {
        string taken = string.Join(", ", _log);
        _log.Clear();
        return taken;
    }

    private Orders.Registers<RecordingBus> On(ulong answer) => new(new RecordingBus(_log, answer), new RegisterAddress(0x1000));

    // A counter of which the lower half runs over between two reads.
    private readonly struct CarryingBus(Queue<uint> answers, List<string> log) : IRegisterBus
    {
        public byte Read8(RegisterAddress address) => throw new NotSupportedException();

        public ushort Read16(RegisterAddress address) => throw new NotSupportedException();

        public uint Read32(RegisterAddress address)
        {
            log.Add($"{address.Value:X}");
            return answers.Dequeue();
        }

        public ulong Read64(RegisterAddress address) => throw new NotSupportedException();

        public void Write8(RegisterAddress address, byte value) => throw new NotSupportedException();

        public void Write16(RegisterAddress address, ushort value) => throw new NotSupportedException();

        public void Write32(RegisterAddress address, uint value) => throw new NotSupportedException();

        public void Write64(RegisterAddress address, ulong value) => throw new NotSupportedException();
    }
}
