using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Runtime.Domains;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Tests.Memory;
using Sluice.Simulation;
using Xunit;
using Domain = Sluice.Runtime.Domains.DomainMemory<Sluice.Runtime.Tests.Domains.LoggedTable, Sluice.Runtime.Tests.Domains.LoggedTable>;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>What a domain's processors and devices reach.</summary>
public sealed class DomainMemoryTests
{
    private const ulong Ram = 0x4000_0000;
    private const ulong Window = 0x2300_0000;
    private const ulong Doorbell = 0x0802_0000;

    private readonly List<string> _order = [];
    private readonly TableLog _processors;
    private readonly TableLog _devices;
    private Domain _memory;

    public DomainMemoryTests()
    {
        _processors = new TableLog("cpu", _order);
        _devices = new TableLog("device", _order);
        _memory = Made(Settings);
    }

    private static DomainSettings Settings => new() { Owner = new OwnerId(1), Quota = OwnerQuota.Unlimited, AddressBits = 40 };

    [Fact]
    public void RAM_is_for_processors_and_devices_and_a_window_and_what_traps_for_neither()
    {
        Assert.Equal(DomainResult.Done, _memory.AddRam(Ram, At(0x8000_0000), 0x3000));
        Assert.Equal(DomainResult.Done, _memory.AddRam(0x1_0000_0000, At(0x9000_0000), 0x1000));
        Assert.Equal(DomainResult.Done, _memory.AddWindow(Window, 0x10_0000));
        Assert.Equal(DomainResult.Done, _memory.AddEmulated(0x0800_0000, 0x1000));

        Assert.Equal([Ram, Ram + 0x1000, Ram + 0x2000, 0x1_0000_0000], _processors.Pages.Keys.Order().ToArray());
        Assert.Equal(_processors.Pages.Keys.Order().ToArray(), _devices.Pages.Keys.Order().ToArray());
        Assert.Equal(0x8000_1000UL, _processors.Pages[Ram + 0x1000].Machine);
        Assert.Equal(PageAccess.All, _processors.Pages[Ram].Attributes.Access);
        Assert.Equal(PageAccess.ReadWrite, _devices.Pages[Ram].Attributes.Access);
        Assert.Equal(8UL, _memory.MappedPages);
        Assert.Equal([RegionKind.Ram, RegionKind.Ram, RegionKind.PciWindow, RegionKind.Emulated], Enumerable.Range(0, _memory.Count).Select(index => _memory[index].Kind).ToArray());
    }

    [Fact]
    public void I11_A_doorbell_is_in_the_devices_table_only_for_writing_and_processors_do_not_reach_its_page_by_any_address()
    {
        Assert.Equal(DomainResult.Done, _memory.AddDoorbell(Doorbell, At(0x0802_0000), 0x1000));

        Assert.Empty(_processors.Pages);
        Assert.Equal(PageAccess.Write, _devices.Pages[Doorbell].Attributes.Access);
        Assert.Equal(DomainResult.Overlap, _memory.AddDevicePages(0x0900_0000, At(0x0802_0000), 0x1000));
        Assert.Equal(RegionKind.Doorbell, _memory.Conflict.Kind);
        Assert.Equal(DomainResult.Overlap, _memory.AddRam(Ram, At(0x0802_0000), 0x1000));
        Assert.Equal(DomainResult.Done, _memory.AddWindow(Window, 0x10_0000));
        Assert.Equal(DomainResult.Overlap, _memory.MapBar(Window, At(0x0802_0000), 0x1000, PageAttributes.Registers));
        Assert.Empty(_processors.Pages);
    }

    [Fact]
    public void I11_Where_a_table_cannot_say_for_writing_only_the_doorbell_can_be_read_as_well()
    {
        _devices.ReadsWhatItWrites = true;

        Assert.Equal(DomainResult.Done, _memory.AddDoorbell(Doorbell, At(Doorbell), 0x1000));
        Assert.Equal(PageAccess.ReadWrite, _devices.Pages[Doorbell].Attributes.Access);
    }

