global using SmmuDriver = Sluice.Runtime.Smmu.SmmuV3<Sluice.Simulation.SimulatedBus, Sluice.Simulation.SimulatedMemory, Sluice.Simulation.SimulatedClock>;
global using SmmuSpace = Sluice.Runtime.Smmu.SmmuAddressSpace<Sluice.Simulation.SimulatedMemory>;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Runtime.Tests.Smmu;

/// <summary>A machine with an SMMU: 1 MiB for tables at the start of its memory, guests' pages behind it.</summary>
internal sealed class SmmuFixture
{
    public const ulong MemoryStart = 0x4000_0000;
    public const ulong Pages = MemoryStart + 0x10_0000;
    public const ulong Registers = 0x0905_0000;
    public const ulong Patience = 1000;

    public PagePool<SimulatedMemory> Pool;
    public SmmuDriver Smmu;

    public SmmuFixture(SimulatedSmmuOptions? options = null, bool snooped = true, uint poolPages = 255)
    {
        Machine = new SimulatedMachine(new RandomAccessMemory(MemoryStart, 0x20_0000, snooped));
        Memory = new SimulatedMemory(Machine);
        Model = new SimulatedSmmuV3(Machine, options);
        Machine.Add(Registers, SimulatedSmmuV3.SizeBytes, Model);
        Assert.True(PagePool<SimulatedMemory>.TryCreate(Memory, new MachineAddress(MemoryStart), (poolPages + 1) * 0x1000UL, out Pool));
    }

    public SimulatedMachine Machine { get; }

    public SimulatedMemory Memory { get; }

    public SimulatedSmmuV3 Model { get; }

    public uint FailedRegister { get; private set; }

    /// <summary>Both stages; with and without snooping; commands taken at once and one by one.</summary>
    public static TheoryData<bool, bool, bool> Variants() => new()
    {
        { false, true, false },
        { true, true, false },
        { false, false, true },
        { true, false, true },
    };

    public static SmmuFixture Started(bool stage2, bool snooped = true, bool lazy = false, SimulatedSmmuOptions? options = null)
    {
        options ??= new SimulatedSmmuOptions();
        SmmuFixture fixture = new(options with { Stage1 = !stage2, Stage2 = stage2, Coherent = snooped, Lazy = lazy, AcknowledgeReads = 3 }, snooped);
        Assert.Equal(SmmuResult.Done, fixture.Start());
        return fixture;
    }

    public SmmuResult Start() => Start(new SmmuOptions { StreamBits = 8, Interrupts = true, PatienceMicroseconds = Patience });

    public SmmuResult Start(SmmuOptions options)
    {
        SmmuResult result =
            SmmuDriver.TryStart(Machine.Bus, new RegisterAddress(Registers), Memory, new SimulatedClock(Machine), options, ref Pool, out Smmu, out uint register);
        FailedRegister = register;
        return result;
    }

    public SmmuSpace NewSpace(ushort tag)
    {
        Assert.Equal(SmmuResult.Done, Smmu.TryCreateSpace(ref Pool, tag, 40, LeafSize.TwoMegabytes, out SmmuSpace space));
        return space;
    }

    public MappingResult Map(ref SmmuSpace space, ulong input, ulong output, ulong length = 0x1000, PageAccess access = PageAccess.ReadWrite) =>
        Smmu.Map(ref space, ref Pool, input, new MachineAddress(output), length, new PageAttributes(access, MemoryType.Normal));

    public MappingResult Unmap(ref SmmuSpace space, ulong input, ulong length = 0x1000) => Smmu.Unmap(ref space, ref Pool, input, length);

    /// <summary>A device writes a byte.</summary>
    public bool Write(uint stream, ulong address, byte value = 0x5A) => Model.TryWrite(stream, address, [value]);

    /// <summary>A device reads a byte.</summary>
    public bool Read(uint stream, ulong address) => Model.TryRead(stream, address, new byte[1]);

    public byte ByteAt(ulong machineAddress) => Machine.Memory.Uncached(machineAddress, 1)[0];

    public List<SmmuFault> TakeFaults()
    {
        List<SmmuFault> faults = [];
        while (faults.Count < 10_000 && Smmu.TryTakeFault(out SmmuFault fault))
        {
            faults.Add(fault);
        }

        return faults;
    }
}
