using System;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Sluice.Simulation;
using Sluice.Simulation.HostBridges;
using Sluice.Simulation.Hostile;
using Sluice.Simulation.Interrupts;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Passthrough.Tests.Machines;

/// <summary>Builds machines.</summary>
internal static class Testbeds
{
    private const ulong Frame = 0x0802_0000;
    private const ulong Its = 0x0808_0000;
    private const ulong Redistributor = 0x080A_0000;
    private const ulong Ecam = 0x3F00_0000;
    private const ulong EcamWindowBytes = 0x0100_0000;
    private const ulong EcamMemory = 0x1000_0000;
    private const ulong NwlRegisters = 0xFD0E_0000;
    private const ulong NwlAttributes = 0xFD48_0000;
    private const ulong NwlConfig = 0x80_0000_0000;
    private const ulong NwlMemory = 0xE000_0000;
    private const ulong AxiConfig = 0x5000_0000;
    private const ulong AxiDoorbell = 0x6000_0000;
    private const ulong AxiMemory = 0x6100_0000;
    private const ulong MemoryBytes = 0x0100_0000;
    private const uint SharedStream = 0x4D0;

    /// <summary>All kinds.</summary>
    public static TheoryData<MachineKind> Kinds => [.. Enum.GetValues<MachineKind>()];

    /// <summary>Those whose functions can go to several guests.</summary>
    public static TheoryData<MachineKind> Sharing => [MachineKind.EcamIts];

    /// <summary>A machine of friendly functions.</summary>
    public static Testbed Build(MachineKind kind, int functions = 3, Func<int, DmaFunction>? make = null)
    {
        MachineParts parts = new();
        List<DmaFunction> made = [];
        for (int function = 0; function < functions; function++)
        {
            DmaFunction one = make?.Invoke(function) ?? new DmaFunction();
            one.Trace.IsKept = false;
            made.Add(one);
        }

        return kind switch
        {
            MachineKind.EcamV2m => EcamV2m(parts, made),
            MachineKind.EcamIts => EcamIts(parts, made),
            MachineKind.NwlFifo => Nwl(parts, made, usesFifo: true),
            MachineKind.NwlDecoded => Nwl(parts, made, usesFifo: false),
            _ => Axi(parts, made),
        };
    }

    /// <summary>A machine of hostile functions, which act at every step of the core.</summary>
    public static Testbed Hostile(MachineKind kind, ulong seed, HostileHabits habits, int functions = 3)
    {
        Testbed testbed = Build(kind, functions, number => new HostileFunction(seed + (ulong)number, habits));
        foreach (DmaFunction function in testbed.Functions)
        {
            HostileFunction hostile = (HostileFunction)function;
            hostile.Covet(MachineParts.Canary + 0x800);
            hostile.Covet(MachineParts.Pages);
            hostile.Covet(MachineParts.Ram);
            hostile.Covet(Ecam);
            hostile.Doorbell = DoorbellOf(kind);
            hostile.Sending = testbed.NoteMessage;
        }

        testbed.Stepped = () =>
        {
            foreach (DmaFunction function in testbed.Functions)
            {
                ((HostileFunction)function).Act();
            }
        };
        return testbed;
    }

    /// <summary>Where functions of a machine send their messages.</summary>
    public static ulong DoorbellOf(MachineKind kind) => kind switch
    {
        MachineKind.EcamV2m => Frame + 0x40,
        MachineKind.EcamIts => Its + 0x1_0040,
        MachineKind.NwlFifo or MachineKind.NwlDecoded => NwlAttributes,
        _ => AxiDoorbell,
    };

    private static MachineUnderTest<EcamHostBridge<FaultyBus>, FaultyMsi<GicV2mController>> EcamV2m(MachineParts parts, List<DmaFunction> functions)
    {
        SimulatedV2mFrame frame = new(80, 64);
        parts.Machine.Add(Frame, 0x1000, frame);
        List<RequesterId> ids = PlugIntoEcam(parts, functions);
        MachineSmmuV3 smmu = new(parts);
        MapDoorbell(smmu, Frame, 0x1000);
        Connect(functions, smmu.Model);
        Assert.True(GicV2mController.TryProbe(parts.Bus, new RegisterAddress(Frame), out GicV2mController msi));
        MachineWiring wiring = new() { Functions = functions, Ids = ids, TryTakeInterrupt = frame.TryTake };
        return new(parts, smmu, EcamBridge(parts), new(msi, parts.Faults), EcamLow, wiring);
    }

