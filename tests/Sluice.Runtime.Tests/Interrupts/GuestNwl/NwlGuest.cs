using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Tests.ConfigSpace;
using Sluice.Simulation;
using Sluice.Simulation.Guests;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts.GuestNwl;

/// <summary>
/// A guest that has an NWL bridge, played by the accesses of the vendor's driver (Linux, drivers/pci/controller/pcie-xilinx-nwl.c) in its order. Behind it is the reference function,
/// on a machine whose own bridge is generic and whose own messages go to a GICv2m frame.
/// </summary>
internal sealed class NwlGuest
{
    public const ulong Registers = 0xFD0E_0000;
    public const ulong Attributes = 0xFD48_0000;
    public const ulong Config = 0x80_0000_0000;
    public const ulong ConfigBytes = 0x100_0000;
    public const uint Low = 146;
    public const uint High = 147;
    public const uint Wires = 148;
    public const uint Events = 150;

    private const uint AllEvents = 0x07D7_00F3;

    private GuestNwlConfig<EcamHostBridge<SimulatedBus>, GuestHandle, MsixEntryArray> _config
        = GuestNwlConfig<EcamHostBridge<SimulatedBus>, GuestHandle, MsixEntryArray>.Create();

    public NwlGuest()
    {
        Model = new GuestNwlModel(Assigned.Guest, new GuestNwlPlaces
        {
            Registers = Registers,
            Attributes = Attributes,
            Config = Config,
            ConfigBytes = ConfigBytes,
            LowInterrupt = Low,
            HighInterrupt = High,
            WireInterrupt = Wires,
            EventInterrupt = Events,
        });
    }

    public AssignedFunction Assigned { get; } = new();

    public GuestNwlModel Model { get; }

    public uint Denied => _config.Denied + Model.Bridge.Denied;

    public bool IsAsserted(uint interrupt) => Assigned.Guest.IsLevelAsserted(interrupt);

    public uint Read(ulong address, int bytes = 4)
    {
        ulong value;
        switch (address)
        {
            case >= Registers and < Registers + 0x1000:
                Model.Read((uint)(address - Registers), (AccessWidth)bytes, out value);
                break;
            case >= Attributes and < Attributes + 0x1000:
                Model.Bridge.ReadAttributes((uint)(address - Attributes), (AccessWidth)bytes, out value);
                break;
            case >= Config and < Config + ConfigBytes:
                _config.Read(in Model.Bridge, ref Assigned.Bridge, address - Config, (AccessWidth)bytes, out value);
                break;
            default:
                value = Assigned.ReadMemory(address, bytes);
                break;
        }

        return (uint)value;
    }

    public AccessResult Write(ulong address, uint value, int bytes = 4) => address switch
    {
        >= Registers and < Registers + 0x1000 => Model.Write((uint)(address - Registers), (AccessWidth)bytes, new GuestValue(value)),
        >= Attributes and < Attributes + 0x1000 => Model.Bridge.WriteAttributes((uint)(address - Attributes), (AccessWidth)bytes, new GuestValue(value)),
        >= Config and < Config + ConfigBytes => _config.Write(in Model.Bridge, ref Assigned.Bridge, address - Config, (AccessWidth)bytes, new GuestValue(value)),
        _ => Assigned.WriteMemory(address, bytes, value),
    };

    public uint Bridge(uint offset) => Read(Registers + offset);

    public void Bridge(uint offset, uint value)
    {
        if (Write(Registers + offset, value) != AccessResult.Done)
        {
            Refused.Add(offset);
        }
    }

    /// <summary>Registers that did not take a write.</summary>
    public List<uint> Refused { get; } = [];

    public static ulong ConfigOf(uint bus, uint device, uint offset) => Config + ((ulong)bus << 20) + (device << 15) + offset;

    /// <summary>What the driver does up to the scan of its buses.</summary>
    public NwlGuest Probe()
    {
        InitializeBridge();
        EnableMessages();
        return this;
    }

    public void InitializeBridge()
    {
        Assert.Equal(1u, Bridge(0x200) & 1);
        Bridge(0x210, unchecked((uint)Registers));
        Bridge(0x214, (uint)(Registers >> 32));
        Bridge(0x208, 1);
        Bridge(0x000, Bridge(0x000) | 7);
        Bridge(0x3E8, 1);
        Bridge(0x020, 0xE);
        Bridge(0x004, Bridge(0x004) | 0xFF);
        Assert.Equal(2u, Read(Attributes + 0x238) & 2);
        Assert.Equal(1u, Bridge(0x220) & 1);
        Bridge(0x228, Bridge(0x228) | 1);
        Bridge(0x228, Bridge(0x228) | (12 << 16));
        Bridge(0x230, unchecked((uint)Config));
        Bridge(0x234, (uint)(Config >> 32));
        LastBus = (Bridge(0x228) >> 16) & 0x1F;
        Write(Config + 0x18, 0 | (1 << 8) | (LastBus << 16));
        Bridge(0x404, ~AllEvents);
        Bridge(0x400, Bridge(0x400) & AllEvents);
        Bridge(0x404, AllEvents);
        Bridge(0x424, 0xFFFF_FFF0);
        Bridge(0x420, Bridge(0x420) & 0xF);
        Bridge(0x424, 0xF);
        Bridge(0x010, Bridge(0x010) | 1);
    }

    public void EnableMessages()
    {
        Assert.Equal(1u, Bridge(0x300) & 1);
        Bridge(0x308, Bridge(0x308) | 1);
        Bridge(0x308, Bridge(0x308) | 0x8000);
        Bridge(0x310, unchecked((uint)Attributes));
        Bridge(0x314, (uint)(Attributes >> 32));
        foreach (uint high in (uint[])[4, 0])
        {
            Bridge(0x448 + high, 0);
            Bridge(0x440 + high, Bridge(0x440 + high));
            Bridge(0x448 + high, uint.MaxValue);
        }
    }

    public uint LastBus { get; private set; }

    /// <summary>Whether the driver asks for a function at all: nothing but device 0 on the root bus, and nothing behind a link that is down.</summary>
    public bool IsValid(uint bus, uint device) => bus == 0 ? device == 0 : (Read(Attributes + 0x238) & 1) != 0;

    /// <summary>The driver's handler of one of its two message interrupts: what it took, with the number that the register says.</summary>
    public List<uint> HandleMessages(uint interrupt)
    {
        uint status = interrupt == Low ? 0x440u : 0x444u;
        List<uint> vectors = [];
        for (uint raised = Bridge(status); raised != 0; raised = Bridge(status))
        {
            for (int bit = 0; bit < 32; bit++)
            {
                if ((raised & (1u << bit)) != 0)
                {
                    Bridge(status, 1u << bit);
                    vectors.Add((interrupt == Low ? 0u : 32u) + (uint)bit);
                }
            }
        }

        return vectors;
    }

    /// <summary>Places the reference function's memory and gives entries of its MSI-X table messages, as the driver composes them.</summary>
    public void Program(params uint[] vectors)
    {
        Write(ConfigOf(1, 1, 0x10), (uint)AssignedFunction.Bar0);
        Write(ConfigOf(1, 1, 0x14), 0);
        Write(ConfigOf(1, 1, 0x04), 0x0006, 2);
        for (int entry = 0; entry < vectors.Length; entry++)
        {
            Assigned.Program(entry, Attributes, vectors[entry]);
        }

        Write(ConfigOf(1, 1, 0x72), 0x8000, 2);
    }
}
