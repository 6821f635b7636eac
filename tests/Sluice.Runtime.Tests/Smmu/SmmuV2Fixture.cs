global using BankSpace = Sluice.Runtime.Smmu.SmmuV2Space<Sluice.Simulation.SimulatedMemory>;
global using SmmuV2Driver = Sluice.Runtime.Smmu.SmmuV2<Sluice.Simulation.SimulatedBus, Sluice.Simulation.SimulatedMemory, Sluice.Simulation.SimulatedClock>;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Runtime.Tests.Smmu;

/// <summary>A machine with an MMU-500: 1 MiB for tables at the start of its memory, guests' pages behind it.</summary>
internal sealed class SmmuV2Fixture
{
    public const ulong MemoryStart = 0x4000_0000;
    public const ulong Pages = MemoryStart + 0x10_0000;
    public const ulong Registers = 0xFD80_0000;
    public const ulong Surroundings = 0xFD5F_0000;
    public const ulong Patience = 1000;

    public PagePool<SimulatedMemory> Pool;
    public SmmuV2Driver Smmu;

    public SmmuV2Fixture(SimulatedSmmu500Options? options = null, bool snooped = true, uint poolPages = 255)
    {
        Machine = new SimulatedMachine(new RandomAccessMemory(MemoryStart, 0x20_0000, snooped));
        Memory = new SimulatedMemory(Machine);
        Model = new SimulatedSmmu500(Machine, options);
        Surrounding = new SimulatedSmmuReg(Model);
        Machine.Add(Registers, SimulatedSmmu500.SizeBytes, Model);
        Machine.Add(Surroundings, SimulatedSmmuReg.SizeBytes, Surrounding);
        Assert.True(PagePool<SimulatedMemory>.TryCreate(Memory, new MachineAddress(MemoryStart), (poolPages + 1) * 0x1000UL, out Pool));
    }

    public SimulatedMachine Machine { get; }

    public SimulatedMemory Memory { get; }

    public SimulatedSmmu500 Model { get; }

    public SimulatedSmmuReg Surrounding { get; }

    public uint FailedRegister { get; private set; }

    /// <summary>With and without snooping; friendly and strict.</summary>
    public static TheoryData<bool, bool> Variants() => new() { { true, false }, { false, true } };

    public static SmmuV2Fixture Started(bool snooped = true, bool strict = true, SmmuV2Options? options = null, SimulatedSmmu500Options? model = null)
    {
        SmmuV2Fixture fixture = new((model ?? new SimulatedSmmu500Options()) with { Coherent = snooped, Strict = strict, SyncReads = 3 }, snooped);
        Assert.Equal(SmmuResult.Done, fixture.Start(options ?? Options));
        return fixture;
    }

    public static SmmuV2Options Options => new() { Interrupts = true, PatienceMicroseconds = Patience };

    public SmmuResult Start() => Start(Options);

    public SmmuResult Start(SmmuV2Options options)
    {
        SmmuResult result =
            SmmuV2Driver.TryStart(Machine.Bus, new RegisterAddress(Registers), Memory, new SimulatedClock(Machine), options, ref Pool, out Smmu, out uint register);
        FailedRegister = register;
        return result;
    }

    public BankSpace NewSpace(ushort tag)
    {
        Assert.Equal(SmmuResult.Done, Smmu.TryCreateSpace(ref Pool, tag, 40, LeafSize.TwoMegabytes, out BankSpace space));
        return space;
    }

    public MappingResult Map(ref BankSpace space, ulong input, ulong output, ulong length = 0x1000, PageAccess access = PageAccess.ReadWrite) =>
        Smmu.Map(ref space, ref Pool, input, new MachineAddress(output), length, new PageAttributes(access, MemoryType.Normal));

    public MappingResult Unmap(ref BankSpace space, ulong input, ulong length = 0x1000) => Smmu.Unmap(ref space, ref Pool, input, length);

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
