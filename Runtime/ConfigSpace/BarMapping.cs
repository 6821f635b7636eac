using System.Runtime.CompilerServices;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>
/// Where a guest has put the memory of its function, and what of it is mapped: all that has a place or nothing, except the pages of MSI-X and what is too small to be mapped,
/// which trap.
/// </summary>
internal struct BarMapping
{
    private const ulong PageBytes = MemoryWindow.PageBytes;

    private readonly GuestMemoryWindows _windows;
    private readonly FunctionPolicy _policy;
    private Bases _bases;

    /// <summary>Begins with nothing mapped.</summary>
    /// <param name="windows">Where the guest may place the function's memory.</param>
    /// <param name="policy">How it is mapped.</param>
    public BarMapping(GuestMemoryWindows windows, FunctionPolicy policy)
    {
        _windows = windows;
        _policy = policy;
    }

    /// <summary>Whether the function's memory is where the guest put it, mapped or trapped.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Whether it is not known any more what is mapped, or where the function would decode: it must not decode again.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>How many pages are mapped now.</summary>
    public ulong MappedPages { get; private set; }

    /// <summary>Whether the expansion ROM is among what is mapped.</summary>
    public readonly bool HasRom => IsActive && _bases[HostBars.Rom] != 0;

    /// <summary>Maps all memory at the places that the guest gave it. What has no place stays unmapped.</summary>
    /// <returns>Whether it is: not when a place is no place for it, or the mapper refuses. Then nothing is mapped.</returns>
    public bool TryMap<TGuest>(TGuest guest, ref readonly HostBars bars, ref readonly MsixLayout msix, ref readonly PciHeader.Guest header)
        where TGuest : struct, IBarMapper
    {
        if (IsBroken)
        {
            return false;
        }

        for (int index = 0; index < HostBars.Places; index++)
        {
            _bases[index] = 0;
        }

        for (int index = 0; index < HostBars.Places; index++)
        {
            if (!TryPlace(index, in bars, in header) || !TryMapBar(guest, (uint)index, in bars[index], in msix))
            {
                _bases[index] = 0;
                Undo(guest, in bars, in msix);
                return false;
            }
        }

        IsActive = true;
        return true;
    }

    /// <summary>Unmaps one part of the memory and maps it where the guest wants it now, while the rest stays.</summary>
    /// <param name="guest">The guest.</param>
    /// <param name="index">Which register; one that is not the upper half of another.</param>
    /// <param name="bars">The function's registers.</param>
    /// <param name="msix">Its MSI-X table.</param>
    /// <param name="header">The guest's header, with the new place.</param>
    /// <returns>Whether it is mapped there. If not, nothing of the function is mapped.</returns>
    public bool TryMove<TGuest>(TGuest guest, int index, ref readonly HostBars bars, ref readonly MsixLayout msix, ref readonly PciHeader.Guest header)
        where TGuest : struct, IBarMapper
    {
        UndoBar(guest, (uint)index, in bars, in msix);
        if (!IsBroken && TryPlace(index, in bars, in header) && TryMapBar(guest, (uint)index, in bars[index], in msix))
        {
            return true;
        }

        _bases[index] = 0;
        IsActive = false;
        Undo(guest, in bars, in msix);
        return false;
    }

    /// <summary>Unmaps everything.</summary>
    /// <returns>Whether that is certain; if not, the mapping is broken.</returns>
    public bool TryUnmap<TGuest>(TGuest guest, ref readonly HostBars bars, ref readonly MsixLayout msix)
        where TGuest : struct, IBarMapper
    {
        if (IsActive)
        {
            IsActive = false;
            Undo(guest, in bars, in msix);
        }

        return !IsBroken;
    }

    /// <summary>Gives the function up: it never decodes again.</summary>
    public void GiveUp() => IsBroken = true;

    /// <summary>Finds the function's memory at a guest address.</summary>
    /// <param name="bars">The function's registers.</param>
    /// <param name="address">The guest's address.</param>
    /// <param name="length">How many bytes are meant.</param>
    /// <param name="bar">Which register.</param>
    /// <param name="offset">Byte offset in its memory.</param>
    /// <returns>Whether all of it lies in memory of one register that is active.</returns>
    [Sanitizes]
    public readonly bool TryFind(ref readonly HostBars bars, GuestAddress address, ulong length, out uint bar, out ulong offset)
    {
        for (int index = 0; IsActive && index < HostBars.Places; index++)
        {
            if (_bases[index] != 0 && address.TryWithin(_bases[index], bars[index].SizeBytes, length, out offset))
            {
                bar = (uint)index;
                return true;
            }
        }

        bar = 0;
        offset = 0;
        return false;
    }

    private readonly bool Traps(ref readonly HostBar bar) => bar.SizeBytes < PageBytes && _policy.SmallBars == SmallBars.Trap;

