using Sluice.Registers;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using Sluice.Simulation;
using Xunit;
using Driver = Sluice.Runtime.Smmu.SmmuV3<Sluice.Simulation.FaultyBus, Sluice.Simulation.SimulatedMemory, Sluice.Simulation.SimulatedClock>;
using Space = Sluice.Runtime.Smmu.SmmuAddressSpace<Sluice.Simulation.SimulatedMemory>;

namespace Sluice.Passthrough.Tests.Machines;

/// <summary>An SMMUv3 with stage 2, started.</summary>
internal sealed class MachineSmmuV3 : MachineSmmu
{
    private const ulong Registers = 0x0905_0000;

    private readonly MachineParts _parts;
    private readonly SimulatedSmmuV3 _model;
    private readonly Space[] _space;
    private Driver _smmu;

    public MachineSmmuV3(MachineParts parts, bool coherent = true)
    {
        _parts = parts;
        _model = new SimulatedSmmuV3(parts.Machine, new SimulatedSmmuOptions { Stage1 = false, Stage2 = true, Coherent = coherent });
        parts.Machine.Add(Registers, SimulatedSmmuV3.SizeBytes, _model);
        SmmuOptions options = new() { StreamBits = 8, Interrupts = true, PatienceMicroseconds = 1000 };
        Assert.Equal(
            SmmuResult.Done,
            Driver.TryStart(parts.Bus, new RegisterAddress(Registers), parts.Memory, new SimulatedClock(parts.Machine), options, ref parts.Pool, out _smmu, out _));
        _space = new Space[MachineParts.Guests];
        for (ushort guest = 0; guest < MachineParts.Guests; guest++)
        {
            Assert.Equal(SmmuResult.Done, _smmu.TryCreateSpace(ref parts.Pool, (ushort)(guest + 1), 40, LeafSize.TwoMegabytes, out _space[guest]));
        }
    }

    public override IDmaPath Model => _model;

    public override int Bypassed => _model.Bypassed;

    public override bool IsBroken => _smmu.IsBroken;

    public override uint TakenEntries
    {
        get
        {
            uint taken = 0;
            foreach (uint stream in _parts.Streams)
            {
                foreach (Space space in _space)
                {
                    taken += _smmu.IsAttached(new StreamId(stream), in space) ? 1u : 0;
                }
            }

            return taken;
        }
    }

    public override MappingResult Map(int guest, ulong address, MachineAddress machine, ulong length)
        => _smmu.Map(ref _space[guest], ref _parts.Pool, address, machine, length, PageAttributes.DmaRam);

    public override MappingResult Unmap(int guest, ulong address, ulong length) => _smmu.Unmap(ref _space[guest], ref _parts.Pool, address, length);

    public override bool Hangs
    {
        get => _model.Hangs;
        set => _model.Hangs = value;
    }

    public override bool TryQuarantine(uint stream, OwnerId owner) => Streams.TryQuarantine(stream, owner);

    public override bool TryAttach(uint stream, OwnerId owner) => Streams.TryAttach(stream, owner);

    private SmmuStreams<Place, Driver, Space> Streams => new(new Place(this));

    private readonly struct Place(MachineSmmuV3 smmu) : ISmmuPlace<Driver, Space>
    {
        public ref Driver Smmu => ref smmu._smmu;

        public ref Space SpaceOf(OwnerId owner) => ref smmu._space[owner.Value - 1];
    }
}