    private static MachineUnderTest<EcamHostBridge<FaultyBus>, FaultyMsi<GicItsController<FaultyBus, SimulatedMemory, SimulatedClock>>> EcamIts(
        MachineParts parts, List<DmaFunction> functions)
    {
        SimulatedRedistributor redistributor = new(parts.Machine, 0);
        SimulatedGicIts its = new(parts.Machine, redistributor, Redistributor, new SimulatedItsOptions());
        parts.Its = its;
        parts.Machine.Add(Its, SimulatedGicIts.SizeBytes, its);
        parts.Machine.Add(Redistributor, SimulatedRedistributor.SizeBytes, redistributor);
        List<RequesterId> ids = PlugIntoEcam(parts, functions);
        MachineSmmuV3 smmu = new(parts);
        MapDoorbell(smmu, Its + 0x1_0000, 0x1_0000);
        Connect(functions, smmu.Model);
        ItsOptions options = new() { Vectors = 128, Devices = 8, DeviceBits = 12, PatienceMicroseconds = 1000, IsCoherent = true };
        Assert.Equal(
            ItsResult.Done,
            GicItsController<FaultyBus, SimulatedMemory, SimulatedClock>.TryStart(
                parts.Bus, new RegisterAddress(Its), new RegisterAddress(Redistributor), parts.Memory, parts.Clock, options, ref parts.Pool,
                out GicItsController<FaultyBus, SimulatedMemory, SimulatedClock> msi));
        MachineWiring wiring = new()
        {
            Functions = functions,
            Ids = ids,
            TryTakeInterrupt = redistributor.TryTake,
            IsGivenUp = controller => ((FaultyMsi<GicItsController<FaultyBus, SimulatedMemory, SimulatedClock>>)controller).Controller.IsBroken,
        };
        return new(parts, smmu, EcamBridge(parts), new(msi, parts.Faults), EcamLow, wiring);
    }

    private static MachineUnderTest<NwlHostBridge<FaultyBus>, FaultyMsi<NwlMsiController<FaultyBus, SimulatedClock>>> Nwl(
        MachineParts parts, List<DmaFunction> functions, bool usesFifo)
    {
        const uint Low = 146;
        const uint High = 147;
        const uint Events = 150;
        parts.Streams.Add(SharedStream);
        MachineSmmu500 smmu = new(parts);
        SimulatedNwlBridge model = new(smmu.Model, parts.Functions, new SimulatedNwlOptions { Stream = SharedStream });
        parts.Nwl = model;
        parts.Machine.Add(NwlRegisters, SimulatedNwlBridge.SizeBytes, model.Registers);
        parts.Machine.Add(NwlAttributes, SimulatedNwlBridge.SizeBytes, model.Attributes);
        parts.Machine.Add(NwlConfig, 16 << 20, model.Config);
        parts.Machine.Add(NwlMemory, MemoryBytes, parts.Functions.Memory(NwlMemory));
        List<RequesterId> ids = PlugBehindPort(parts, functions, model);
        NwlSettings settings = new()
        {
            Policy = BringUpPolicy.Hypervisor,
            Bridge = new RegisterAddress(NwlRegisters),
            Attributes = new RegisterAddress(NwlAttributes),
            Config = new EcamWindow(NwlConfig, 16 << 20, 0, 255),
        };
        Assert.True(
            NwlHostBridge<FaultyBus>.TryStart(parts.Bus, parts.Clock, settings, out NwlHostBridge<FaultyBus> bridge, out BridgeRefusal refusal),
            RefusalText.Of(refusal));
        NwlMsiSettings messages = new() { UsesFifo = usesFifo, Doorbell = NwlAttributes, LowInterrupt = Low, HighInterrupt = High, EventInterrupt = Events };
        Assert.True(NwlMsiController<FaultyBus, SimulatedClock>.TryStart(
            parts.Bus, new RegisterAddress(NwlRegisters), parts.Clock, messages, [], out NwlMsiController<FaultyBus, SimulatedClock> msi, out _));
        MachineWiring wiring = new()
        {
            Functions = functions,
            Ids = ids,
            Stream = SharedStream,
            LostMessages = () => model.LostMessages,
            TryTakeInterrupt = (out uint interrupt) =>
            {
                interrupt = model.IsLowRaised ? Low : model.IsHighRaised ? High : model.IsEventRaised ? Events : 0;
                return interrupt != 0;
            },
        };
        return new(parts, smmu, bridge, new(msi, parts.Faults), new MemoryWindow(new MachineAddress(NwlMemory), NwlMemory, MemoryBytes), wiring);
    }

