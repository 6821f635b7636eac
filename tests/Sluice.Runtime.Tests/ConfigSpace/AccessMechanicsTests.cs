using System;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Simulation.Pci;
using Sluice.Testing;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

public sealed class AccessMechanicsTests
{
    private static readonly (string Name, Action<AssignedFunction> Access)[] s_accesses =
    [
        ("identity", static assigned => assigned.Read(0x00, 4)),
        ("constant byte", static assigned => assigned.Read(0x0E, 1)),
        ("plain write", static assigned => assigned.Write(0x3C, 1, 0xAB)),
        ("passthrough read", static assigned => assigned.Read(0x06, 2)),
        ("passthrough write", static assigned => assigned.Write(0x06, 2, 0xFFFF)),
        ("capability", static assigned => assigned.Read(0x72, 2)),
        ("power state", static assigned => assigned.Write(0x44, 2, 3)),
        ("awake", static assigned => assigned.Write(0x44, 2, 0)),
        ("denied read", static assigned => assigned.Read(0x6C, 4)),
        ("MSI mask", static assigned => assigned.Write(0x60, 4, 0xFF)),
        ("MSI pending", static assigned => assigned.Read(0x64, 4)),
        ("denied write", static assigned => assigned.Write(0x200, 4, 0)),
        ("bar", static assigned => assigned.Write(0x10, 4, 0xFFFF_FFFF)),
        ("decode", static assigned => assigned.Write(0x04, 2, 0x0004)),
        ("table read", static assigned => assigned.ReadMemory(assigned.Entry(0), 8)),
        ("MSI-X off and on", static assigned => assigned.Write(0x72, 2, (assigned.Read(0x72, 2) ^ 0x8000u) & 0xC000)),
        ("absent", static assigned => assigned.Bridge.ReadConfig(0x5_0000, AccessWidth.Word, out _)),
        ("message", static assigned => assigned.Bridge.Deliver(0)),
        ("taken", static assigned => assigned.Guest.TryTakeInterrupt(out _)),
    ];

    [Fact]
    public void A1_A_function_that_is_absent_reads_all_ones_and_nothing_reaches_the_hardware()
    {
        AssignedFunction assigned = new();

        Assert.Equal(AccessResult.Denied, assigned.Bridge.ReadConfig(0x2_0000, AccessWidth.Word, out ulong word));
        Assert.Equal(0xFFFF_FFFFul, word);
        assigned.Bridge.ReadConfig(0x2_0000, AccessWidth.Byte, out ulong one);
        Assert.Equal(0xFFul, one);
        assigned.Bridge.ReadConfig(ulong.MaxValue - 7, AccessWidth.DoubleWord, out ulong eight);
        Assert.Equal(ulong.MaxValue, eight);
        Assert.Equal(AccessResult.Denied, assigned.Bridge.WriteConfig(0x2_0004, AccessWidth.Word, new GuestValue(0x6)));
        Assert.Empty(assigned.Device.Trace.Accesses);
        Assert.Equal(4u, assigned.Bridge.Denied);
    }

