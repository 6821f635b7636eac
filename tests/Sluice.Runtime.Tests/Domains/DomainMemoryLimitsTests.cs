using System.Collections.Generic;
using System.Linq;
using Sluice.Runtime.Domains;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Xunit;
using Domain = Sluice.Runtime.Domains.DomainMemory<Sluice.Runtime.Tests.Domains.LoggedTable, Sluice.Runtime.Tests.Domains.LoggedTable>;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>The limits of a domain's addresses: its bits, its quotas, its ranges, and what is left after one has gone.</summary>
public sealed class DomainMemoryLimitsTests
{
    private const ulong Page = 0x1000;
    private const ulong Ram = 0x4000_0000;
    private const ulong Window = 0x2300_0000;
    private const ulong Doorbell = 0x0802_0000;

    private readonly List<string> _order = [];
    private readonly TableLog _processors;
    private readonly TableLog _devices;
    private Domain _memory;

    public DomainMemoryLimitsTests()
    {
        _processors = new TableLog("cpu", _order);
        _devices = new TableLog("device", _order);
        _memory = Made(Settings);
    }

    private static DomainSettings Settings => new() { Owner = new OwnerId(1), Quota = OwnerQuota.Unlimited, AddressBits = 40 };

    [Theory]
    [InlineData(24, DomainResult.OutOfRange)]
    [InlineData(25, DomainResult.Done)]
    [InlineData(48, DomainResult.Done)]
    [InlineData(49, DomainResult.OutOfRange)]
    public void Addresses_have_25_to_48_bits(int bits, DomainResult result)
    {
        _memory = Made(Settings with { AddressBits = bits });

        Assert.Equal(result, _memory.AddRam(Page, At(0x8000_0000), Page));
    }

    [Theory]
    [InlineData(25)]
    [InlineData(40)]
    [InlineData(48)]
    public void A_range_may_end_where_the_addresses_do_and_not_begin_there(int bits)
    {
        ulong end = 1UL << bits;
        _memory = Made(Settings with { AddressBits = bits });

        Assert.Equal(DomainResult.OutOfRange, _memory.AddRam(end, At(0x8000_0000), Page));
        Assert.Equal(DomainResult.OutOfRange, _memory.AddRam(end - Page, At(0x8000_0000), 2 * Page));
        Assert.Equal(DomainResult.Done, _memory.AddRam(end - Page, At(0x8000_0000), Page));
    }

    [Fact]
    public void The_last_page_of_the_quota_can_be_mapped_and_what_maps_none_can_always_be_added()
    {
        _memory = Made(Settings with { Quota = OwnerQuota.Unlimited with { MappedPages = 8 } });
        QuotaKind before = _memory.ExhaustedQuota;
        Assert.Equal(DomainResult.Done, _memory.AddRam(Ram, At(0x8000_0000), 4 * Page));
        Assert.Equal(DomainResult.Done, _memory.AddWindow(Window, 0x10_0000));
        Assert.Equal((8ul, before), (_memory.MappedPages, _memory.ExhaustedQuota));

        Assert.Equal(DomainResult.Quota, _memory.MapBar(Window, At(0x1000_0000), Page, PageAttributes.Registers));

        Assert.Equal((QuotaKind.MappedPages, 0u), (_memory.ExhaustedQuota, _memory.MappedBars));
        Assert.Equal(DomainResult.OutsideWindow, _memory.BeginMapBar(Ram + 0x100_0000, At(0x1000_0000), Page, PageAttributes.Registers));
        Assert.Equal(DomainResult.Quota, _memory.BeginMapBar(Window, At(0x1000_0000), Page, PageAttributes.Registers));
        Assert.True(_memory.IsRunnable);
    }

