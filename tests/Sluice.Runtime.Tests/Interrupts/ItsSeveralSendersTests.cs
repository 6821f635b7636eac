using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts;

/// <summary>What the translation service is told of functions whose messages come under several ids, command by command, and what becomes of each command that is refused.</summary>
public sealed class ItsSeveralSendersTests
{
    private const string Sync = "SYNC";
    private readonly ItsFixture _fixture;
    private readonly List<string> _commands = [];

    public ItsSeveralSendersTests()
    {
        _fixture = ItsFixture.Started();
        _fixture.Model.Commanded = first => _commands.Add(Name(first));
    }

    [Fact]
    public void I8_Each_of_its_ids_gets_a_device_and_each_vector_an_event_of_every_one()
    {
        Assert.True(TryAllocate(1, 0x100, 2, out _, phantomBits: 1, alias: 0x1F8));

        Assert.Equal(
            [
                "MAPD 100", "MAPD 104", "MAPD 1f8",
                "MAPTI 100", "INV 100", "MAPTI 104", "INV 104", "MAPTI 1f8", "INV 1f8",
                "MAPTI 100", "INV 100", "MAPTI 104", "INV 104", "MAPTI 1f8", "INV 1f8",
                Sync,
            ],
            _commands);
        Assert.Equal((3, 0), (_fixture.Model.MappedDevices, _fixture.Model.WrongCommands));
    }

    [Fact]
    public void I8_A_second_block_of_the_same_function_maps_no_device_again_and_each_goes_with_its_last_vector()
    {
        Assert.True(TryAllocate(1, 0x100, 1, out VectorBlock first, phantomBits: 1));
        _commands.Clear();
        Assert.True(TryAllocate(1, 0x100, 1, out VectorBlock second, phantomBits: 1));
        Assert.Equal(["MAPTI 100", "INV 100", "MAPTI 104", "INV 104", Sync], _commands);
        _commands.Clear();

        _fixture.Controller.Free(new OwnerId(1), first);
        Assert.Equal(["DISCARD 100", "DISCARD 104", Sync], _commands);
        _commands.Clear();
        _fixture.Controller.Free(new OwnerId(1), second);

        Assert.Equal(["DISCARD 100", "DISCARD 104", "MAPD 100", "MAPD 104", Sync], _commands);
        Assert.Equal((0, 0), (_fixture.Model.MappedDevices, _fixture.Model.WrongCommands));
    }

    [Fact]
    public void I8_An_alias_of_two_functions_stays_with_the_one_that_is_left_and_its_events_are_apart()
    {
        Assert.True(TryAllocate(1, 0x110, 2, out VectorBlock first, alias: 0x100));
        Assert.True(TryAllocate(1, 0x118, 2, out VectorBlock second, alias: 0x100));
        Assert.Equal([0u, 1, 2, 3], Data(first).Concat(Data(second)));
        _commands.Clear();

        _fixture.Controller.Free(new OwnerId(1), first);

        Assert.Equal(["DISCARD 110", "DISCARD 100", "DISCARD 110", "DISCARD 100", "MAPD 110", Sync], _commands);
        Assert.Equal(2, _fixture.Model.MappedDevices);
        _fixture.Send(0x100, _fixture.Controller.Message(second.First + 1));
        _fixture.Send(0x118, _fixture.Controller.Message(second.First));
        Assert.Equal([second.First, second.First + 1], _fixture.Take().Order());

        // What the first had is free in the alias again.
        Assert.True(TryAllocate(1, 0x120, 2, out VectorBlock third, alias: 0x100));
        Assert.Equal([0u, 1], Data(third));
    }

    [Fact]
    public void I8_A_vector_is_masked_for_all_its_ids_by_one_command()
    {
        Assert.True(TryAllocate(1, 0x100, 2, out VectorBlock block, phantomBits: 1, alias: 0x1F8));
        _commands.Clear();

        Assert.True(_fixture.Controller.TryMask(block.First + 1));

        Assert.Equal(["INV 100", Sync], _commands);
        foreach (uint sender in (uint[])[0x100, 0x104, 0x1F8])
        {
            _fixture.Send(sender, _fixture.Controller.Message(block.First + 1));
            Assert.Empty(_fixture.Take());
        }

        Assert.True(_fixture.Controller.TryUnmask(block.First + 1, out _));
        Assert.Equal([block.First + 1], _fixture.Take());
    }

