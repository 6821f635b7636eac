using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>Where the guest wants the function's memory. None of it reaches the hardware.</summary>
internal partial struct FunctionCore<TBridge, TGuest, TEntries>
{
    private const uint AddressBits = 0xFFFF_FFF0;

    /// <inheritdoc/>
    public void WriteBar(ref PciHeader.Guest view, uint element, PciHeader.Bar old, PciHeader.Bar value, Lanes lanes)
    {
        uint index = element < HostBars.Count ? element : 0;
        uint kept = (value.Value & AddressMask(index)) | TypeBits(index);
        switch (_policy.Relocation)
        {
            case BarRelocation.WhileSilent when _mapping.IsActive:
                kept = old.Value;
                break;
            case BarRelocation.Never:
                // Part of a word may be part of a probe; whatever else it becomes is put back when the function is to decode.
                bool probes = lanes.Bits != Lanes.Word.Bits || (kept & AddressMask(index)) == AddressMask(index);
                kept = _mapping.IsActive ? old.Value : probes ? kept : HostAddress(index) | TypeBits(index);
                break;
            default:
                break;
        }

        view.SetBar(index, new PciHeader.Bar(kept));
        if (_mapping.IsActive && kept != old.Value)
        {
            Move(ref view, _host.Bars[(int)index].Kind == BarKind.UpperHalf ? index - 1 : index);
        }
    }

    /// <inheritdoc/>
    public void WriteRomAddress(ref PciHeader.Guest view, PciHeader.RomAddress old, PciHeader.RomAddress value, Lanes lanes)
    {
        ref readonly HostBar rom = ref _host.Bars[HostBars.Rom];
        bool shown = _policy.ShowsRom && rom.IsPlaced;
        uint mask = shown ? (uint)~(rom.SizeBytes - 1) | 1 : 0;
        PciHeader.RomAddress kept = new(value.Value & mask);

        // Its place is fixed while it answers, as a base address register's; whether it answers is not.
        bool answers = _mapping.HasRom && _policy.Relocation != BarRelocation.Always;
        kept = answers ? old with { Enable = kept.Enable } : kept;
        view.RomAddress = kept;
        if (_mapping.IsActive && kept.Value != old.Value && (kept.Enable || old.Enable))
        {
            _host.ControlRom(enabled: false);
            Move(ref view, HostBars.Rom);
            _host.ControlRom(_mapping.HasRom);
        }
    }

    /// <summary>Gives the registers what they hold before the guest has written any.</summary>
    /// <param name="view">The guest's header.</param>
    public readonly void ResetBars(ref PciHeader.Guest view)
    {
        for (uint index = 0; index < HostBars.Count; index++)
        {
            view.SetBar(index, new PciHeader.Bar(TypeBits(index)));
        }

        if (_policy.Relocation == BarRelocation.Never)
        {
            PlaceAtHost(ref view);
        }
    }

    private readonly void PlaceAtHost(ref PciHeader.Guest view)
    {
        for (uint index = 0; index < HostBars.Count; index++)
        {
            view.SetBar(index, new PciHeader.Bar(HostAddress(index) | TypeBits(index)));
        }
    }

    private readonly uint HostAddress(uint index)
    {
        ref readonly HostBars bars = ref _host.Bars;
        return bars[(int)index].Kind switch
        {
            BarKind.Memory32 or BarKind.Memory64 => (uint)bars[(int)index].MachineAddress.Value & AddressBits,
            BarKind.UpperHalf => (uint)(bars[(int)index - 1].MachineAddress.Value >> 32),
            _ => 0,
        };
    }

    private readonly uint AddressMask(uint index)
    {
        ref readonly HostBars bars = ref _host.Bars;
        return bars[(int)index].Kind switch
        {
            BarKind.Memory32 or BarKind.Memory64 => (uint)~(bars[(int)index].SizeBytes - 1) & AddressBits,
            BarKind.UpperHalf => (uint)(~(bars[(int)index - 1].SizeBytes - 1) >> 32),
            _ => 0,
        };
    }

    private readonly uint TypeBits(uint index)
    {
        ref readonly HostBar bar = ref _host.Bars[(int)index];
        return bar.Kind is not (BarKind.Memory32 or BarKind.Memory64) ? 0 : (bar.Kind == BarKind.Memory64 ? 4u : 0u) | (bar.IsPrefetchable ? 8u : 0u);
    }

    // The old place goes before the new one comes. If the new one is none, all of the function goes, and the guest reads that it does not decode.
    private void Move(ref PciHeader.Guest view, uint index)
    {
        if (_mapping.TryMove(_guest, (int)index, in _host.Bars, in _host.Msix, in view))
        {
            return;
        }

        RefusedMappings++;
        _host.ControlMsix(_msix.IsEnabled, masked: true);
        _host.ControlRom(enabled: false);
        view.Command = view.Command with { Memory = false };
        WriteHostCommand(view.Command);
    }
}