    [Fact]
    public void I11_G13_A_doorbell_mapped_or_captured_is_never_over_RAM_or_memory_of_functions_nor_they_over_it()
    {
        foreach (bool captured in new[] { false, true })
        {
            foreach (bool first in new[] { false, true })
            {
                _processors.Pages.Clear();
                _devices.Pages.Clear();
                Domain memory = Made(Settings);
                DomainResult AddDoorbell(ulong start) => captured ? memory.AddCapturedDoorbell(start, 0x1000) : memory.AddDoorbell(start, At(Doorbell), 0x1000);
                if (first)
                {
                    Assert.Equal(DomainResult.Done, AddDoorbell(Ram + 0x1000));
                    Assert.Equal(DomainResult.Overlap, memory.AddRam(Ram, At(0x8000_0000), 0x4000));
                    Assert.Equal(captured ? RegionKind.CapturedDoorbell : RegionKind.Doorbell, memory.Conflict.Kind);
                    Assert.Equal(DomainResult.Overlap, memory.AddWindow(Ram, 0x10_0000));
                    continue;
                }

                Assert.Equal(DomainResult.Done, memory.AddRam(Ram, At(0x8000_0000), 0x4000));
                Assert.Equal(DomainResult.Done, memory.AddWindow(Window, 0x10_0000));
                Assert.Equal(DomainResult.Overlap, AddDoorbell(Ram + 0x3000));
                Assert.Equal(RegionKind.Ram, memory.Conflict.Kind);
                Assert.Equal(DomainResult.Overlap, AddDoorbell(Window + 0xF_F000));
                Assert.Equal(RegionKind.PciWindow, memory.Conflict.Kind);
                Assert.Equal(DomainResult.Done, AddDoorbell(Ram + 0x4000));
            }
        }
    }

    [Fact]
    public void I12_A_direct_mapped_domain_has_the_machines_addresses_for_RAM_and_for_memory_of_functions()
    {
        _memory = Made(Settings with { IsDirectMapped = true });

        Assert.Equal(DomainResult.NotIdentity, _memory.AddRam(Ram, At(0x8000_0000), 0x1000));
        Assert.Equal(DomainResult.Done, _memory.AddRam(Ram, At(Ram), 0x1000));
        Assert.Equal(DomainResult.Done, _memory.AddWindow(Window, 0x10_0000));
        Assert.Equal(DomainResult.NotIdentity, _memory.MapBar(Window, At(Window + 0x1000), 0x1000, PageAttributes.Registers));
        Assert.Equal(DomainResult.Done, _memory.MapBar(Window, At(Window), 0x1000, PageAttributes.Registers));
        Assert.Equal([(Ram, Ram), (Window, Window)], _processors.Pages.Select(static page => (page.Key, page.Value.Machine)).OrderByDescending(static page => page.Key).ToArray());
    }

    [Fact]
    public void I13_Memory_of_functions_is_in_the_devices_table_only_if_peers_may_reach_it()
    {
        Assert.Equal(DomainResult.Done, _memory.AddWindow(Window, 0x10_0000));
        Assert.Equal(DomainResult.Done, _memory.MapBar(Window, At(0x1000_0000), 0x2000, PageAttributes.Registers));
        Assert.Empty(_devices.Pages);
        Assert.Equal(DomainResult.Done, _memory.UnmapBar(Window, 0x2000));

        _memory = Made(Settings with { Peers = PeerPolicy.SameOwner });
        Assert.Equal(DomainResult.Done, _memory.AddWindow(Window, 0x10_0000));
        Assert.Equal(DomainResult.Done, _memory.MapBar(Window, At(0x1000_0000), 0x2000, PageAttributes.Registers));
        Assert.Equal(_processors.Pages.Keys.Order().ToArray(), _devices.Pages.Keys.Order().ToArray());
        _order.Clear();
        Assert.Equal(DomainResult.Done, _memory.UnmapBar(Window, 0x2000));
        Assert.Equal([$"device unmap {Window:x}", $"cpu unmap {Window:x}"], _order);
        Assert.True(_memory.IsEmpty);
    }