    [Fact]
    public void I8_A_bridge_s_id_that_came_later_than_the_function_s_own_goes_with_its_last_vector_too()
    {
        Assert.True(TryAllocate(1, 0x200, 1, out VectorBlock other));
        Assert.True(TryAllocate(1, 0x118, 1, out _));
        _fixture.Controller.Free(new OwnerId(1), other);
        Assert.True(TryAllocate(1, 0x118, 1, out VectorBlock block, alias: 0x100));
        _commands.Clear();

        _fixture.Controller.Free(new OwnerId(1), block);

        Assert.Equal(["DISCARD 118", "DISCARD 100", "MAPD 100", Sync], _commands);
    }

    [Fact]
    public void A_vector_is_masked_by_the_id_of_its_own_function()
    {
        Assert.True(TryAllocate(1, 0x100, 1, out _));
        Assert.True(TryAllocate(2, 0x200, 1, out VectorBlock block));
        _commands.Clear();

        Assert.True(_fixture.Controller.TryMask(block.First));

        Assert.Equal(["INV 200", Sync], _commands);
    }

    [Fact]
    public void An_alias_that_is_the_function_s_own_id_is_none()
    {
        Assert.True(TryAllocate(1, 0x100, 1, out VectorBlock block, alias: 0x100));

        Assert.Equal(["MAPD 100", "MAPTI 100", "INV 100", Sync], _commands);
        _fixture.Controller.Free(new OwnerId(1), block);
        Assert.Equal((0, 0u), (_fixture.Model.MappedDevices, _fixture.Controller.TakenVectors));
    }

    [Theory]
    [InlineData(0x104, 0, 0u)]
    [InlineData(0x1F8, 0, 0u)]
    [InlineData(0x110, 0x1F8, 0u)]
    [InlineData(0x110, 0x104, 0u)]
    [InlineData(0x102, 0, 2u)]
    public void I8_An_id_that_is_one_owner_s_in_any_way_is_no_other_owner_s_in_any(int requester, int alias, uint phantomBits)
    {
        Assert.True(TryAllocate(1, 0x100, 2, out _, phantomBits: 1, alias: 0x1F8));
        _commands.Clear();

        Assert.False(TryAllocate(2, (ushort)requester, 1, out VectorBlock block, phantomBits, (ushort)alias));

        Assert.Empty(_commands);
        Assert.Equal((0u, 2u), (block.Count, _fixture.Controller.TakenVectors));
        Assert.True(TryAllocate(2, 0x200, 1, out _));
    }

    [Fact]
    public void A_function_for_whose_ids_there_are_not_enough_devices_takes_none_of_them()
    {
        for (ushort device = 0; device < 6; device++)
        {
            Assert.True(TryAllocate(1, (ushort)(0x200 + (device * 8)), 1, out _));
        }

        _commands.Clear();
        Assert.False(TryAllocate(2, 0x100, 1, out _, phantomBits: 1, alias: 0x1F8));
        Assert.Empty(_commands);
        Assert.Equal(6u, _fixture.Controller.TakenVectors);

        Assert.True(TryAllocate(2, 0x100, 1, out _, phantomBits: 1));
        Assert.False(TryAllocate(3, 0x300, 1, out _));
        Assert.Equal(8, _fixture.Model.MappedDevices);
    }

