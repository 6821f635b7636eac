using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>
/// A guest's MSI-X: its table, what it has enabled, what is pending. The guest's messages are only ever resolved to the guest's own interrupts; what the hardware
/// gets is the host's message for the vector.
/// </summary>
/// <typeparam name="TEntries">Where the table is kept.</typeparam>
internal struct MsixVectors<TEntries>
    where TEntries : struct, IMsixEntries
{
    private readonly TEntries _entries;
    private readonly RequesterId _place;
    private readonly MsiMessage _first;
    private PendingBits _pending;
    private PendingBits _held;

    /// <summary>Begins with every entry masked and nothing pending.</summary>
    /// <param name="entries">Memory for the table.</param>
    /// <param name="place">Where the guest sees the function: who sends its messages.</param>
    /// <param name="vectors">The physical vectors: one an entry, at most as many as there is memory for entries.</param>
    /// <param name="first">The host's message of the first vector; those of the others follow in the data.</param>
    public MsixVectors(TEntries entries, RequesterId place, VectorBlock vectors, MsiMessage first)
    {
        _entries = entries;
        _place = place;
        _first = first;
        Vectors = vectors;
        Reset();
    }

    /// <summary>The physical vectors, one an entry.</summary>
    public VectorBlock Vectors { get; }

    /// <summary>Whether the guest has enabled MSI-X.</summary>
    public bool IsEnabled { get; private set; }

    /// <summary>Whether the guest has masked all entries at once.</summary>
    public bool IsMasked { get; private set; }

    /// <summary>Messages that became a guest's interrupt.</summary>
    public uint Delivered { get; private set; }

    /// <summary>Messages that found MSI-X disabled, or a guest's message that means none of its interrupts.</summary>
    public uint Dropped { get; private set; }

    /// <summary>Pending bits of 64 entries.</summary>
    public readonly ulong Pending(uint word) => _pending.Word(word);

    /// <summary>The host's message of an entry.</summary>
    public readonly MsiMessage Message(uint entry) => new(_first.Address, _first.Data + entry);

    /// <summary>Whether the hardware may send an entry's message, the mask of the whole table aside.</summary>
    public readonly bool IsOpen(uint entry)
    {
        ref GuestMsixEntry guest = ref _entries.At(entry);
        return IsEnabled && !guest.View.VectorCtrl.Maskbit && !guest.Message.IsNone && !_held.Has(entry);
    }

    /// <summary>Reads the table.</summary>
    public readonly AccessResult Read(uint entry, uint offset, AccessWidth width, out ulong value)
    {
        UnmaskWatch watch = default;
        return _entries.At(entry).View.Read(offset, width, ref watch, out value);
    }

    /// <summary>Writes the table.</summary>
    /// <typeparam name="TGuest">The guest.</typeparam>
    /// <param name="entry">Which entry; below the number of vectors.</param>
    /// <param name="offset">Byte offset in the entry.</param>
    /// <param name="width">Four or eight bytes.</param>
    /// <param name="value">What the guest writes.</param>
    /// <param name="guest">Whose MSI controller says what an entry that is unmasked means.</param>
    /// <param name="changed">Whether the entry's mask changed, so that the hardware's must.</param>
    /// <param name="unmasked">Whether it was unmasked.</param>
    public readonly AccessResult Write<TGuest>(
        uint entry, uint offset, AccessWidth width, GuestValue value, TGuest guest, out bool changed, out bool unmasked)
        where TGuest : struct, IGuestMessages
    {
        UnmaskWatch watch = default;
        AccessResult result = _entries.At(entry).View.Write(offset, width, value, ref watch);
        changed = watch.Changed;
        unmasked = watch.Unmasked;
        if (unmasked)
        {
            Latch(entry, guest);
        }

        return result;
    }

    /// <summary>Takes the guest's enable and mask bits.</summary>
    /// <returns>Whether all entries that are unmasked have just become so.</returns>
    public bool Control<TGuest>(bool enabled, bool masked, TGuest guest)
        where TGuest : struct, IGuestMessages
    {
        bool wasLive = IsEnabled && !IsMasked;
        IsEnabled = enabled;
        IsMasked = masked;
        if (!enabled)
        {
            _pending = default;
        }

        bool wakes = enabled && !masked && !wasLive;
        for (uint entry = 0; wakes && entry < Vectors.Count; entry++)
        {
            Latch(entry, guest);
        }

        return wakes;
    }

    /// <summary>Takes a physical message: it becomes the guest's interrupt, or waits until the guest unmasks the entry.</summary>
    public void Deliver<TGuest>(uint entry, TGuest guest)
        where TGuest : struct, IGuestMessages
    {
        if (!IsEnabled)
        {
            Dropped++;
        }
        else if (entry >= Vectors.Count)
        {
            Dropped++;
        }
        else if (IsMasked || _held.Has(entry) || _entries.At(entry).View.VectorCtrl.Maskbit)
        {
            _pending.Set(entry);
        }
        else
        {
            Raise(entry, guest);
        }
    }

    /// <summary>Delivers what waited for an entry's mask to go.</summary>
    public void Flush<TGuest>(uint entry, TGuest guest)
        where TGuest : struct, IGuestMessages
    {
        if (IsEnabled && !IsMasked && !_held.Has(entry) && !_entries.At(entry).View.VectorCtrl.Maskbit && _pending.Take(entry))
        {
            Raise(entry, guest);
        }
    }

    /// <summary>Takes the host's own mask of an entry: it counts whatever the guest does.</summary>
    /// <param name="entry">Which entry; beyond the last one nothing happens.</param>
    /// <param name="held">Whether its messages wait.</param>
    public void Hold(uint entry, bool held)
    {
        if (held && entry < Vectors.Count)
        {
            _held.Set(entry);
        }
        else if (!held)
        {
            _ = _held.Take(entry);
        }
    }

    /// <summary>As after a reset of the function: disabled, every entry masked, nothing pending.</summary>
    [CoversState(Except = [nameof(_held), nameof(Delivered), nameof(Dropped)])]
    public void Reset()
    {
        IsEnabled = false;
        IsMasked = false;
        _pending = default;
        for (uint entry = 0; entry < Vectors.Count; entry++)
        {
            ref GuestMsixEntry guest = ref _entries.At(entry);
            guest.View.Reset(ResetKind.PowerOn);
            guest.Message = default;
        }
    }

    private readonly void Latch<TGuest>(uint entry, TGuest guest)
        where TGuest : struct, IGuestMessages
    {
        ref GuestMsixEntry own = ref _entries.At(entry);
        GuestAddress address = new(((ulong)own.View.UpperAddr.Value << 32) | own.View.LowerAddr.Value);
        own.Message = guest.TryResolve(_place, address, new GuestValue(own.View.Data.Value), out GuestMessage message) ? message : default;
    }

    private void Raise<TGuest>(uint entry, TGuest guest)
        where TGuest : struct, IGuestMessages
    {
        if (guest.TryDeliver(_entries.At(entry).Message))
        {
            Delivered++;
        }
        else
        {
            Dropped++;
        }
    }
}