    [Fact]
    public void I10_What_is_taken_away_is_gone_only_after_both_tables_have_confirmed_it_and_otherwise_lost()
    {
        foreach (TableLog loses in new[] { _processors, _devices })
        {
            _processors.Pages.Clear();
            _devices.Pages.Clear();
            _memory = Made(Settings);
            Assert.Equal(DomainResult.Done, _memory.AddRam(Ram, At(0x8000_0000), 0x1000));
            loses.LosesUnmap = true;

            Assert.Equal(DomainResult.Incomplete, _memory.Remove(Ram));
            loses.LosesUnmap = false;

            Assert.True(_memory[0].IsLost);
            Assert.False(_memory.IsEmpty);
            Assert.Equal(DomainResult.Incomplete, _memory.Remove(Ram));
            Assert.Equal(DomainResult.Overlap, _memory.AddRam(Ram, At(0x9000_0000), 0x1000));
        }

        _processors.Pages.Clear();
        _devices.Pages.Clear();
        _memory = Made(Settings);
        Assert.Equal(DomainResult.Done, _memory.AddRam(Ram, At(0x8000_0000), 0x1000));
        Assert.Equal(DomainResult.Done, _memory.Remove(Ram));
        Assert.Equal(DomainResult.NotFound, _memory.Remove(Ram));
        Assert.True(_memory.IsEmpty);
        Assert.Equal(0, _memory.Count);
    }

    [Fact]
    public void I10_With_one_table_for_both_a_page_is_reused_only_after_processor_and_SMMU_dropped_it_and_a_walker_that_does_not_snoop_sees_it()
    {
        MachineFixture fixture = new(snooped: false);
        Assert.True(PageTableGeometry.TryCreate<Stage2Format>(40, 48, LeafSize.FourKilobytes, out PageTableGeometry geometry));
        Assert.True(PageTable<Stage2Format, SimulatedMemory>.TryCreate(fixture.Memory, geometry, ref fixture.Pool, out PageTable<Stage2Format, SimulatedMemory> table));
        TableWalk walk = new(fixture.Machine.Memory) { Stage2 = true, Root = table.Root.Value, SizeOffset = (int)geometry.SizeOffset, StartLevel = geometry.StartLevel };
        SuspiciousWalker processor = new(fixture.Machine, walk, []);
        SuspiciousWalker smmu = new(fixture.Machine, walk, []);
        InvalidatorPair<SuspiciousInvalidator, SuspiciousInvalidator> both = new(new SuspiciousInvalidator(processor), new SuspiciousInvalidator(smmu));
        uint free = fixture.Pool.FreePages;

        Assert.Equal(MappingResult.Done, table.Map(ref fixture.Pool, ref both, Ram, At(0x8000_0000), 0x1000, PageAttributes.Ram));
        Assert.Equal(WalkFault.None, walk.Translate(Ram, write: true, out ulong output, out _));
        Assert.Equal(0x8000_0000UL, output);
        smmu.FailCompletionAfter = smmu.Completions + 1;

        Assert.Equal(MappingResult.InvalidationIncomplete, table.Unmap(ref fixture.Pool, ref both, Ram, 0x1000));
        Assert.NotEqual(WalkFault.None, walk.Translate(Ram, write: true, out _, out _));
        Assert.True(fixture.Pool.FreePages < free);

        Assert.Equal(MappingResult.Done, table.Map(ref fixture.Pool, ref both, 2 * Ram, At(0x8000_0000), 0x1000, PageAttributes.Ram));
        uint kept = fixture.Pool.FreePages;
        Assert.Equal(MappingResult.Done, table.Unmap(ref fixture.Pool, ref both, 2 * Ram, 0x1000));
        Assert.True(fixture.Pool.FreePages > kept);
        Assert.Equal(processor.Ranges, smmu.Ranges);
        Assert.Equal(processor.Completions, smmu.Completions);
    }

