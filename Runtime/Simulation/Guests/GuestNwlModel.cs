using System;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Simulation.Guests;

/// <summary>A simulated guest's NWL bridge: its registers, its messages, its INTx wires.</summary>
public sealed class GuestNwlModel : ISimulatedMessages
{
    private readonly SimulatedGuest _guest;
    private GuestNwlBridge _bridge;
    private GuestIntx _intx;

    /// <summary>Gives a guest a bridge: its messages and its functions' pins go there from now on.</summary>
    /// <param name="guest">Whose.</param>
    /// <param name="places">Where the guest has it.</param>
    public GuestNwlModel(SimulatedGuest guest, GuestNwlPlaces places)
    {
        _guest = guest;
        _bridge = new GuestNwlBridge(places) { IsLinkUp = true };
        guest.Messages = this;
        guest.PinChanged = SetPin;
    }

    /// <summary>The bridge itself.</summary>
    public ref GuestNwlBridge Bridge => ref _bridge;

    /// <summary>Asserted wires: INTA in bit 0 to INTD in bit 3.</summary>
    public uint Wires => _intx.Levels;

    /// <summary>Called when the guest reads its wires: asks functions whether they still assert them.</summary>
    public Action? Sampling { get; set; }

    /// <summary>Reads the bridge's registers.</summary>
    public AccessResult Read(uint offset, AccessWidth width, out ulong value)
    {
        ModelWires wires = new(this);
        return _bridge.Read(offset, width, ref wires, out value);
    }

    /// <summary>Writes the bridge's registers.</summary>
    public AccessResult Write(uint offset, AccessWidth width, GuestValue value) => _bridge.Write(offset, width, value, _guest.Handle);

    /// <inheritdoc/>
    public bool TryResolve(RequesterId requester, GuestAddress address, GuestValue data, out GuestMessage message)
        => _bridge.TryResolve(requester, address, data, out message);

    /// <inheritdoc/>
    public bool TryDeliver(GuestMessage message) => _bridge.TryDeliver(message, _guest.Handle);

    private void SetPin(RequesterId place, uint pin, bool asserted)
    {
        if (_intx.Set(place, pin, asserted))
        {
            _bridge.SetWires(_intx.Levels, _guest.Handle);
        }
    }

    private readonly struct ModelWires(GuestNwlModel model) : IIntxWires
    {
        private readonly GuestNwlModel _model = model;

        public uint Sample()
        {
            _model.Sampling?.Invoke();
            return _model.Wires;
        }
    }
}
