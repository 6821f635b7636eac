using System;
using System.Collections.Generic;
using Sluice.Runtime.Interrupts;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts;

public sealed class VectorTableTests
{
    private static readonly OwnerId s_first = new(1);
    private static readonly OwnerId s_second = new(2);

    [Fact]
    public void G14_64_vectors_are_64_vectors()
    {
        VectorTable table = default;

        Assert.True(table.TryAllocate(64, s_first, 64, 1, out VectorBlock all));
        Assert.Equal(64u, all.Count);
        Assert.False(table.TryAllocate(64, s_second, 1, 1, out VectorBlock none));
        Assert.Equal(0u, none.Count);
        table.Free(s_first, all);
        Assert.Equal(0u, table.Taken);
    }

    [Fact]
    public void G14_A_block_of_8_is_aligned_to_8()
    {
        VectorTable table = default;
        Assert.True(table.TryAllocate(64, s_first, 3, 1, out _));

        Assert.True(table.TryAllocate(64, s_second, 8, 8, out VectorBlock block));

        Assert.Equal(8u, block.First);
        Assert.True(s_second.Is(table.OwnerOf(15)));
        Assert.True(table.OwnerOf(16).IsNone);
    }

    [Fact]
    public void Nobody_frees_what_another_owns()
    {
        VectorTable table = default;
        Assert.True(table.TryAllocate(64, s_first, 4, 1, out VectorBlock block));

        table.Free(s_second, new VectorBlock(0, 64));
        table.Free(default, new VectorBlock(0, uint.MaxValue));

        Assert.Equal(4u, table.Taken);
        table.Free(s_first, block);
        Assert.Equal(0u, table.Taken);
    }

    [Theory]
    [InlineData(0u, 1u)]
    [InlineData(1u, 0u)]
    [InlineData(1u, 3u)]
    [InlineData(65u, 1u)]
    [InlineData(uint.MaxValue, 1u)]
    public void What_cannot_be_had_is_refused(uint count, uint alignment)
    {
        VectorTable table = default;

        Assert.False(table.TryAllocate(64, s_first, count, alignment, out _));
        Assert.False(table.TryAllocate(64, default, 1, 1, out _));
        Assert.Equal(0u, table.Taken);
    }

    [Fact]
    public void Any_sequence_agrees_with_a_list_of_owners()
    {
        int seed = Environment.TickCount;
        Random random = new(seed);
        VectorTable table = default;
        ushort[] model = new ushort[64];
        List<(OwnerId Owner, VectorBlock Block)> held = [];
        for (int step = 0; step < 5_000; step++)
        {
            if (held.Count != 0 && random.Next(2) == 0)
            {
                int index = random.Next(held.Count);
                table.Free(held[index].Owner, held[index].Block);
                model.AsSpan((int)held[index].Block.First, (int)held[index].Block.Count).Clear();
                held.RemoveAt(index);
            }
            else
            {
                OwnerId owner = new((ushort)random.Next(1, 5));
                uint count = (uint)random.Next(1, 12);
                uint alignment = 1u << random.Next(4);
                bool got = table.TryAllocate(64, owner, count, alignment, out VectorBlock block);
                int expected = Lowest(model, (int)count, (int)alignment);
                Assert.True(got == expected >= 0 && (!got || block.First == expected), $"seed {seed}, step {step}");
                if (got)
                {
                    model.AsSpan(expected, (int)count).Fill(owner.Value);
                    held.Add((owner, block));
                }
            }

            for (int vector = 0; vector < model.Length; vector++)
            {
                Assert.True(table.OwnerOf((uint)vector).Value == model[vector], $"seed {seed}, step {step}, vector {vector}");
            }
        }
    }

    private static int Lowest(ushort[] model, int count, int alignment)
    {
        for (int first = 0; first + count <= model.Length; first += alignment)
        {
            if (!model.AsSpan(first, count).ContainsAnyExcept((ushort)0))
            {
                return first;
            }
        }

        return -1;
    }
}