    [Fact]
    public void A_shared_table_maps_once_and_holds_nothing_that_only_one_side_may_reach()
    {
        _memory = Made(Settings with { SharesTable = true });

        Assert.Equal(DomainResult.Done, _memory.AddRam(Ram, At(0x8000_0000), 0x2000));
        Assert.Equal(DomainResult.OneTable, _memory.AddDoorbell(Doorbell, At(Doorbell), 0x1000));
        Assert.Equal(DomainResult.OneTable, _memory.AddDevicePages(0x0900_0000, At(0x0900_0000), 0x1000));
        Assert.Equal(DomainResult.Done, _memory.AddWindow(Window, 0x10_0000));
        Assert.Equal(DomainResult.OneTable, _memory.MapBar(Window, At(0x1000_0000), 0x1000, PageAttributes.Registers));
        Assert.Equal(2UL, _memory.MappedPages);
        Assert.Empty(_devices.Pages);
        Assert.Equal(DomainResult.Done, _memory.Remove(Ram));
        Assert.True(_memory.IsEmpty);

        _memory = Made(Settings with { SharesTable = true, Peers = PeerPolicy.SameOwner });
        Assert.Equal(DomainResult.Done, _memory.AddWindow(Window, 0x10_0000));
        Assert.Equal(DomainResult.Done, _memory.MapBar(Window, At(0x1000_0000), 0x1000, PageAttributes.Registers));
    }

    [Fact]
    public void J10_When_one_table_refuses_the_other_is_as_it_was()
    {
        for (int step = 0; step < 2; step++)
        {
            (step == 0 ? _processors : _devices).MapsLeft = 0;
            Assert.Equal(DomainResult.TableRefused, _memory.AddRam(Ram, At(0x8000_0000), 0x2000));
            Assert.Equal(MappingResult.OutOfTables, _memory.TableResult);
            Assert.Empty(_processors.Pages);
            Assert.Empty(_devices.Pages);
            Assert.True(_memory.IsEmpty);
            Assert.Equal(0, _memory.Count);
            _processors.MapsLeft = int.MaxValue;
        }
    }

    [Fact]
    public void J10_When_a_refused_mapping_cannot_be_taken_back_its_range_is_lost()
    {
        _devices.MapsLeft = 0;
        _processors.LosesUnmap = true;

        Assert.Equal(DomainResult.Incomplete, _memory.AddRam(Ram, At(0x8000_0000), 0x1000));

        Assert.True(_memory[0].IsLost);
        Assert.Equal(1UL, _memory.MappedPages);
    }

    [Fact]
    public void Quotas_of_pages_and_tables_are_the_owners_and_a_refusal_names_which()
    {
        _memory = Made(Settings with { Quota = OwnerQuota.Unlimited with { MappedPages = 6 } });
        Assert.Equal(DomainResult.Done, _memory.AddRam(Ram, At(0x8000_0000), 0x2000));
        Assert.Equal(DomainResult.Quota, _memory.AddRam(0x5000_0000, At(0x9000_0000), 0x2000));
        Assert.Equal(QuotaKind.MappedPages, _memory.ExhaustedQuota);
        Assert.Equal(DomainResult.Done, _memory.AddWindow(Window, 0x10_0000));
        Assert.Equal(DomainResult.Done, _memory.MapBar(Window, At(0x1000_0000), 0x2000, PageAttributes.Registers));
        Assert.Equal(DomainResult.Quota, _memory.MapBar(Window + 0x2000, At(0x1000_2000), 0x1000, PageAttributes.Registers));
        Assert.Equal(DomainResult.Done, _memory.UnmapBar(Window, 0x2000));
        Assert.Equal(DomainResult.Done, _memory.MapBar(Window + 0x2000, At(0x1000_2000), 0x1000, PageAttributes.Registers));

        _processors.Pages.Clear();
        _devices.Pages.Clear();
        _memory = Made(Settings with { Quota = OwnerQuota.Unlimited with { Tables = 4 } });
        Assert.Equal(DomainResult.Done, _memory.AddRam(Ram, At(0x8000_0000), 0x1000));
        Assert.Equal(DomainResult.Quota, _memory.AddRam(0x6000_0000, At(0x9000_0000), 0x1000));
        Assert.Equal(QuotaKind.Tables, _memory.ExhaustedQuota);
        Assert.Single(_processors.Pages);
        Assert.Single(_devices.Pages);
    }