    [Theory]
    [InlineData(0xFFF, 0, 0u, true)]
    [InlineData(0xFF8, 0, 3u, true)]
    [InlineData(0x1000, 0, 0u, false)]
    [InlineData(0xFFF, 0x1000, 0u, false)]
    [InlineData(0xFF0, 0xFFF, 0u, true)]
    public void Every_id_is_to_be_within_the_bits_of_a_device(int requester, int alias, uint phantomBits, bool allocated)
    {
        Assert.Equal(allocated, TryAllocate(1, (ushort)requester, 1, out _, phantomBits, (ushort)alias));

        Assert.Equal(allocated, _commands.Count != 0);
        Assert.Equal(0, _fixture.Model.WrongCommands);
    }

    [Theory]
    [InlineData(254u, 2u, true)]
    [InlineData(254u, 3u, false)]
    [InlineData(255u, 1u, true)]
    [InlineData(256u, 1u, false)]
    [InlineData(0u, 256u, true)]
    public void Events_are_given_up_to_the_last_of_a_device(uint taken, uint count, bool allocated)
    {
        VectorBlock before = default;
        Assert.True(taken == 0 || TryAllocate(1, 0x100, taken, out before));
        uint vectors = _fixture.Controller.TakenVectors;

        Assert.Equal(allocated, TryAllocate(1, 0x100, count, out VectorBlock block));

        Assert.Equal(allocated ? [.. Enumerable.Range((int)taken, (int)count).Select(static number => (uint)number)] : [], allocated ? Data(block) : []);
        Assert.Equal(vectors + (allocated ? count : 0), _fixture.Controller.TakenVectors);
        Assert.Equal(taken, before.Count);
    }

    [Fact]
    public void Data_is_aligned_in_what_is_free_for_all_ids_at_once()
    {
        Assert.True(TryAllocate(1, 0x110, 1, out _, alias: 0x100));
        Assert.True(TryAllocate(1, 0x118, 1, out _));
        Assert.True(TryAllocate(1, 0x118, 4, out VectorBlock aligned, alias: 0x100, alignment: 4));
        Assert.Equal([4u, 5, 6, 7], Data(aligned));

        Assert.True(TryAllocate(1, 0x118, 2, out VectorBlock between, alias: 0x100, alignment: 2));
        Assert.Equal([2u, 3], Data(between));
        Assert.True(TryAllocate(1, 0x118, 1, out VectorBlock single, alias: 0x100));
        Assert.Equal([1u], Data(single));
        Assert.True(TryAllocate(1, 0x118, 2, out VectorBlock anywhere, alignment: 0));
        Assert.Equal([8u, 9], Data(anywhere));
    }

    [Theory]
    [InlineData(0x08)]
    [InlineData(0x0A)]
    [InlineData(0x0C)]
    public void A_refusal_for_any_of_the_ids_takes_back_what_was_mapped_for_the_others(int opcode)
    {
        _fixture.Model.Refuses = first => (first & 0xFF) == (uint)opcode && first >> 32 == 0x104;

        Assert.False(TryAllocate(1, 0x100, 1, out VectorBlock block, phantomBits: 1, alias: 0x1F8));

        Assert.Equal(0u, block.Count);
        _fixture.Model.Refuses = null;
        Assert.True(_fixture.Controller.RejectedCommands != 0);
        foreach (uint sender in (uint[])[0x100, 0x104, 0x1F8])
        {
            _fixture.Send(sender, _fixture.Controller.Message(0));
            Assert.Empty(_fixture.Take());
        }
    }

    [Fact]
    public void A_refusal_while_a_block_is_given_back_gives_the_service_up_and_the_vectors_stay_taken()
    {
        Assert.True(TryAllocate(1, 0x100, 2, out VectorBlock block));
        _fixture.Model.Refuses = static first => (first & 0xFF) == 0x0F;

        _fixture.Controller.Free(new OwnerId(1), block);

        Assert.True(_fixture.Controller.IsBroken);
        Assert.Equal(2u, _fixture.Controller.TakenVectors);
        _fixture.Model.Refuses = null;
        _commands.Clear();
        _fixture.Controller.Free(new OwnerId(1), block);
        Assert.False(TryAllocate(1, 0x200, 1, out _));
        Assert.False(_fixture.Controller.TryMask(block.First));
        Assert.False(_fixture.Controller.TryUnmask(block.First, out _));
        Assert.Empty(_commands);
        Assert.Equal(2u, _fixture.Controller.TakenVectors);
    }

