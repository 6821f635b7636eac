using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>MSI and MSI-X: at most one of them is enabled at a time.</summary>
internal partial struct FunctionCore<TBridge, TGuest, TEntries> : MsiCapability.IGuestHooks, MsixCapability.IGuestHooks
{
    /// <inheritdoc/>
    public void WriteMsiFlags(ref MsiCapability.Guest view, MsiCapability.MsiFlags old, MsiCapability.MsiFlags value, Lanes lanes)
    {
        uint count = 1u << (int)value.Qsize;
        if (count > _msi.Capable)
        {
            count = _msi.Capable;
            value = value with { Qsize = view.MsiFlags.Qmask };
            view.MsiFlags = value;
        }

        if (value.Enable == old.Enable && (!value.Enable || value.Qsize == old.Qsize))
        {
            return;
        }

        if (value.Enable && !TryEnableMsi(ref view, count))
        {
            RefusedMessages++;
            view.MsiFlags = value with { Enable = false };
        }
        else if (!value.Enable)
        {
            DisableMsi();
        }

        MustFollow = true;
    }

    /// <inheritdoc/>
    public void WriteMsiAddressLo(ref MsiCapability.Guest view, MsiCapability.MsiAddressLo old, MsiCapability.MsiAddressLo value, Lanes lanes)
        => ResolveAgain(ref view, old.Value != value.Value);

    /// <inheritdoc/>
    public void WriteMsiAddressHi(ref MsiCapability.Guest view, MsiCapability.MsiAddressHi old, MsiCapability.MsiAddressHi value, Lanes lanes)
        => ResolveAgain(ref view, old.Value != value.Value);

    /// <inheritdoc/>
    public void WriteMsiData64(ref MsiCapability.Guest view, MsiCapability.MsiData64 old, MsiCapability.MsiData64 value, Lanes lanes)
        => ResolveAgain(ref view, old.Value != value.Value);

    /// <inheritdoc/>
    public void WriteMsiMask64(ref MsiCapability.Guest view, MsiCapability.MsiMask64 old, MsiCapability.MsiMask64 value, Lanes lanes)
    {
        _msi.Mask(value.Value);
        view.MsiMask64 = new MsiCapability.MsiMask64(_msi.GuestMask);
        ApplyMasks();
    }

    /// <inheritdoc/>
    public readonly MsiCapability.MsiPending64 ReadMsiPending64(ref MsiCapability.Guest view, MsiCapability.MsiPending64 stored, Lanes lanes)
        => new((_msi.Pending | _host.ReadPendingMessages()) & (uint)((1UL << (int)_msi.Capable) - 1));

    /// <inheritdoc/>
    public void WriteMsixFlags(ref MsixCapability.Guest view, MsixCapability.MsixFlags old, MsixCapability.MsixFlags value, Lanes lanes)
    {
        if (value.Enable && _msi.IsEnabled)
        {
            RefusedMessages++;
            value = value with { Enable = false };
            view.MsixFlags = value;
        }

        if (value.Enable == old.Enable && value.Maskall == old.Maskall)
        {
            return;
        }

        bool wakes = _msix.Control(value.Enable, value.Maskall, _guest);
        UpdateMsix(entriesChanged: value.Enable && (wakes || !old.Enable));
        MustFollow = true;
    }

    /// <summary>Holds a vector back, whatever the guest does, or no longer.</summary>
    /// <param name="index">Which of the function's vectors.</param>
    /// <param name="held">Whether it is held.</param>
    public void Hold(uint index, bool held)
    {
        _msi.Hold(index, held);
        ApplyMasks();
        _msix.Hold(index, held);
        if (index < _msix.Vectors.Count)
        {
            UpdateEntry(index);
        }
    }

    /// <summary>Reads the guest's MSI-X table.</summary>
    public readonly AccessResult ReadTable(uint entry, uint offset, AccessWidth width, out ulong value) => _msix.Read(entry, offset, width, out value);

    /// <summary>Writes the guest's MSI-X table; the hardware's follows.</summary>
    public AccessResult WriteTable(uint entry, uint offset, AccessWidth width, GuestValue value)
    {
        AccessResult result = _msix.Write(entry, offset, width, value, _guest, out bool changed, out bool unmasked);
        if (changed)
        {
            UpdateEntry(entry);
        }

        return result;
    }

    private bool TryEnableMsi(ref MsiCapability.Guest view, uint count)
    {
        DisableMsi();
        if (_msix.IsEnabled || !_msi.TryResolve(AddressOf(in view), view.MsiData64.Value, count, _guest))
        {
            return false;
        }

        _msi.Enable(count);
        _host.WriteMessage(_msi.First);
        _host.MaskMessages(_msi.HardwareMask);
        _host.ControlMsi(enabled: true, count);
        return true;
    }

    private void DisableMsi()
    {
        _msi.Disable();
        _host.ControlMsi(enabled: false, count: 1);
    }

    private void ResolveAgain(ref MsiCapability.Guest view, bool changed)
    {
        // Software changes a message in several writes: what means nothing in between waits, and is not lost.
        if (changed && _msi.IsEnabled)
        {
            bool means = _msi.TryResolve(AddressOf(in view), view.MsiData64.Value, _msi.Count, _guest);
            RefusedMessages += means ? 0u : 1u;
            ApplyMasks();
        }
    }

    private void ApplyMasks()
    {
        if (_msi.IsEnabled)
        {
            _host.MaskMessages(_msi.HardwareMask);
            _msi.Flush(_guest);
        }
    }

    // A function with a 32-bit address has no upper half, and none is stored.
    private static GuestAddress AddressOf(ref readonly MsiCapability.Guest view) => new(((ulong)view.MsiAddressHi.Value << 32) | view.MsiAddressLo.Value);

    private void UpdateEntry(uint entry)
    {
        if (_msix.IsEnabled && _mapping.IsActive)
        {
            _host.WriteEntry(entry, _msix.Message(entry), _msix.IsOpen(entry));
        }

        _msix.Flush(entry, _guest);
    }

    // All entries are masked at once while any of them changes, and as long as the function does not decode: its table is out of reach then.
    private void UpdateMsix(bool entriesChanged)
    {
        bool reachable = _mapping.IsActive;
        _host.ControlMsix(_msix.IsEnabled, masked: true);
        for (uint entry = 0; reachable && entriesChanged && entry < _msix.Vectors.Count; entry++)
        {
            _host.WriteEntry(entry, _msix.Message(entry), _msix.IsOpen(entry));
        }

        if (reachable && _msix.IsEnabled && !_msix.IsMasked)
        {
            _host.ControlMsix(enabled: true, masked: false);
        }

        for (uint entry = 0; entriesChanged && entry < _msix.Vectors.Count; entry++)
        {
            _msix.Flush(entry, _guest);
        }
    }
}
