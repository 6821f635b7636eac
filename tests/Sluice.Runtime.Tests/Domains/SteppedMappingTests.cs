using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Tests.ConfigSpace;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation;
using Sluice.Simulation.Guests;
using Sluice.Simulation.Pci;
using Xunit;
using Domain = Sluice.Runtime.Domains.DomainMemory<Sluice.Runtime.Tests.Domains.LoggedTable, Sluice.Runtime.Tests.Domains.LoggedTable>;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>A function of 8 GiB whose guest's stage 2 is changed in steps of 128 MiB, below the trap of its COMMAND register.</summary>
public sealed class SteppedMappingTests
{
    private const ulong Window = 0x60_0000_0000;
    private const ulong Bytes = 1UL << 33;
    private const ulong Step = 0x800_0000;
    private const int Steps = (int)(Bytes / Step);

    private static readonly RequesterId s_place = new(0, 1, 0);

    private readonly List<string> _order = [];
    private readonly TableLog _table;
    private readonly ReferenceMachine _reference = new();
    private readonly BareFunction _function = new();
    private readonly List<(bool Runnable, bool Decodes, DomainResult Second)> _pauses = [];
    private Domain _memory;
    private VirtualHostBridge<EcamHostBridge<SimulatedBus>, SteppedGuest, MsixEntryArray> _bridge;

    public SteppedMappingTests()
    {
        _table = new TableLog("cpu", _order) { KeepsSpans = true };
        DomainSettings settings = new() { AddressBits = 40, Quota = new OwnerQuota { MappedPages = uint.MaxValue, Tables = uint.MaxValue } };
        _memory = new Domain(in settings, new LoggedTable(_table), new LoggedTable(new TableLog("device", _order)));
        Assert.Equal(DomainResult.Done, _memory.AddWindow(Window, 2 * Bytes));

        _function.Bar(new SimulatedBar(0, Bytes, Is64Bit: true, IsPrefetchable: true));
        _reference.Functions.Add(AssignedFunction.Physical, _function);
        Assert.True(GicV2mController.TryProbe(_reference.Machine.Bus, new RegisterAddress(ReferenceMachine.Frame), out GicV2mController msi));
        FunctionAssignment<EcamHostBridge<SimulatedBus>, GicV2mController, LoggedIsolation> assignment = new(
            _reference.Bridge, msi, new LoggedIsolation(new IsolationLog()), ReferenceMachine.Window, new MemoryWindow(new MachineAddress(Window), Window, 2 * Bytes));
        AssignmentRequest<MsixEntryArray> request = new()
        {
            Owner = new OwnerId(1),
            Function = AssignedFunction.Physical,
            Stream = AssignedFunction.Physical.Value,
            Place = s_place,
            Windows = new GuestMemoryWindows(default, new GuestMemoryWindow(Window, 2 * Bytes)),
        };
        Assert.Equal(AssignmentStep.None, assignment.Assign(in request, new SteppedGuest(this), ref _bridge));
        Write(0x10, AccessWidth.Word, unchecked((uint)Window));
        Write(0x14, AccessWidth.Word, (uint)(Window >> 32));
    }

    [Fact]
    public void J11_One_write_to_COMMAND_maps_eight_GiB_in_steps_and_the_function_decodes_only_after_the_last()
    {
        Write(0x04, AccessWidth.HalfWord, 0x0002);

        Assert.Equal(Steps - 1, _pauses.Count);
        Assert.All(_pauses, static pause => Assert.Equal((false, false, DomainResult.Busy), pause));
        Assert.Equal(Step, _table.LargestStep);
        Assert.True(_memory.IsRunnable && _function.DecodesMemory);
        Assert.Equal(Bytes / 0x1000, _memory.MappedPages);
    }

    [Fact]
    public void J11_And_takes_them_away_in_steps_after_it_has_stopped_to_decode()
    {
        Write(0x04, AccessWidth.HalfWord, 0x0002);
        _pauses.Clear();

        Write(0x04, AccessWidth.HalfWord, 0x0000);

        Assert.Equal(Steps - 1, _pauses.Count);
        Assert.All(_pauses, static pause => Assert.False(pause.Runnable));
        Assert.True(_memory.IsRunnable && _memory.IsEmpty && !_function.DecodesMemory);
    }

