using Sluice.Registers;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>The pages of the function's memory that trap: its MSI-X table, its pending bits, what lies beside them, and what is too small to be mapped.</summary>
public partial struct GuestFunction<TBridge, TGuest, TEntries>
{
    /// <summary>Reads the function's memory on a page that traps.</summary>
    /// <param name="bar">Which BAR, as <see cref="TryFind"/> gave it.</param>
    /// <param name="offset">Byte offset in it, as <see cref="TryFind"/> gave it.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is read, right-aligned, upper bits zero.</param>
    /// <returns>Denied when any byte is.</returns>
    [TrapPath]
    public AccessResult ReadMemory(uint bar, ulong offset, AccessWidth width, out ulong value)
    {
        ref readonly MsixLayout layout = ref _core.Host.Msix;
        if ((offset & ((ulong)width - 1)) != 0)
        {
            return ReadBytes(bar, offset, width, out value);
        }

        AccessResult result = AccessResult.Done;
        if (layout.InTable(bar, offset))
        {
            _counts.CountTable((uint)(offset - layout.TableOffset));
            result = ReadTable((uint)(offset - layout.TableOffset), width, out value);
        }
        else if (layout.InPending(bar, offset))
        {
            _counts.CountPending();
            result = ReadPending(offset - layout.PendingOffset, bar, offset, width, out value);
        }
        else
        {
            _counts.CountNeighbour();
            value = _core.Host.Config.Bridge.ReadMemory(_core.Host.MemoryAddress(bar, offset), width);
        }

        value &= Ones(width);
        CountDenied(result);
        return result;
    }

    /// <summary>Writes the function's memory on a page that traps.</summary>
    /// <param name="bar">Which BAR, as <see cref="TryFind"/> gave it.</param>
    /// <param name="offset">Byte offset in it, as <see cref="TryFind"/> gave it.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is written, right-aligned.</param>
    /// <returns>Denied when any byte is.</returns>
    [TrapPath]
    public AccessResult WriteMemory(uint bar, ulong offset, AccessWidth width, GuestValue value)
    {
        ref readonly MsixLayout layout = ref _core.Host.Msix;
        if ((offset & ((ulong)width - 1)) != 0)
        {
            return WriteBytes(bar, offset, width, value);
        }

        AccessResult result = AccessResult.Done;
        if (bar == HostBars.Rom)
        {
            result = AccessResult.Denied;
        }
        else if (layout.InTable(bar, offset))
        {
            _counts.CountTable((uint)(offset - layout.TableOffset));
            result = WriteTable((uint)(offset - layout.TableOffset), width, value);
        }
        else if (layout.InPending(bar, offset))
        {
            _counts.CountPending();
            result = AccessResult.Denied;
        }
        else
        {
            _counts.CountNeighbour();
            _core.Host.Config.Bridge.WriteMemory(_core.Host.MemoryAddress(bar, offset), width, value.Mask(Ones(width)));
        }

        CountDenied(result);
        return result;
    }

    private readonly AccessResult ReadTable(uint offset, AccessWidth width, out ulong value)
    {
        value = ulong.MaxValue;
        uint entry = offset / MsixLayout.EntryBytes;
        return width >= AccessWidth.Word && entry < _core.Msix.Vectors.Count
            ? _core.ReadTable(entry, offset % MsixLayout.EntryBytes, width, out value)
            : AccessResult.Denied;
    }

    private AccessResult WriteTable(uint offset, AccessWidth width, GuestValue value)
    {
        uint entry = offset / MsixLayout.EntryBytes;
        return width >= AccessWidth.Word && entry < _core.Msix.Vectors.Count
            ? _core.WriteTable(entry, offset % MsixLayout.EntryBytes, width, value)
            : AccessResult.Denied;
    }

    private readonly AccessResult ReadPending(ulong place, uint bar, ulong offset, AccessWidth width, out ulong value)
    {
        value = ulong.MaxValue;
        if (width < AccessWidth.Word)
        {
            return AccessResult.Denied;
        }

        // What waits in the function, and what has left it and waits here; of entries that the guest has, and no others.
        uint first = (uint)place * 8;
        ulong waiting = _core.Msix.Pending(first >> 6) >> (int)(first & 63);
        ulong granted = first >= _core.Msix.Vectors.Count ? 0 : _core.Msix.Vectors.Count - first >= 64 ? ulong.MaxValue : (1UL << (int)(_core.Msix.Vectors.Count - first)) - 1;
        value = (waiting | _core.Host.Config.Bridge.ReadMemory(_core.Host.MemoryAddress(bar, offset), width)) & granted;
        return AccessResult.Done;
    }

    private AccessResult ReadBytes(uint bar, ulong offset, AccessWidth width, out ulong value)
    {
        AccessResult result = AccessResult.Done;
        value = 0;
        for (uint index = 0; index < (uint)width; index++)
        {
            AccessResult one = ReadMemory(bar, offset + index, AccessWidth.Byte, out ulong part);
            value |= part << (int)(index * 8);
            result = one > result ? one : result;
        }

        return result;
    }

    private AccessResult WriteBytes(uint bar, ulong offset, AccessWidth width, GuestValue value)
    {
        AccessResult result = AccessResult.Done;
        for (uint index = 0; index < (uint)width; index++)
        {
            AccessResult one = WriteMemory(bar, offset + index, AccessWidth.Byte, new GuestValue(value.Untrusted >> (int)(index * 8)));
            result = one > result ? one : result;
        }

        return result;
    }
}