    private readonly ulong OwnedBytes(ref readonly HostBar bar) => bar.SizeBytes < PageBytes && !Traps(in bar) ? PageBytes : bar.SizeBytes;

    private readonly ulong OwnedStart(int index, ref readonly HostBar bar) => Traps(in bar) ? _bases[index] : _bases[index] & ~(PageBytes - 1);

    private readonly PageAttributes Attributes(ref readonly HostBar bar)
        => bar.Kind == BarKind.Rom ? new PageAttributes(PageAccess.Read, MemoryType.Device)
            : bar.IsPrefetchable ? new PageAttributes(PageAccess.ReadWrite, _policy.PrefetchableMemory)
            : PageAttributes.Registers;

    private bool TryPlace(int index, ref readonly HostBars bars, ref readonly PciHeader.Guest header)
    {
        _bases[index] = 0;
        ref readonly HostBar bar = ref bars[index];
        if (!bar.IsPlaced)
        {
            return true;
        }

        ulong wanted = index == HostBars.Rom
            ? (header.RomAddress.Enable ? (ulong)header.RomAddress.Address << 11 : 0)
            : header.GetBar((uint)index).Value & 0xFFFF_FFF0;
        wanted |= bar.Kind == BarKind.Memory64 ? (ulong)header.GetBar((uint)index + 1).Value << 32 : 0;
        if (wanted == 0)
        {
            return true;
        }

        // On a page that is mapped, the guest's bytes lie where the machine's do; and everything on it is the guest's.
        bool reachable = _policy.Relocation != BarRelocation.Never || wanted == bar.MachineAddress.Value;
        reachable &= Traps(in bar) || (((wanted ^ bar.MachineAddress.Value) & (PageBytes - 1)) == 0 && !bar.IsPageShared);
        return reachable && _windows.TryPlace(new GuestAddress(wanted), bar.SizeBytes, out _bases[index]) && !Overlaps(index, in bars);
    }

    private readonly bool Overlaps(int index, ref readonly HostBars bars)
    {
        ulong start = OwnedStart(index, in bars[index]);
        for (int other = 0; other < HostBars.Places; other++)
        {
            ulong otherStart = OwnedStart(other, in bars[other]);
            if (other != index && _bases[other] != 0 && start - otherStart < OwnedBytes(in bars[other]) | otherStart - start < OwnedBytes(in bars[index]))
            {
                return true;
            }
        }

        return false;
    }

    private bool TryMapBar<TGuest>(TGuest guest, uint index, ref readonly HostBar bar, ref readonly MsixLayout msix)
        where TGuest : struct, IBarMapper
    {
        ulong start = _bases[(int)index] & ~(PageBytes - 1);
        ulong machine = bar.MachineAddress.Value & ~(PageBytes - 1);
        ulong size = MappedBytes((int)index, in bar);
        for (ulong offset = 0; offset < size;)
        {
            ulong end = msix.EndOfRun(index, offset, size, out bool trapped);
            if (!trapped && !guest.TryMap(start + offset, new MachineAddress(machine + offset), end - offset, Attributes(in bar)))
            {
                UndoPart(guest, index, offset, in msix);
                return false;
            }

            MappedPages += trapped ? 0 : (end - offset) / PageBytes;
            offset = end;
        }

        return true;
    }

    private readonly ulong MappedBytes(int index, ref readonly HostBar bar) => _bases[index] == 0 || Traps(in bar) ? 0 : OwnedBytes(in bar);

    private void Undo<TGuest>(TGuest guest, ref readonly HostBars bars, ref readonly MsixLayout msix)
        where TGuest : struct, IBarMapper
    {
        for (int index = HostBars.Places - 1; index >= 0; index--)
        {
            UndoBar(guest, (uint)index, in bars, in msix);
        }
    }

    private void UndoBar<TGuest>(TGuest guest, uint index, ref readonly HostBars bars, ref readonly MsixLayout msix)
        where TGuest : struct, IBarMapper
    {
        UndoPart(guest, index, MappedBytes((int)index, in bars[(int)index]), in msix);
        _bases[(int)index] = 0;
    }

    private void UndoPart<TGuest>(TGuest guest, uint index, ulong size, ref readonly MsixLayout msix)
        where TGuest : struct, IBarMapper
    {
        ulong start = _bases[(int)index] & ~(PageBytes - 1);
        for (ulong offset = 0; offset < size;)
        {
            ulong end = msix.EndOfRun(index, offset, size, out bool trapped);
            if (!trapped)
            {
                // Every part is tried even after one failed: what can be taken away is taken away.
                IsBroken |= !guest.TryUnmap(start + offset, end - offset);
                MappedPages -= (end - offset) / PageBytes;
            }

            offset = end;
        }
    }

    [InlineArray(HostBars.Places)]
    private struct Bases
    {
        private ulong _address;
    }
}
