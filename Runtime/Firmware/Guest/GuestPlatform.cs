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

    /// <summary>The GIC's distributor.</summary>
    public GuestRange Distributor { get; init; }

    /// <summary>The GICv2 CPU interface; not there with a GICv3.</summary>
    public GuestRange CpuInterface { get; init; }

    /// <summary>The redistributors of all CPUs, side by side: the controller is a GICv3 then.</summary>
    public GuestRange Redistributors { get; init; }

    /// <summary>The GICv2m frame. A guest has one at most of this, <see cref="TranslationService"/> and the messages of an NWL bridge.</summary>
    public GuestRange MessageFrame { get; init; }

    /// <summary>The GICv3's interrupt translation service: its two frames of 64 KiB.</summary>
    public GuestRange TranslationService { get; init; }

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

    /// <summary>The generic bridge's interrupt wires.</summary>
    public ReadOnlySpan<PciInterrupt> Interrupts { get; init; }

    /// <summary>The registers and interrupts of an NWL bridge; without its registers the bridge is the generic one.</summary>
    public NwlPlatform Nwl { get; init; }

    /// <summary>
    /// How requester ids become device ids of <see cref="TranslationService"/>; without any, every requester is its own device.
    /// </summary>
    public ReadOnlySpan<RequesterRange> MessageDevices { get; init; }

    /// <summary>The last bus behind the bridge.</summary>
    public readonly uint LastBus => ConfigSpace.Length < (2 << 20) ? 0 : (uint)(ConfigSpace.Length >> 20) - 1;
}