    [Theory]
    [InlineData(0x4000_0001, 0x8000_0000, 0x1000, DomainResult.Misaligned)]
    [InlineData(0x4000_0000, 0x8000_0800, 0x1000, DomainResult.Misaligned)]
    [InlineData(0x4000_0000, 0x8000_0000, 0, DomainResult.Misaligned)]
    [InlineData(0x4000_0000, 0x8000_0000, 0x1001, DomainResult.Misaligned)]
    [InlineData(0x100_0000_0000, 0x8000_0000, 0x1000, DomainResult.OutOfRange)]
    [InlineData(0xFF_FFFF_F000, 0x8000_0000, 0x2000, DomainResult.OutOfRange)]
    [InlineData(0x4000_0000, 0xFFFF_FFFF_FFFF_F000, 0x2000, DomainResult.OutOfRange)]
    public void A_range_that_cannot_be_is_refused(ulong start, ulong machine, ulong bytes, DomainResult result)
    {
        Assert.Equal(result, _memory.AddRam(start, At(machine), bytes));
        Assert.Empty(_order);
    }

    [Fact]
    public void Memory_of_functions_lies_in_windows_and_a_window_stays_while_any_is_mapped()
    {
        Assert.Equal(DomainResult.Done, _memory.AddWindow(Window, 0x2000));

        Assert.Equal(DomainResult.OutsideWindow, _memory.MapBar(Window + 0x1000, At(0x1000_0000), 0x2000, PageAttributes.Registers));
        Assert.Equal(DomainResult.OutsideWindow, _memory.MapBar(Ram, At(0x1000_0000), 0x1000, PageAttributes.Registers));
        Assert.Equal(DomainResult.Done, _memory.MapBar(Window, At(0x1000_0000), 0x1000, PageAttributes.Registers));
        Assert.Equal(DomainResult.Overlap, _memory.Remove(Window));
        Assert.Equal(DomainResult.NotFound, _memory.UnmapBar(Window + 0x1000, 0x1000));
        Assert.Equal(DomainResult.NotFound, _memory.UnmapBar(Ram, 0x1000));
        Assert.Equal(1u, _memory.MappedBars);
        Assert.Equal(DomainResult.Done, _memory.UnmapBar(Window, 0x1000));
        Assert.Equal(DomainResult.Done, _memory.Remove(Window));
    }

    [Fact]
    public void There_is_room_for_a_bounded_number_of_ranges()
    {
        for (uint index = 0; index < Domain.Capacity; index++)
        {
            Assert.Equal(DomainResult.Done, _memory.AddEmulated(0x1000 + (index * 0x1000UL), 0x1000));
        }

        Assert.Equal(DomainResult.Full, _memory.AddEmulated(0x100_0000, 0x1000));
    }

    [Fact]
    public void Two_domains_that_have_a_page_in_common_are_found()
    {
        Assert.Equal(DomainResult.Done, _memory.AddRam(Ram, At(0x8000_0000), 0x4000));
        TableLog processors = new("other", _order);
        TableLog devices = new("other device", _order);
        Domain other = new(Settings, new LoggedTable(processors), new LoggedTable(devices));
        Assert.Equal(DomainResult.Done, other.AddDoorbell(Doorbell, At(0x8000_0000), 0x1000));
        Assert.Equal(DomainResult.Done, other.AddRam(Ram, At(0x8000_4000), 0x1000));
        Assert.False(_memory.SharesMachineWith(in other, out _));

        Assert.Equal(DomainResult.Done, other.AddRam(Ram + 0x1000, At(0x8000_3000), 0x1000));

        Assert.True(_memory.SharesMachineWith(in other, out DomainRegion shared));
        Assert.Equal(Ram, shared.Start);
    }

