using System;
using System.Collections.Generic;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Memory;

namespace Sluice.Simulation.Guests;

/// <summary>A guest without a processor: what is mapped for it, and which of its interrupts are pending.</summary>
/// <param name="machine">The machine that it runs on.</param>
public sealed class SimulatedGuest(SimulatedMachine machine)
{
    private readonly List<GuestMapping> _mappings = [];
    private readonly Dictionary<ulong, PageAttributes> _attributes = [];
    private readonly Queue<uint> _interrupts = new();
    private readonly HashSet<(ushort Place, uint Pin)> _pins = [];
    private readonly HashSet<uint> _levels = [];

    /// <summary>The machine that it runs on.</summary>
    public SimulatedMachine Machine => machine;

    /// <summary>The guest as the core is given it.</summary>
    public GuestHandle Handle => new(this);

    /// <summary>What is mapped for it, in the order in which it was mapped.</summary>
    public IReadOnlyList<GuestMapping> Mappings => _mappings;

    /// <summary>How many interrupts it has been given and has not taken.</summary>
    public int PendingInterrupts => _interrupts.Count;

    /// <summary>Its MSI controller; without one its messages mean nothing.</summary>
    public ISimulatedMessages? Messages { get; set; }

    /// <summary>Called when a function has asserted or deasserted its pin: where the guest sees it, which pin, and whether it is asserted now.</summary>
    public Action<RequesterId, uint, bool>? PinChanged { get; set; }

    /// <summary>Whether mapping is refused; asked with the guest address and the size.</summary>
    public Func<ulong, ulong, bool>? RefusesMap { get; set; }

    /// <summary>Whether unmapping does not come to an end.</summary>
    public bool LosesUnmap { get; set; }

    /// <summary>Whether one unmapping does not come to an end; asked with the guest address and the size.</summary>
    public Func<ulong, ulong, bool>? RefusesUnmap { get; set; }

    /// <summary>Called before each mapping and unmapping; true for mapping.</summary>
    public Action<bool, ulong, ulong>? Remapping { get; set; }

    /// <summary>Takes the interrupt that was raised first.</summary>
    public bool TryTakeInterrupt(out uint interrupt) => _interrupts.TryDequeue(out interrupt);

    /// <summary>Access and memory type of a mapping.</summary>
    /// <param name="mapping">One of <see cref="Mappings"/>.</param>
    public PageAttributes AttributesOf(GuestMapping mapping) => _attributes[mapping.Guest];

    /// <summary>Finds what a guest address is mapped to.</summary>
    public bool TryTranslate(ulong guest, out ulong address)
    {
        foreach (GuestMapping mapping in _mappings)
        {
            if (guest >= mapping.Guest && guest - mapping.Guest < mapping.SizeBytes)
            {
                address = mapping.Machine + (guest - mapping.Guest);
                return true;
            }
        }

        address = 0;
        return false;
    }

    /// <summary>Whether the line of a level interrupt is asserted.</summary>
    /// <param name="interrupt">The guest's interrupt number.</param>
    public bool IsLevelAsserted(uint interrupt) => _levels.Contains(interrupt);

    /// <summary>Whether a function asserts its pin.</summary>
    /// <param name="place">Where the guest sees it.</param>
    /// <param name="pin">1 to 4 for INTA to INTD.</param>
    public bool IsAsserted(RequesterId place, uint pin) => _pins.Contains((place.Value, pin));

    internal void SetIntx(RequesterId place, uint pin, bool asserted)
    {
        if (asserted ? _pins.Add((place.Value, pin)) : _pins.Remove((place.Value, pin)))
        {
            PinChanged?.Invoke(place, pin, asserted);
        }
    }

    internal bool Withdraw(uint interrupt)
    {
        bool found = _interrupts.Contains(interrupt);
        for (int count = _interrupts.Count; count > 0; count--)
        {
            uint pending = _interrupts.Dequeue();
            if (pending != interrupt)
            {
                _interrupts.Enqueue(pending);
            }
        }

        return found;
    }

    internal void SetLevel(uint interrupt, bool asserted) => _ = asserted ? _levels.Add(interrupt) : _levels.Remove(interrupt);

    internal void Raise(uint interrupt)
    {
        if (!_interrupts.Contains(interrupt))
        {
            _interrupts.Enqueue(interrupt);
        }
    }

    internal bool TryMap(ulong guest, ulong address, ulong size, PageAttributes attributes)
    {
        Remapping?.Invoke(true, guest, size);
        foreach (GuestMapping mapping in _mappings)
        {
            if (guest < mapping.Guest + mapping.SizeBytes && mapping.Guest < guest + size)
            {
                return false;
            }
        }

        if (RefusesMap?.Invoke(guest, size) == true)
        {
            return false;
        }

        _mappings.Add(new GuestMapping(guest, address, size));
        _attributes[guest] = attributes;
        return true;
    }

    internal bool TryUnmap(ulong guest, ulong size)
    {
        Remapping?.Invoke(false, guest, size);
        bool refuses = LosesUnmap || RefusesUnmap?.Invoke(guest, size) == true;
        for (int index = 0; !refuses && index < _mappings.Count; index++)
        {
            if (_mappings[index].Guest == guest && _mappings[index].SizeBytes == size)
            {
                _mappings.RemoveAt(index);
                return true;
            }
        }

        return false;
    }
}