    [Fact]
    public void A_mask_that_is_refused_is_told()
    {
        Assert.True(TryAllocate(1, 0x100, 2, out VectorBlock block));
        _fixture.Model.Refuses = static first => (first & 0xFF) == 0x0C;

        Assert.False(_fixture.Controller.TryMask(block.First));

        _fixture.Model.Refuses = null;
        Assert.True(_fixture.Controller.TryMask(block.First));
    }

    [Fact]
    public void What_is_given_back_by_another_owner_or_is_nobody_s_changes_nothing()
    {
        Assert.True(TryAllocate(1, 0x100, 2, out VectorBlock first));
        Assert.True(TryAllocate(2, 0x200, 2, out VectorBlock second));
        _commands.Clear();

        // Of a block that covers both, only the owner's own goes.
        _fixture.Controller.Free(new OwnerId(2), new VectorBlock(first.First, 4));

        Assert.Equal(["DISCARD 200", "DISCARD 200", "MAPD 200", Sync], _commands);
        _fixture.Send(0x100, _fixture.Controller.Message(first.First));
        Assert.Equal([first.First], _fixture.Take());
        Assert.True(_fixture.Controller.OwnerOf(second.First).IsNone);
        Assert.Equal(2u, _fixture.Controller.TakenVectors);
        _commands.Clear();
        _fixture.Controller.Free(new OwnerId(1), new VectorBlock(510, uint.MaxValue));
        Assert.Equal([Sync], _commands);
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(0x800u)]
    public void The_board_s_base_is_added_to_every_id(uint deviceBase)
    {
        ItsFixture fixture = ItsFixture.Started(options: ItsFixture.Options with { DeviceBase = deviceBase });
        List<string> commands = [];
        fixture.Model.Commanded = first => commands.Add(Name(first));
        MsiRequest request = new() { Owner = new OwnerId(1), Requester = new RequesterId(0x100), Alias = new RequesterId(0x1F8), Count = 1, PhantomBits = 1 };

        Assert.True(fixture.Controller.TryAllocate(in request, out VectorBlock block));

        Assert.Equal([$"MAPD {deviceBase + 0x100:x}", $"MAPD {deviceBase + 0x104:x}", $"MAPD {deviceBase + 0x1F8:x}"], commands.Take(3));
        fixture.Send(deviceBase + 0x104, fixture.Controller.Message(block.First));
        Assert.Equal([block.First], fixture.Take());
    }

    [Fact]
    public void The_page_of_the_doorbell_is_that_of_the_translation_register_alone()
    {
        Assert.Equal(ItsFixture.Its + 0x1_0000, _fixture.Controller.DoorbellPage.Value);
        Assert.Equal(ItsFixture.Its + 0x1_0040, _fixture.Controller.Message(0).Address.Value);
    }

    private static string Name(ulong first) => (first & 0xFF) switch
    {
        0x05 => Sync,
        0x08 => $"MAPD {first >> 32:x}",
        0x0A => $"MAPTI {first >> 32:x}",
        0x0C => $"INV {first >> 32:x}",
        0x0F => $"DISCARD {first >> 32:x}",
        _ => $"{first:x}",
    };

    private uint[] Data(VectorBlock block) => [.. Enumerable.Range((int)block.First, (int)block.Count).Select(vector => _fixture.Controller.Message((uint)vector).Data)];

    private bool TryAllocate(ushort owner, ushort requester, uint count, out VectorBlock block, uint phantomBits = 0, ushort alias = 0, uint alignment = 1)
    {
        MsiRequest request = new()
        {
            Owner = new OwnerId(owner),
            Requester = new RequesterId(requester),
            Alias = new RequesterId(alias),
            Count = count,
            Alignment = alignment,
            PhantomBits = phantomBits,
        };
        return _fixture.Controller.TryAllocate(in request, out block);
    }
}
