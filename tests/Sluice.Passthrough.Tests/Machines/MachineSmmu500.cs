using Sluice.Registers;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Smmu;
using Sluice.Simulation;
using Xunit;
using Driver = Sluice.Runtime.Smmu.SmmuV2<Sluice.Simulation.FaultyBus, Sluice.Simulation.SimulatedMemory, Sluice.Simulation.SimulatedClock>;
using Space = Sluice.Runtime.Smmu.SmmuV2Space<Sluice.Simulation.SimulatedMemory>;

namespace Sluice.Passthrough.Tests.Machines;

/// <summary>An MMU-500, started.</summary>
internal sealed class MachineSmmu500 : MachineSmmu
{
    private const ulong Registers = 0xFD80_0000;

    private readonly MachineParts _parts;
    private readonly SimulatedSmmu500 _model;
    private readonly Space[] _space;
    private Driver _smmu;

    public MachineSmmu500(MachineParts parts)
    {
        _parts = parts;
        _model = new SimulatedSmmu500(parts.Machine, new SimulatedSmmu500Options { Coherent = true });
        parts.Machine.Add(Registers, SimulatedSmmu500.SizeBytes, _model);
        SmmuV2Options options = new() { Interrupts = true, PatienceMicroseconds = 1000 };
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

    private readonly struct Place(MachineSmmu500 smmu) : ISmmuPlace<Driver, Space>
    {
        public ref Driver Smmu => ref smmu._smmu;

        public ref Space SpaceOf(OwnerId owner) => ref smmu._space[owner.Value - 1];
    }
}