    [Fact]
    public void A2_A_word_reads_the_same_whole_by_halves_and_by_bytes()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        for (uint offset = 0; offset < 0x1000; offset += 4)
        {
            uint whole = assigned.Read(offset, 4);
            uint halves = assigned.Read(offset, 2) | (assigned.Read(offset + 2, 2) << 16);
            uint bytes = assigned.Read(offset, 1) | (assigned.Read(offset + 1, 1) << 8) | (assigned.Read(offset + 2, 1) << 16) | (assigned.Read(offset + 3, 1) << 24);
            Assert.True(whole == halves && whole == bytes, $"0x{offset:x}: {whole:x8} {halves:x8} {bytes:x8}");
        }
    }

    [Fact]
    public void A3_A_word_written_whole_by_halves_or_by_bytes_leaves_the_same_state()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        for (int round = 0; round < Effort.Of(40); round++)
        {
            AssignedFunction[] assigned = [new AssignedFunction().Enable(), new AssignedFunction().Enable(), new AssignedFunction().Enable()];
            for (int step = 0; step < 60; step++)
            {
                uint offset = (uint)random.Next(0x40) * 4;
                uint value = Value(random, offset);
                assigned[0].Write(offset, 4, value);
                assigned[1].Write(offset, 2, value & 0xFFFF);
                assigned[1].Write(offset + 2, 2, value >> 16);
                for (uint index = 0; index < 4; index++)
                {
                    assigned[2].Write(offset + index, 1, (value >> (int)(index * 8)) & 0xFF);
                }

                Assert.True(Same(assigned[0], assigned[1]) && Same(assigned[0], assigned[2]), $"seed {seed}, round {round}, 0x{offset:x} = 0x{value:x8}");
            }
        }
    }

    [Fact]
    public void A4_A_misaligned_write_is_rejected_and_changes_nothing()
    {
        AssignedFunction assigned = new();
        uint before = assigned.Read(0x04, 4);
        assigned.Device.Trace.Clear();

        Assert.Equal(AccessResult.Rejected, assigned.Write(0x05, 2, 0xFFFF));
        Assert.Equal(AccessResult.Rejected, assigned.Write(0x06, 4, 0xFFFF_FFFF));

        Assert.Empty(assigned.Device.Trace.Accesses);
        Assert.Equal(before, assigned.Read(0x04, 4));
    }

    [Fact]
    public void A6_Eight_bytes_are_two_words_the_low_one_first_and_never_pass_the_end()
    {
        AssignedFunction assigned = new();

        Assert.Equal(AccessResult.Done, assigned.TryRead(0x000, 8, out ulong value));
        Assert.Equal(0x9034_10EEul | ((ulong)assigned.Read(0x04, 4) << 32), value);
        Assert.Equal(AccessResult.Rejected, assigned.TryRead(0xFFC, 8, out value));
        Assert.Equal(ulong.MaxValue, value);
        Assert.Equal(AccessResult.Denied, assigned.TryRead(0xFFC, 4, out value));
        Assert.Equal(0xFFFF_FFFFul, value);
    }

    [Fact]
    public void A6_Eight_bytes_read_and_write_as_two_words_everywhere()
    {
        AssignedFunction[] assigned = [new AssignedFunction(RichFunction.Prepare).Enable(), new AssignedFunction(RichFunction.Prepare).Enable()];
        for (uint offset = 0; offset < 0x1000; offset += 8)
        {
            ulong value = (0x0123_4567_89AB_CDEF ^ ((ulong)offset << 32)) & ~(offset == 0x98 ? 0x8000ul : 0);
            AccessResult first = assigned[0].Write(offset, 4, value & 0xFFFF_FFFF);
            AccessResult second = assigned[0].Write(offset + 4, 4, value >> 32);
            Assert.Equal(first > second ? first : second, assigned[1].Write(offset, 8, value));
            assigned[1].TryRead(offset, 8, out ulong read);
            Assert.True(read == (assigned[0].Read(offset, 4) | ((ulong)assigned[0].Read(offset + 4, 4) << 32)), $"0x{offset:x}");
            Assert.Equal(AccessResult.Rejected, assigned[1].Write(offset + 4, 8, 0));
        }
    }

    [Theory]
    [InlineData(1, 0xEEul)]
    [InlineData(2, 0x10EEul)]
    [InlineData(4, 0x9034_10EEul)]
    public void A7_The_upper_bits_of_a_narrow_read_are_zero(int bytes, ulong expected)
    {
        new AssignedFunction().TryRead(0, bytes, out ulong value);

        Assert.Equal(expected, value);
    }

    [Fact]
    public void A11_Bytes_that_are_not_described_read_ones_swallow_writes_and_never_reach_the_hardware()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        AssignedFunction assigned = new();
        for (uint offset = 0x40; offset < 0x1000; offset++)
        {
            if (Described(offset) || offset is >= 0x100 and < 0x104)
            {
                continue;
            }

            for (int step = 0; step < Effort.Of(64); step++)
            {
                Assert.Equal(AccessResult.Denied, assigned.Write(offset, 1, (ulong)random.Next(256)));
                Assert.Equal(AccessResult.Denied, assigned.TryRead(offset, 1, out ulong value));
                Assert.True(value == 0xFF, $"seed {seed}, 0x{offset:x}");
            }
        }

        Assert.Empty(assigned.Device.Trace.Accesses);
    }

    [Fact]
    public void Every_byte_of_config_space_is_described_or_denied_for_every_width_and_direction()
    {
        AssignedFunction assigned = new();
        Dictionary<AccessResult, int> bytes = [];
        for (uint offset = 0; offset < 0x1000; offset++)
        {
            for (int width = 1; width <= 4; width *= 2)
            {
                bool aligned = offset % (uint)width == 0;
                bool described = true;
                for (uint index = 0; index < width; index++)
                {
                    described &= Described(offset + index) || offset + index is >= 0x100 and < 0x104;
                }

                AccessResult expected = !aligned ? AccessResult.Rejected : described ? AccessResult.Done : AccessResult.Denied;
                Assert.True(assigned.TryRead(offset, width, out _) == expected, $"read of {width} at 0x{offset:x}");
                Assert.True(assigned.Write(offset, width, 0) == expected, $"write of {width} at 0x{offset:x}");
                if (width == 1)
                {
                    bytes[expected] = bytes.GetValueOrDefault(expected) + 1;
                }
            }
        }

        Assert.Equal(4096, bytes[AccessResult.Done] + bytes[AccessResult.Denied]);
        Assert.Equal(0x40 + 8 + 24 + 12 + 0x3C + 4, bytes[AccessResult.Done]);
    }

    [Fact]
    public void Every_kind_of_access_allocates_nothing()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x72, 2, 0x8000);
        assigned.Program(0, AssignedFunction.Doorbell, AssignedFunction.FirstInterrupt);
        assigned.Device.Trace.IsKept = false;
        assigned.IsWatched = false;
        foreach ((string name, Action<AssignedFunction> access) in s_accesses)
        {
            access(assigned);
            long least = long.MaxValue;
            for (int attempt = 0; attempt < 5 && least != 0; attempt++)
            {
                // The runtime itself may allocate while it compiles a method again; it does not do so five times.
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int round = 0; round < 100; round++)
                {
                    access(assigned);
                }

                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }

            Assert.True(least == 0, $"{name}: {least} bytes in 100 accesses");
        }
    }

    private static bool Described(uint offset) => offset is < 0x40 or (>= 0x40 and < 0x48) or (>= 0x50 and < 0x68) or (>= 0x70 and < 0x7C) or (>= 0x90 and < 0xCC);

    // A function-level reset takes effect with the byte that holds its bit: what was written before it is gone, what comes after is not.
    private static uint Value(Random random, uint offset) => (uint)random.NextInt64(1L << 32) & (offset == 0x98 ? 0xFFFF_7FFF : uint.MaxValue);

    private static bool Same(AssignedFunction left, AssignedFunction right)
    {
        for (uint offset = 0; offset < 0x100; offset += 4)
        {
            if (left.Read(offset, 4) != right.Read(offset, 4) || left.Device.Peek(offset, AccessWidth.Word) != right.Device.Peek(offset, AccessWidth.Word))
            {
                return false;
            }
        }

        for (int entry = 0; entry < 17; entry++)
        {
            if (left.Device.Msix.IsMasked(entry) != right.Device.Msix.IsMasked(entry))
            {
                return false;
            }
        }

        return left.Guest.Mappings.Count == right.Guest.Mappings.Count;
    }
}