    private static MachineUnderTest<XilinxAxiHostBridge<FaultyBus>, FaultyMsi<AxiMsiController<FaultyBus, SimulatedClock>>> Axi(MachineParts parts, List<DmaFunction> functions)
    {
        const uint Interrupt = 84;
        MachineSmmu500 smmu = new(parts);
        SimulatedAxiPcieBridge model = new(smmu.Model, parts.Functions);
        parts.Machine.Add(AxiConfig, 16 << 20, model);
        parts.Machine.Add(AxiMemory, MemoryBytes, parts.Functions.Memory(AxiMemory));
        List<RequesterId> ids = PlugBehindPort(parts, functions, model);
        foreach (RequesterId id in ids)
        {
            parts.Streams.Add(id.Value);
        }

        AxiPcieSettings settings = new() { Policy = BringUpPolicy.Hypervisor, Config = new EcamWindow(AxiConfig, 16 << 20, 0, 15) };
        Assert.True(
            XilinxAxiHostBridge<FaultyBus>.TryStart(parts.Bus, settings, out XilinxAxiHostBridge<FaultyBus> bridge, out BridgeRefusal refusal),
            RefusalText.Of(refusal));
        Assert.True(AxiMsiController<FaultyBus, SimulatedClock>.TryStart(
            parts.Bus, new RegisterAddress(AxiConfig), parts.Clock, AxiDoorbell, Interrupt, [], out AxiMsiController<FaultyBus, SimulatedClock> msi, out _));
        MachineWiring wiring = new()
        {
            Functions = functions,
            Ids = ids,
            LostMessages = () => model.LostEntries,
            TryTakeInterrupt = (out uint interrupt) =>
            {
                interrupt = Interrupt;
                return model.IsRaised;
            },
        };
        return new(parts, smmu, bridge, new(msi, parts.Faults), new MemoryWindow(new MachineAddress(AxiMemory), AxiMemory, MemoryBytes), wiring);
    }

    private static MemoryWindow EcamLow => new(new MachineAddress(EcamMemory), EcamMemory, MemoryBytes);

    private static EcamHostBridge<FaultyBus> EcamBridge(MachineParts parts) => new(parts.Bus, new EcamWindow(Ecam, EcamWindowBytes, 0, 15));

    private static List<RequesterId> PlugIntoEcam(MachineParts parts, List<DmaFunction> functions)
    {
        parts.Machine.Add(Ecam, EcamWindowBytes, parts.Functions.Ecam);
        parts.Machine.Add(EcamMemory, MemoryBytes, parts.Functions.Memory(EcamMemory));
        List<RequesterId> ids = [];
        for (int function = 0; function < functions.Count; function++)
        {
            RequesterId id = new(0, (uint)function + 2, 0);
            parts.Functions.Add(id, functions[function]);
            parts.Streams.Add(id.Value);
            ids.Add(id);
        }

        return ids;
    }

    private static List<RequesterId> PlugBehindPort(MachineParts parts, List<DmaFunction> functions, IDmaPath bridge)
    {
        parts.Functions.AddDevice(1, 0, [.. functions]);
        Connect(functions, bridge);
        List<RequesterId> ids = [];
        for (int function = 0; function < functions.Count; function++)
        {
            ids.Add(new RequesterId(1, 0, (uint)function));
        }

        return ids;
    }

    private static void Connect(List<DmaFunction> functions, IDmaPath path)
    {
        foreach (DmaFunction function in functions)
        {
            function.Dma = path;
        }
    }

    private static void MapDoorbell(MachineSmmuV3 smmu, ulong page, ulong length)
    {
        for (int guest = 0; guest < MachineParts.Guests; guest++)
        {
            Assert.Equal(MappingResult.Done, smmu.Map(guest, page, new MachineAddress(page), length));
        }
    }
}
