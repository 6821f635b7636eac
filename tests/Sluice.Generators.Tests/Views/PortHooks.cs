using System.Collections.Generic;
using Sluice.Generators.Tests.Sample;
using Sluice.Registers;

namespace Sluice.Generators.Tests.Views;

#pragma warning disable SLU2008 // They note in words what is called: no guest waits for a test.

/// <summary>Hooks of the sample that write down what they are asked, over a piece of hardware of four bytes.</summary>
internal struct PortHooks(List<string> calls) : Port.IGuestHooks
{
    private readonly List<string> _calls = calls;

    /// <summary>What the hardware holds.</summary>
    public ulong Hardware;

    public readonly Port.Command ReadCommand(ref Port.Guest view, Port.Command stored, Lanes lanes)
    {
        _calls.Add($"read COMMAND {stored.Value:X} {lanes.Bits:X}");
        return new Port.Command((ushort)~stored.Value);
    }

    public readonly void WriteCommand(ref Port.Guest view, Port.Command old, Port.Command value, Lanes lanes)
    {
        _calls.Add($"write COMMAND {old.Value:X} {value.Value:X} {lanes.Bits:X}");
        if (value.Level == 0xEE)
        {
            view.Command = old;
        }
    }

    public readonly void WritePointer(ref Port.Guest view, Port.Pointer old, Port.Pointer value, Lanes lanes)
        => _calls.Add($"write POINTER {old.Value:X} {value.Value:X} {lanes.Bits:X}");

    public readonly bool AcceptsPointerAddress(GuestAddress address, ulong sizeBytes)
    {
        _calls.Add($"accepts {address.Untrusted:X} {sizeBytes:X}");
        return address.TryWithin(0x4000_0000, 0x10_0000, sizeBytes, out _);
    }

    public readonly Port.Vector ReadVector(ref Port.Guest view, uint element, Port.Vector stored, Lanes lanes)
    {
        _calls.Add($"read VECTOR {element} {stored.Value:X} {lanes.Bits:X}");
        return stored;
    }

    public readonly void WriteVector(ref Port.Guest view, uint element, Port.Vector old, Port.Vector value, Lanes lanes)
        => _calls.Add($"write VECTOR {element} {old.Value:X} {value.Value:X} {lanes.Bits:X}");

    public readonly bool OwnsVectorIndex(uint element, uint index) => index < 8;

    public readonly uint SanitizeMix(uint value) => value & 0x0F;

    public readonly ulong ReadHardware(uint offset, AccessWidth width)
    {
        _calls.Add($"hardware read {offset:X} {width}");
        return Hardware;
    }

    public void WriteHardware(uint offset, AccessWidth width, ulong value)
    {
        _calls.Add($"hardware write {offset:X} {width} {value:X}");
        Hardware = value;
    }
}
