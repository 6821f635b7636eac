using System;
using System.Diagnostics.CodeAnalysis;
using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Benchmarks;

/// <summary>The trace touches no hooked register: a call here would mean that it measures something else.</summary>
internal readonly struct NoHooks : PciHeader.IGuestHooks
{
    public void WriteCommand(ref PciHeader.Guest view, PciHeader.Command old, PciHeader.Command value, Lanes lanes) => Stop();

    public void WriteBar(ref PciHeader.Guest view, uint element, PciHeader.Bar old, PciHeader.Bar value, Lanes lanes) => Stop();

    public void WriteRomAddress(ref PciHeader.Guest view, PciHeader.RomAddress old, PciHeader.RomAddress value, Lanes lanes) => Stop();

    public ulong ReadHardware(uint offset, AccessWidth width)
    {
        Stop();
        return 0;
    }

    public void WriteHardware(uint offset, AccessWidth width, ulong value) => Stop();

    [DoesNotReturn]
    private static void Stop() => Environment.FailFast("The trace touches a register that has a hook.");
}
