using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Tests.Interrupts.GuestIts;
using Sluice.Simulation;
using Sluice.Simulation.Guests;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts.Matrix;

/// <summary>One kind of MSI controller that a guest sees, and the guest's driver of it.</summary>
internal abstract class GuestSide(SimulatedMachine machine)
{
    public SimulatedGuest Guest { get; } = new(machine);

    /// <summary>What the guest's driver does before it hands out messages of a function.</summary>
    public virtual void Prepare(RequesterId place, int entries)
    {
    }

    /// <summary>The message of an entry, as the guest's driver composes it.</summary>
    public abstract (ulong Address, uint Data) Compose(RequesterId place, int entry);

    /// <summary>What the guest's driver takes now: device and entry, in order.</summary>
    public abstract List<(uint Device, int Entry)> Take();
}

/// <summary>A GICv2m frame: 16 interrupts for each device.</summary>
internal sealed class FrameGuest : GuestSide
{
    private const ulong Frame = 0x0A0B_C000;
    private const uint First = 64;

    public FrameGuest(SimulatedMachine machine)
        : base(machine)
        => Guest.Messages = new GuestFrameModel(Guest, Frame, First, 128);

    public override (ulong Address, uint Data) Compose(RequesterId place, int entry) => (Frame + 0x40, First + (place.Device * 16) + (uint)entry);

    public override List<(uint Device, int Entry)> Take()
    {
        List<(uint Device, int Entry)> taken = [];
        while (Guest.TryTakeInterrupt(out uint interrupt))
        {
            taken.Add(((interrupt - First) / 16, (int)((interrupt - First) % 16)));
        }

        return taken;
    }
}

/// <summary>An NWL bridge: 64 vectors, 8 for each device.</summary>
internal sealed class NwlSideGuest : GuestSide
{
    private const ulong Attributes = 0xFD4A_B000;
    private const uint Low = 150;
    private const uint High = 151;

    private readonly GuestNwlModel _model;

    public NwlSideGuest(SimulatedMachine machine)
        : base(machine)
    {
        _model = new GuestNwlModel(Guest, new GuestNwlPlaces
        {
            Registers = 0xFD0E_0000,
            Attributes = Attributes,
            Config = 0x80_0000_0000,
            ConfigBytes = 0x100_0000,
            LowInterrupt = Low,
            HighInterrupt = High,
            WireInterrupt = 152,
            EventInterrupt = 153,
        });
        Write(0x308, 0x8001);
        Write(0x310, unchecked((uint)Attributes));
        Write(0x314, (uint)(Attributes >> 32));
        Write(0x448, uint.MaxValue);
        Write(0x44C, uint.MaxValue);
    }

    // Across both status words: device 3 has 24 to 31, device 4 has 32 to 39.
    public override (ulong Address, uint Data) Compose(RequesterId place, int entry) => (Attributes, (place.Device * 8) + (uint)entry);

    public override List<(uint Device, int Entry)> Take()
    {
        List<(uint Device, int Entry)> taken = [];
        foreach ((uint interrupt, uint status, uint first) in ((uint, uint, uint)[])[(Low, 0x440, 0), (High, 0x444, 32)])
        {
            while (Guest.IsLevelAsserted(interrupt))
            {
                _model.Read(status, AccessWidth.Word, out ulong raised);
                Assert.NotEqual(0ul, raised);
                for (uint bit = 0; bit < 32; bit++)
                {
                    if ((raised & (1ul << (int)bit)) != 0)
                    {
                        Write(status, 1u << (int)bit);
                        taken.Add(((first + bit) / 8, (int)(bit % 8)));
                    }
                }
            }
        }

        return taken;
    }

    private void Write(uint offset, uint value) => _model.Write(offset, AccessWidth.Word, new GuestValue(value));
}

/// <summary>An ITS: events of each device, 16 message interrupts for each.</summary>
internal sealed class ItsGuest : GuestSide, ISimulatedMessages
{
    private const uint First = GuestLpis.First + 32;

    private readonly GuestItsMachine _its = new GuestItsMachine().Start();

    public ItsGuest(SimulatedMachine machine)
        : base(machine)
        => Guest.Messages = this;

    public override void Prepare(RequesterId place, int entries)
    {
        Assert.Equal(GuestItsError.None, _its.MapDevice(place.Value, 5));
        for (uint entry = 0; entry < entries; entry++)
        {
            Assert.Equal(GuestItsError.None, _its.MapEvent(place.Value, entry, First + (place.Device * 16) + entry));
        }
    }

    public override (ulong Address, uint Data) Compose(RequesterId place, int entry) => (_its.Doorbell, (uint)entry);

    public override List<(uint Device, int Entry)> Take()
    {
        List<(uint Device, int Entry)> taken = [];
        while (_its.Sink.TryTake(out uint interrupt))
        {
            taken.Add(((interrupt - First) / 16, (int)((interrupt - First) % 16)));
        }

        return taken;
    }

    public bool TryResolve(RequesterId requester, GuestAddress address, GuestValue data, out GuestMessage message)
        => _its.Its.TryResolve(requester, address, data, out message);

    public bool TryDeliver(GuestMessage message) => _its.Its.TryDeliver(message, _its.Sink.Handle);
}