    [Theory]
    [InlineData(PeerPolicy.None, 8u, DomainResult.Done)]
    [InlineData(PeerPolicy.None, 9u, DomainResult.Quota)]
    [InlineData(PeerPolicy.SameOwner, 4u, DomainResult.Done)]
    [InlineData(PeerPolicy.SameOwner, 5u, DomainResult.Quota)]
    public void A_mapping_in_steps_does_not_begin_without_pages_for_all_of_it_on_both_sides(PeerPolicy peers, uint pages, DomainResult result)
    {
        _memory = Made(Settings with { Quota = OwnerQuota.Unlimited with { MappedPages = 8 }, Peers = peers });
        Assert.Equal(DomainResult.Done, _memory.AddWindow(Window, 0x10_0000));

        Assert.Equal(result, _memory.BeginMapBar(Window, At(0x1000_0000), pages * Page, PageAttributes.Registers));

        Assert.Equal(result != DomainResult.Done, _memory.IsRunnable);
        while (_memory.Continue(Page) == DomainResult.Pending)
        {
        }

        Assert.Equal(result == DomainResult.Done ? 1u : 0, _memory.MappedBars);
    }

    [Fact]
    public void A_doorbell_for_which_there_are_no_tables_is_not_tried_again_in_another_way()
    {
        _devices.MapsLeft = 0;

        Assert.Equal(DomainResult.TableRefused, _memory.AddDoorbell(Doorbell, At(0x0802_0000), Page));

        Assert.Single(_order);
        Assert.Equal(MappingResult.OutOfTables, _memory.TableResult);
    }

    [Fact]
    public void What_is_lost_is_not_taken_away_a_second_time_and_the_table_s_answer_is_told()
    {
        Assert.Equal(DomainResult.Done, _memory.AddRam(Ram, At(0x8000_0000), Page));
        _devices.LosesUnmap = true;
        Assert.Equal(DomainResult.Incomplete, _memory.Remove(Ram));
        Assert.Equal(MappingResult.InvalidationIncomplete, _memory.TableResult);
        _devices.LosesUnmap = false;
        _order.Clear();

        Assert.Equal(DomainResult.Incomplete, _memory.Remove(Ram));

        Assert.Empty(_order);
        Assert.True(_memory[0].IsLost);
    }

    [Fact]
    public void What_a_table_maps_without_being_certain_of_it_is_lost_to_the_domain()
    {
        _processors.MapsUncertainly = true;

        Assert.Equal(DomainResult.Incomplete, _memory.AddRam(Ram, At(0x8000_0000), Page));

        Assert.True(_memory[0].IsLost);
        Assert.False(_memory.IsEmpty);
        Assert.Equal(MappingResult.InvalidationIncomplete, _memory.TableResult);
        Assert.Equal(DomainResult.Overlap, _memory.AddRam(Ram, At(0x9000_0000), Page));
    }

    [Fact]
    public void Nothing_and_what_lies_in_no_window_is_no_memory_of_a_function_to_take_away()
    {
        Assert.Equal(DomainResult.Done, _memory.AddWindow(Window, 0x10_0000));
        Assert.Equal(DomainResult.Done, _memory.MapBar(Window, At(0x1000_0000), Page, PageAttributes.Registers));
        _order.Clear();

        Assert.Equal(DomainResult.NotFound, _memory.UnmapBar(Window, 0));
        Assert.Equal(DomainResult.NotFound, _memory.UnmapBar(Ram, Page));
        Assert.Equal(DomainResult.NotFound, _memory.UnmapBar(Window + 0xF_F000, 2 * Page));

        Assert.Empty(_order);
        Assert.Equal(1u, _memory.MappedBars);
    }

    [Fact]
    public void A_mapping_that_is_refused_counts_as_none()
    {
        Assert.Equal(DomainResult.Done, _memory.AddWindow(Window, 0x10_0000));
        _processors.MapsLeft = 0;

        Assert.Equal(DomainResult.TableRefused, _memory.MapBar(Window, At(0x1000_0000), Page, PageAttributes.Registers));

        Assert.Equal(0u, _memory.MappedBars);
        Assert.Equal(DomainResult.Done, _memory.Remove(Window));
    }

