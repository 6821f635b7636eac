using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Text;
using Sluice.Generators.Tests.Sample;
using Sluice.Registers;
using Xunit;

namespace Sluice.Generators.Tests.Views;

public sealed class ConditionsAndQueues
{
    private readonly List<string> _calls = [];
    private Crypto.Guest _view;

    public ConditionsAndQueues()
    {
        _view.Reset(ResetKind.PowerOn);
    }

    [Fact]
    public void A_lock_bit_closes_fields_and_registers_until_the_next_reset()
    {
        Write(Crypto.Offsets.Key, 0x11);
        Write(Crypto.Offsets.Ctrl, 0x52);
        Write(Crypto.Offsets.Key, 0x22);
        Write(Crypto.Offsets.Ctrl, 0x70);
        Assert.Equal((0x11u, 0x53u), (_view.GetKey(0).Value, _view.Ctrl.Value));
        _view.Reset(ResetKind.Warm);
        Write(Crypto.Offsets.Key, 0x22);
        Assert.Equal(0x22u, _view.GetKey(0).Value);
    }

    [Fact]
    public void The_elements_of_an_array_begin_with_values_of_their_own()
        => Assert.Equal((1u, 2u, 4u, 8u), (_view.GetKey(0).Value, _view.GetKey(1).Value, _view.GetKey(2).Value, _view.GetKey(3).Value));

    [Fact]
    public void A_register_that_is_not_there_reads_absent_and_is_counted()
    {
        Assert.Equal((AccessResult.Done, 7ul), Read(Crypto.Offsets.Pool));
        _view.Ctrl = new(0);
        Assert.Equal((AccessResult.Denied, 0ul), Read(Crypto.Offsets.Pool));
        Assert.Equal(AccessResult.Denied, Write(Crypto.Offsets.Pool, 1));
        Assert.Equal(["pop"], _calls);
    }

    [Fact]
    public void An_access_of_another_width_reads_zero_and_takes_nothing()
    {
        Assert.Equal((AccessResult.Done, 0ul), Read(Crypto.Offsets.Key, AccessWidth.Byte));
        Assert.Equal((AccessResult.Done, 0ul), Read(Crypto.Offsets.Key, AccessWidth.DoubleWord));
        Write(Crypto.Offsets.Key, 0xFF, AccessWidth.Byte);
        Assert.Equal(1u, _view.GetKey(0).Value);
    }

    [Fact]
    public void A_queue_moves_once_for_each_access_and_not_for_a_peek()
    {
        Read(Crypto.Offsets.Pool);
        Write(Crypto.Offsets.Pool, 0x9);
        Assert.Equal(_view.Peek(Crypto.Offsets.Pool), _view.Peek(Crypto.Offsets.Pool));
        Read(Crypto.Offsets.Pool, AccessWidth.HalfWord);
        Assert.Equal(["pop", "push 9"], _calls);
    }

    [Fact]
    public void A_window_reaches_what_is_selected_and_nothing_beyond()
    {
        Write(Crypto.Offsets.Select, 5);
        Assert.Equal((AccessResult.Done, 0x500ul), Read(Crypto.Offsets.Data));
        Write(Crypto.Offsets.Data, 0xAB);
        Write(Crypto.Offsets.Select, 100);
        Assert.Equal((AccessResult.Done, 0ul), Read(Crypto.Offsets.Data));
        Write(Crypto.Offsets.Data, 0xCD);
        Assert.Equal(["read 5", "write 5 AB"], _calls);
    }

    [Fact]
    public void The_upper_half_is_held_from_the_read_of_the_lower_one()
    {
        Read(Crypto.Offsets.Time);
        Assert.Equal((AccessResult.Done, 1ul), Read(Crypto.Offsets.Time + 4));
        Assert.Equal((AccessResult.Done, 1ul), Read(Crypto.Offsets.Time + 4));
        Read(Crypto.Offsets.Time);
        Assert.Equal((AccessResult.Done, 2ul), Read(Crypto.Offsets.Time + 4));
        Assert.Equal(["time", "time"], _calls);
    }

    [Fact]
    public void A_snapshot_with_a_value_that_no_write_could_bring_is_refused_and_the_register_named()
    {
        byte[] snapshot = new byte[Crypto.Guest.SnapshotBytes];
        Assert.True(_view.TrySave(snapshot));
        Assert.True(_view.Restore(snapshot).IsRestored);
        BinaryPrimitives.WriteUInt32LittleEndian(snapshot.AsSpan(sizeof(ulong)), 0xF1);
        _view.Select = new(3);
        RestoreOutcome outcome = _view.Restore(snapshot);
        Assert.Equal(RestoreResult.Unsanitized, outcome.Result);
        Assert.Equal("CTRL", Encoding.UTF8.GetString(RegisterNames.Name<Crypto.Guest.Tables>(outcome.Register)));
        Assert.Equal((1u, 3u), (_view.Ctrl.Value, _view.Select.Value));
        Assert.Equal(RestoreResult.OtherMap, _view.Restore(snapshot.AsSpan(1)).Result);
    }

    [Fact]
    public void An_instance_is_at_most_four_bytes_a_register_and_64_more()
    {
        Assert.True(Unsafe.SizeOf<Crypto.Guest>() <= (4 * 10) + 64);
        Assert.True(Unsafe.SizeOf<Port.Guest>() <= (4 * (RegisterNames.Count<Port.Guest.Tables>() + 7)) + 64);
    }

    [Fact]
    public void An_instance_is_one_allocation()
    {
        StrongBox<Crypto.Guest> warm = new();
        GC.KeepAlive(warm);
        long before = GC.GetAllocatedBytesForCurrentThread();
        StrongBox<Crypto.Guest> box = new();
        box.Value.Reset(ResetKind.PowerOn);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Equal(1u, box.Value.Ctrl.Value);
        Assert.InRange(allocated, Unsafe.SizeOf<Crypto.Guest>(), Unsafe.SizeOf<Crypto.Guest>() + 24);
    }

    private (AccessResult Result, ulong Value) Read(uint offset, AccessWidth width = AccessWidth.Word)
    {
        CryptoHooks hooks = new(_calls);
        return (_view.Read(offset, width, ref hooks, out ulong value), value);
    }

    private AccessResult Write(uint offset, ulong value, AccessWidth width = AccessWidth.Word)
    {
        CryptoHooks hooks = new(_calls);
        return _view.Write(offset, width, new GuestValue(value), ref hooks);
    }
}
