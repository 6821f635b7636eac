using System;
using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Benchmarks;

/// <summary>The trace touches no hooked register: a call here would mean that it measures something else.</summary>
internal readonly struct NoHooks : PciHeader.IGuestHooks
{
    public void WriteCommand(ref PciHeader.Guest view, PciHeader.Command old, PciHeader.Command value, Lanes lanes) => throw new InvalidOperationException();

    public void WriteBar(ref PciHeader.Guest view, uint element, PciHeader.Bar old, PciHeader.Bar value, Lanes lanes) => throw new InvalidOperationException();

    public ulong ReadHardware(uint offset, AccessWidth width) => throw new InvalidOperationException();

    public void WriteHardware(uint offset, AccessWidth width, ulong value) => throw new InvalidOperationException();
}