    [Fact]
    public void A_step_is_a_page_at_least_and_a_mapping_of_one_step_pauses_nowhere()
    {
        Assert.Equal(DomainResult.Done, _memory.MapBar(Window, new MachineAddress(Window), 0x3000, PageAttributes.Registers, 0, new Pauses(this)));
        Assert.Equal(2, _pauses.Count);
        Assert.Equal(DomainResult.Done, _memory.UnmapBar(Window, 0x3000, 0x3000, new Pauses(this)));
        Assert.Equal(2, _pauses.Count);
    }

    [Theory]
    [InlineData(1ul, 4)]
    [InlineData(0xFFFul, 4)]
    [InlineData(0x1000ul, 4)]
    [InlineData(0x1FFFul, 4)]
    [InlineData(0x2000ul, 2)]
    [InlineData(0x2800ul, 2)]
    [InlineData(0x3000ul, 1)]
    [InlineData(0x4FFFul, 1)]
    [InlineData(0x5000ul, 0)]
    [InlineData(ulong.MaxValue, 0)]
    public void A_step_is_of_whole_pages_and_as_large_as_it_may_be(ulong most, int pauses)
    {
        Assert.Equal(DomainResult.Done, _memory.MapBar(Window, new MachineAddress(Window), 0x5000, PageAttributes.Registers, most, new Pauses(this)));
        Assert.Equal((pauses, 5ul, 1u), (_pauses.Count, _memory.MappedPages, _memory.MappedBars));
        _pauses.Clear();

        Assert.Equal(DomainResult.Done, _memory.UnmapBar(Window, 0x5000, most, new Pauses(this)));

        Assert.Equal((pauses, 0ul, 0u), (_pauses.Count, _memory.MappedPages, _memory.MappedBars));
        Assert.True(_memory.IsRunnable);
        Assert.Equal(DomainResult.Done, _memory.Continue(most));
    }

    [Fact]
    public void What_cannot_begin_pauses_nowhere_and_says_why()
    {
        Assert.Equal(DomainResult.Misaligned, _memory.MapBar(Window, new MachineAddress(Window), 0x1234, PageAttributes.Registers, 0, new Pauses(this)));
        Assert.Equal(DomainResult.NotFound, _memory.UnmapBar(Window + 1, 0x1000, 0, new Pauses(this)));
        Assert.Empty(_pauses);
    }

    private void Write(uint offset, AccessWidth width, uint value)
        => Assert.Equal(AccessResult.Done, _bridge.WriteConfig(((ulong)s_place.Value << 12) + offset, width, new GuestValue(value)));

    private readonly struct Pauses(SteppedMappingTests test) : IMappingPause
    {
        public void Pause()
            => test._pauses.Add((test._memory.IsRunnable, test._function.DecodesMemory, test._memory.BeginMapBar(Window, new MachineAddress(Window), 0x1000, PageAttributes.Registers)));
    }

    private readonly struct SteppedGuest(SteppedMappingTests test) : IGuest
    {
        public ulong Microseconds => test._reference.Machine.LookAtClock();

        public bool TryMap(ulong guest, [HardwareSink] MachineAddress machineAddress, [HardwareSink] ulong sizeBytes, PageAttributes attributes)
            => test._memory.MapBar(guest, machineAddress, sizeBytes, attributes, Step, new Pauses(test)) == DomainResult.Done;

        public bool TryUnmap(ulong guest, ulong sizeBytes) => test._memory.UnmapBar(guest, sizeBytes, Step, new Pauses(test)) == DomainResult.Done;

        [Sanitizes]
        public bool TryResolve(RequesterId requester, GuestAddress address, GuestValue data, out GuestMessage message)
        {
            message = default;
            return false;
        }

        public bool TryDeliver(GuestMessage message) => false;

        public void SetIntx(RequesterId place, uint pin, bool asserted)
        {
        }
    }
}