    [Fact]
    public void Of_a_range_that_has_gone_nothing_is_left_that_anything_else_meets()
    {
        TableLog processors = new("other cpu", _order);
        TableLog devices = new("other device", _order);
        Domain other = new(Settings, new LoggedTable(processors), new LoggedTable(devices));
        Assert.Equal(DomainResult.Done, other.AddRam(Ram, At(0x8000_0000), Page));

        Assert.Equal(DomainResult.Done, _memory.AddRam(Ram, At(0x8000_0000), Page));
        Assert.True(_memory.SharesMachineWith(in other, out _));
        Assert.Equal(DomainResult.Done, _memory.Remove(Ram));
        Assert.False(_memory.SharesMachineWith(in other, out _));
        Assert.False(other.SharesMachineWith(in _memory, out _));

        Assert.Equal(DomainResult.Done, _memory.AddWindow(Window, 0x10_0000));
        Assert.Equal(DomainResult.Done, _memory.AddDoorbell(Doorbell, At(0x1000_0000), Page));
        Assert.Equal(DomainResult.Overlap, _memory.MapBar(Window, At(0x1000_0000), Page, PageAttributes.Registers));
        Assert.Equal(DomainResult.Done, _memory.Remove(Doorbell));
        Assert.Equal(DomainResult.Done, _memory.MapBar(Window, At(0x1000_0000), Page, PageAttributes.Registers));
        Assert.Equal(DomainResult.Done, _memory.UnmapBar(Window, Page));
        Assert.Equal(DomainResult.Done, _memory.Remove(Window));
        Assert.Equal(DomainResult.OutsideWindow, _memory.MapBar(Window, At(0x1000_0000), Page, PageAttributes.Registers));
    }

    [Fact]
    public void When_all_ranges_are_taken_any_of_them_can_go_and_its_place_be_taken_again()
    {
        for (uint range = 0; range < Domain.Capacity; range++)
        {
            Assert.Equal(DomainResult.Done, _memory.AddEmulated(Ram + (range * 0x10_0000), Page));
        }

        Assert.Equal(DomainResult.Full, _memory.AddEmulated(Window, Page));
        Assert.Equal(DomainResult.Done, _memory.Remove(Ram));
        Assert.Equal(DomainResult.Done, _memory.AddEmulated(Window, Page));
        Assert.Equal(Domain.Capacity, Enumerable.Range(0, _memory.Count).Select(index => _memory[index].Start).Distinct().Count());
    }

    [Fact]
    public void Peers_may_do_with_a_function_s_memory_what_processors_may_and_never_run_it()
    {
        _memory = Made(Settings with { Peers = PeerPolicy.SameOwner });
        Assert.Equal(DomainResult.Done, _memory.AddWindow(Window, 0x10_0000));

        Assert.Equal(DomainResult.Done, _memory.MapBar(Window, At(0x1000_0000), Page, new PageAttributes(PageAccess.Read, MemoryType.Device)));

        Assert.Equal(PageAccess.Read, _devices.Pages[Window].Attributes.Access);
        Assert.Equal(MemoryType.Device, _devices.Pages[Window].Attributes.Type);
    }

    [Fact]
    public void Only_a_doorbell_keeps_others_off_its_page_of_the_machine_and_only_those_that_processors_reach()
    {
        Assert.Equal(DomainResult.Done, _memory.AddRam(Ram, At(0x8000_0000), Page));
        Assert.Equal(DomainResult.Done, _memory.AddRam(Ram + 0x10_0000, At(0x8000_0000), Page));
        Assert.Equal(DomainResult.Done, _memory.AddEmulated(0x0900_0000, Page));
        Assert.Equal(DomainResult.Done, _memory.AddDoorbell(Doorbell, At(0x0900_0000), Page));
        Assert.Equal(DomainResult.Done, _memory.AddDoorbell(Doorbell + 0x1_0000, At(0x0A00_0000), Page));
        Assert.Equal(DomainResult.Done, _memory.AddEmulated(0x0A00_0000, Page));
        Assert.Equal(DomainResult.Overlap, _memory.AddDevicePages(0x0B00_0000, At(0x0A00_0000), Page));
    }

    [Fact]
    public void Tables_are_counted_once_where_there_is_one_for_both()
    {
        Assert.Equal(2u, _memory.TablePages);
        Assert.Equal(1u, Made(Settings with { SharesTable = true, Peers = PeerPolicy.SameOwner }).TablePages);
    }

    private static MachineAddress At(ulong value) => new(value);

    private Domain Made(DomainSettings settings) => new(in settings, new LoggedTable(_processors), new LoggedTable(_devices));
}