    [Fact]
    public void J11_Eight_GiB_are_mapped_in_bounded_steps_while_the_processors_do_not_run_and_a_second_change_waits()
    {
        const ulong Large = 0x10_0000_0000;
        const ulong Bytes = 0x2_0000_0000;
        const ulong Most = 0x800_0000;
        TableLog spans = new("cpu", _order) { KeepsSpans = true };
        _memory = new Domain(Settings, new LoggedTable(spans), new LoggedTable(_devices));
        Assert.Equal(DomainResult.Done, _memory.AddWindow(Large, 2 * Bytes));
        Assert.Equal(DomainResult.Done, _memory.BeginMapBar(Large, At(Large), Bytes, PageAttributes.Registers));

        int steps = 1;
        for (DomainResult step = _memory.Continue(Most); step != DomainResult.Done; step = _memory.Continue(Most), steps++)
        {
            Assert.Equal(DomainResult.Pending, step);
            Assert.False(_memory.IsRunnable);
            Assert.Equal(DomainResult.Busy, _memory.BeginUnmapBar(Large, Bytes));
            Assert.Equal(DomainResult.Busy, _memory.BeginMapBar(Large + Bytes, At(Large), 0x1000, PageAttributes.Registers));
            Assert.Equal(DomainResult.Busy, _memory.MapBar(Large + Bytes, At(Large), 0x1000, PageAttributes.Registers));
            Assert.Equal(DomainResult.Busy, _memory.UnmapBar(Large, Bytes));
            Assert.Equal(DomainResult.Busy, _memory.AddRam(Ram, At(0x8000_0000), 0x1000));
            Assert.Equal(DomainResult.Busy, _memory.Remove(Large));
        }

        Assert.True(_memory.IsRunnable);
        Assert.Equal((int)(Bytes / Most), steps);
        Assert.True(spans.LargestStep <= Most);
        Assert.Equal(Bytes / 0x1000, _memory.MappedPages);
        Assert.Equal(1u, _memory.MappedBars);

        Assert.Equal(DomainResult.Done, _memory.BeginUnmapBar(Large, Bytes));
        while (_memory.Continue(Most) == DomainResult.Pending)
        {
            Assert.False(_memory.IsRunnable);
        }

        Assert.True(_memory.IsRunnable && _memory.IsEmpty);
        Assert.Equal(0u, _memory.MappedBars);
        Assert.Equal(DomainResult.Done, _memory.Continue(Most));
    }

    [Fact]
    public void J11_A_mapping_that_is_refused_on_its_way_is_taken_back_before_the_processors_run()
    {
        Assert.Equal(DomainResult.Done, _memory.AddWindow(Window, 0x10_0000));
        for (int refusedAt = 0; refusedAt < 8; refusedAt++)
        {
            _processors.MapsLeft = refusedAt;
            Assert.Equal(DomainResult.Done, _memory.BeginMapBar(Window, At(0x1000_0000), 0x8000, PageAttributes.Registers));
            DomainResult step = DomainResult.Pending;
            for (int steps = 0; step == DomainResult.Pending; steps++)
            {
                Assert.InRange(steps, 0, 16);
                step = _memory.Continue(0x1000);
            }

            Assert.Equal(DomainResult.TableRefused, step);
            Assert.True(_memory.IsRunnable && _memory.IsEmpty);
            Assert.Empty(_processors.Pages);
            Assert.Equal(0u, _memory.MappedBars);
        }

        _processors.MapsLeft = 3;
        _processors.LosesUnmap = true;
        Assert.Equal(DomainResult.Done, _memory.BeginMapBar(Window, At(0x1000_0000), 0x8000, PageAttributes.Registers));
        DomainResult last = _memory.Continue(0x1000);
        while (last == DomainResult.Pending)
        {
            last = _memory.Continue(0x1000);
        }

        Assert.Equal(DomainResult.Incomplete, last);
        Assert.Equal(3UL, _memory.MappedPages);
    }

