using System;

namespace Sluice.Runtime.Firmware;

/// <summary>Everything that a guest is told of its machine. What has length 0 is not there and not mentioned.</summary>
public ref struct GuestPlatform
{
    /// <summary>RAM.</summary>
    public ReadOnlySpan<GuestRange> Memory { get; init; }

    /// <summary>How many CPUs, numbered from 0 (affinity level 0).</summary>
    public uint CpuCount { get; init; }

    /// <summary>What the CPUs are, such as <c>arm,cortex-a57</c>.</summary>
    public ReadOnlySpan<byte> CpuCompatible { get; init; }

    /// <summary>The kernel's command line.</summary>
    public ReadOnlySpan<byte> BootArguments { get; init; }

    /// <summary>The initial RAM disk.</summary>
    public GuestRange RamDisk { get; init; }

    /// <summary>The GICv2 distributor.</summary>
    public GuestRange Distributor { get; init; }

    /// <summary>The GICv2 CPU interface.</summary>
    public GuestRange CpuInterface { get; init; }

    /// <summary>The GICv2m frame.</summary>
    public GuestRange MessageFrame { get; init; }

    /// <summary>The PL011 serial port.</summary>
    public GuestRange Serial { get; init; }

    /// <summary>The serial port's interrupt, counted from SPI 0.</summary>
    public uint SerialSpi { get; init; }

    /// <summary>The serial port's clock in hertz.</summary>
    public uint SerialClockHertz { get; init; }

    /// <summary>The config space of the PCI host bridge: 1 MiB a bus, from bus 0 on.</summary>
    public GuestRange ConfigSpace { get; init; }

    /// <summary>The bridge's windows.</summary>
    public ReadOnlySpan<PciWindow> Windows { get; init; }

    /// <summary>The bridge's interrupt wires.</summary>
    public ReadOnlySpan<PciInterrupt> Interrupts { get; init; }

    /// <summary>The last bus behind the bridge.</summary>
    public readonly uint LastBus => ConfigSpace.Length < (2 << 20) ? 0 : (uint)(ConfigSpace.Length >> 20) - 1;
}
