using System.Collections.Generic;
using Sluice.Generators.Tests.Sample;
using Sluice.Registers;

namespace Sluice.Generators.Tests.Views;

#pragma warning disable SLU2008 // They note in words what is called: no guest waits for a test.

/// <summary>A queue, a window and a clock behind the sample's view; it writes down what it is asked.</summary>
internal readonly struct CryptoHooks(List<string> calls) : Crypto.IGuestHooks
{
    public Crypto.Pool PopPool(ref Crypto.Guest view)
    {
        calls.Add("pop");
        return new(7);
    }

    public void PushPool(ref Crypto.Guest view, Crypto.Pool value) => calls.Add($"push {value.Value:X}");

    public Crypto.Data ReadData(ref Crypto.Guest view, uint index)
    {
        calls.Add($"read {index}");
        return new(index * 0x100);
    }

    public void WriteData(ref Crypto.Guest view, uint index, Crypto.Data value) => calls.Add($"write {index} {value.Value:X}");

    public void WriteBase(ref Crypto.Guest view, Crypto.Base old, Crypto.Base value, Lanes lanes) => calls.Add($"base {value.Value:X} {lanes.Bits:X}");

    public Crypto.Time ReadTime(ref Crypto.Guest view, Crypto.Time stored, Lanes lanes)
    {
        calls.Add("time");
        return new(0x1_0000_0000ul * (ulong)calls.Count);
    }
}
