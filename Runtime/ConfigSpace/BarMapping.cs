using System.Runtime.CompilerServices;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>Where a guest has put the memory of its function, and what of it is mapped: all BARs or none, except the pages of MSI-X, which always trap.</summary>
internal struct BarMapping
{
    private const ulong PageBytes = MemoryWindow.PageBytes;

    private Bases _bases;

    /// <summary>Whether the function's memory is where the guest put it, mapped or trapped.</summary>
    public bool IsActive { get; private set; }

    /// <summary>Whether it is not known any more what is mapped, or where the function would decode: it must not decode again.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>How many pages are mapped now.</summary>
    public ulong MappedPages { get; private set; }

    /// <summary>Maps all BARs at the places that the guest gave them. One without a place stays unmapped.</summary>
    /// <returns>Whether they are: not when a place is no place for it, or the mapper refuses. Then nothing is mapped.</returns>
    public bool TryMap<TGuest>(
        TGuest guest, ref readonly HostBars bars, ref readonly MsixLayout msix, ref readonly GuestMemoryWindows windows, ref readonly PciHeader.Guest header)
        where TGuest : struct, IBarMapper
    {
        if (IsBroken || !TryPlace(in bars, in windows, in header))
        {
            return false;
        }

        for (int index = 0; index < HostBars.Count; index++)
        {
            if (!TryMapBar(guest, (uint)index, in bars[index], in msix))
            {
                Undo(guest, index, in bars, in msix);
                return false;
            }
        }

        IsActive = true;
        return true;
    }

    /// <summary>Unmaps all BARs.</summary>
    /// <returns>Whether that is certain; if not, the mapping is broken.</returns>
    public bool TryUnmap<TGuest>(TGuest guest, ref readonly HostBars bars, ref readonly MsixLayout msix)
        where TGuest : struct, IBarMapper
    {
        if (IsActive)
        {
            IsActive = false;
            Undo(guest, HostBars.Count, in bars, in msix);
        }

        return !IsBroken;
    }

    /// <summary>Gives the function up: it never decodes again.</summary>
    public void GiveUp() => IsBroken = true;

    /// <summary>Finds the function's memory at a guest address.</summary>
    /// <param name="bars">The function's BARs.</param>
    /// <param name="address">The guest's address.</param>
    /// <param name="length">How many bytes are meant.</param>
    /// <param name="bar">Which BAR.</param>
    /// <param name="offset">Byte offset in it.</param>
    /// <returns>Whether all of it lies in one BAR that is active.</returns>
    [Sanitizes]
    public readonly bool TryFind(ref readonly HostBars bars, GuestAddress address, ulong length, out uint bar, out ulong offset)
    {
        for (int index = 0; IsActive && index < HostBars.Count; index++)
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

    private static ulong MappedBytes(ref readonly HostBar bar) => bar.SizeBytes < PageBytes ? PageBytes : bar.SizeBytes;

    private bool TryPlace(ref readonly HostBars bars, ref readonly GuestMemoryWindows windows, ref readonly PciHeader.Guest header)
    {
        for (int index = 0; index < HostBars.Count; index++)
        {
            _bases[index] = 0;
            if (!bars[index].IsMemory)
            {
                continue;
            }

            ulong word = header.GetBar((uint)index).Value & 0xFFFF_FFF0;
            word |= bars[index].Kind == BarKind.Memory64 ? (ulong)header.GetBar((uint)index + 1).Value << 32 : 0;
            bool sameOffset = ((word ^ bars[index].MachineAddress.Value) & (PageBytes - 1)) == 0;
            if (word != 0 && (!sameOffset || !windows.TryPlace(new GuestAddress(word), bars[index].SizeBytes, out _bases[index]) || Overlaps(index, in bars)))
            {
                return false;
            }
        }

        return true;
    }

    private readonly bool Overlaps(int index, ref readonly HostBars bars)
    {
        ulong start = _bases[index] & ~(PageBytes - 1);
        for (int other = 0; other < index; other++)
        {
            ulong otherStart = _bases[other] & ~(PageBytes - 1);
            if (_bases[other] != 0 && start - otherStart < MappedBytes(in bars[other]) | otherStart - start < MappedBytes(in bars[index]))
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
        ulong size = _bases[(int)index] == 0 ? 0 : MappedBytes(in bar);
        for (ulong offset = 0; offset < size;)
        {
            ulong end = msix.EndOfRun(index, offset, size, out bool trapped);
            if (!trapped && !guest.TryMap(start + offset, new MachineAddress(machine + offset), end - offset))
            {
                UndoBar(guest, index, offset, in msix);
                return false;
            }

            MappedPages += trapped ? 0 : (end - offset) / PageBytes;
            offset = end;
        }

        return true;
    }

    private void Undo<TGuest>(TGuest guest, int count, ref readonly HostBars bars, ref readonly MsixLayout msix)
        where TGuest : struct, IBarMapper
    {
        for (int index = count - 1; index >= 0; index--)
        {
            UndoBar(guest, (uint)index, _bases[index] == 0 ? 0 : MappedBytes(in bars[index]), in msix);
            _bases[index] = 0;
        }
    }

    private void UndoBar<TGuest>(TGuest guest, uint index, ulong size, ref readonly MsixLayout msix)
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

    [InlineArray(HostBars.Count)]
    private struct Bases
    {
        private ulong _address;
    }
}