    [Fact]
    public void After_any_order_of_changes_both_tables_hold_exactly_what_the_ranges_say()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        HashSet<ulong> bars = [];
        Assert.Equal(DomainResult.Done, _memory.AddWindow(Window, 0x10_000));
        for (int step = 0; step < 3000; step++)
        {
            ulong start = Ram + ((ulong)random.Next(16) * 0x1000);
            ulong bytes = (ulong)random.Next(1, 4) * 0x1000;
            ulong bar = Window + ((ulong)random.Next(16) * 0x1000);
            switch (random.Next(6))
            {
                case 0:
                    _memory.AddRam(start, At(start + 0x4000_0000), bytes);
                    break;
                case 1:
                    _memory.AddDoorbell(start, At(Doorbell), bytes);
                    break;
                case 2:
                    _memory.AddEmulated(start, bytes);
                    break;
                case 3:
                    _memory.Remove(start);
                    break;
                case 4:
                    Assert.Equal(bars.Add(bar), _memory.MapBar(bar, At(bar), 0x1000, PageAttributes.Registers) == DomainResult.Done);
                    break;
                default:
                    Assert.Equal(bars.Remove(bar), _memory.UnmapBar(bar, 0x1000) == DomainResult.Done);
                    break;
            }

            Assert.True(Expected(RegionKind.Ram).Concat(bars).Order().SequenceEqual(_processors.Pages.Keys.Order()), $"seed {seed}, step {step}");
            Assert.True(Expected(RegionKind.Ram).Concat(Expected(RegionKind.Doorbell)).Order().SequenceEqual(_devices.Pages.Keys.Order()), $"seed {seed}, step {step}");
            Assert.Equal((ulong)(_processors.Pages.Count + _devices.Pages.Count), _memory.MappedPages);
        }
    }

    [Theory]
    [InlineData(Window + 1, 0x1000)]
    [InlineData(Window, 0x1001)]
    [InlineData(Window + 0x800, 0x800)]
    [InlineData(Window, 0)]
    [InlineData(Window - 0x1000, 0x1000)]
    [InlineData(Window + 0x10_0000, 0x1000)]
    [InlineData(Window + 0xF_F000, 0x2000)]
    public void What_is_no_range_of_whole_pages_in_a_window_is_not_taken_away_in_steps_and_nothing_is_under_way(ulong start, ulong bytes)
    {
        Assert.Equal(DomainResult.Done, _memory.AddWindow(Window, 0x10_0000));
        Assert.Equal(DomainResult.Done, _memory.MapBar(Window, At(0x1000_0000), 0x1000, PageAttributes.Registers));
        ulong[] mapped = [.. _processors.Pages.Keys];

        Assert.Equal(DomainResult.NotFound, _memory.BeginUnmapBar(start, bytes));

        Assert.Equal(DomainResult.Done, _memory.Continue(ulong.MaxValue));
        Assert.Equal(mapped, _processors.Pages.Keys);
        Assert.Equal(1u, _memory.MappedBars);
        Assert.Equal(DomainResult.Done, _memory.UnmapBar(Window, 0x1000));
    }

    [Theory]
    [InlineData(0UL, 8)]
    [InlineData(0xFFFUL, 8)]
    [InlineData(0x1000UL, 8)]
    [InlineData(0x1FFFUL, 8)]
    [InlineData(0x3000UL, 3)]
    [InlineData(0x8000UL, 1)]
    [InlineData(ulong.MaxValue, 1)]
    public void A_step_is_as_large_as_was_asked_for_in_whole_pages_and_never_less_than_one(ulong most, int expected)
    {
        Assert.Equal(DomainResult.Done, _memory.AddWindow(Window, 0x10_0000));
        Assert.Equal(DomainResult.Done, _memory.BeginMapBar(Window, At(0x1000_0000), 0x8000, PageAttributes.Registers));
        Assert.Equal(expected, Steps(most));
        Assert.Equal(8, _processors.Pages.Count);

        Assert.Equal(DomainResult.Done, _memory.BeginUnmapBar(Window, 0x8000));
        Assert.Equal(expected, Steps(most));
        Assert.Empty(_processors.Pages);
        Assert.Equal(0u, _memory.MappedBars);
    }

    private int Steps(ulong most)
    {
        for (int steps = 1; ; steps++)
        {
            DomainResult result = _memory.Continue(most);
            if (result != DomainResult.Pending)
            {
                Assert.Equal(DomainResult.Done, result);
                return steps;
            }

            Assert.InRange(steps, 1, 64);
        }
    }

    private static MachineAddress At(ulong address) => new(address);

    private Domain Made(DomainSettings settings) => new(settings, new LoggedTable(_processors), new LoggedTable(_devices));

    private IEnumerable<ulong> Expected(RegionKind kind)
    {
        for (int index = 0; index < _memory.Count; index++)
        {
            DomainRegion region = _memory[index];
            for (ulong offset = 0; region.Kind == kind && offset < region.Bytes; offset += 0x1000)
            {
                yield return region.Start + offset;
            }
        }
    }
}
