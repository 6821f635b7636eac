using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Runtime.Memory;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Runtime.Tests.Memory;

public class PageTableTests
{
    private const ulong Page = 0x1000;
    private const ulong Block = 0x20_0000;
    private const ulong Gigabyte = 0x4000_0000;

    [Theory]
    [InlineData(40, 1, 2u)]
    [InlineData(39, 1, 1u)]
    [InlineData(43, 1, 16u)]
    [InlineData(44, 0, 1u)]
    [InlineData(48, 0, 1u)]
    [InlineData(34, 2, 16u)]
    [InlineData(30, 2, 1u)]
    [InlineData(32, 2, 4u)]
    public void A_stage_2_root_is_concatenated_instead_of_taking_a_level_more(int inputBits, int startLevel, uint rootPages)
    {
        Assert.True(PageTableGeometry.TryCreate<Stage2Format>(inputBits, 48, LeafSize.OneGigabyte, out PageTableGeometry geometry));
        Assert.Equal(startLevel, geometry.StartLevel);
        Assert.Equal(rootPages, geometry.RootPages);
        Assert.Equal((uint)(64 - inputBits), geometry.SizeOffset);
        Assert.Equal((uint)(2 - startLevel), geometry.StartLevelCode);
    }

    [Theory]
    [InlineData(48, 0)]
    [InlineData(40, 0)]
    [InlineData(39, 1)]
    [InlineData(31, 1)]
    [InlineData(30, 2)]
    public void A_stage_1_root_is_one_page(int inputBits, int startLevel)
    {
        Assert.True(PageTableGeometry.TryCreate<Stage1Format>(inputBits, 48, LeafSize.OneGigabyte, out PageTableGeometry geometry));
        Assert.Equal(startLevel, geometry.StartLevel);
        Assert.Equal(1u, geometry.RootPages);
    }

    [Theory]
    [InlineData(24, 48)]
    [InlineData(49, 48)]
    [InlineData(40, 31)]
    [InlineData(40, 49)]
    public void A_geometry_that_no_walker_has_is_refused(int inputBits, int outputBits)
    {
        Assert.False(PageTableGeometry.TryCreate<Stage2Format>(inputBits, outputBits, LeafSize.OneGigabyte, out _));
    }

    [Fact]
    public void The_largest_leaf_that_fits_both_addresses_is_used()
    {
        Subject<Stage2Format> subject = new(40);
        Assert.Equal(MappingResult.Done, subject.Map(Gigabyte - Block - Page, 2 * Gigabyte - Block - Page, Gigabyte + Block + Page));
        Assert.Equal(LeafSize.FourKilobytes, subject.LeafAt(Gigabyte - Block - Page));
        Assert.Equal(LeafSize.TwoMegabytes, subject.LeafAt(Gigabyte - Block));
        Assert.Equal(LeafSize.OneGigabyte, subject.LeafAt(Gigabyte));
        Assert.Equal(MappingResult.Done, subject.Map(8 * Gigabyte, Gigabyte + Block, Gigabyte));
        Assert.Equal(LeafSize.TwoMegabytes, subject.LeafAt(8 * Gigabyte));
        Assert.Equal(MappingResult.Done, subject.Map(16 * Gigabyte, Page, Block));
        Assert.Equal(LeafSize.FourKilobytes, subject.LeafAt(16 * Gigabyte));
    }

    [Fact]
    public void Leaves_stay_small_where_a_table_asks_for_it()
    {
        Subject<Stage2Format> subject = new(40, LeafSize.FourKilobytes);
        Assert.Equal(MappingResult.Done, subject.Map(0, 0, Block));
        Assert.Equal(LeafSize.FourKilobytes, subject.LeafAt(0));
    }

    [Fact]
    public void Bad_ranges_are_refused_and_change_nothing()
    {
        Subject<Stage2Format> subject = new(32);
        Assert.Equal(MappingResult.Misaligned, subject.Map(0x800, 0, Page));
        Assert.Equal(MappingResult.Misaligned, subject.Map(0, 0x800, Page));
        Assert.Equal(MappingResult.Misaligned, subject.Map(0, 0, 0x800));
        Assert.Equal(MappingResult.Misaligned, subject.Map(0, 0, 0));
        Assert.Equal(MappingResult.OutOfRange, subject.Map(1UL << 32, 0, Page));
        Assert.Equal(MappingResult.OutOfRange, subject.Map((1UL << 32) - Page, 0, 2 * Page));
        Assert.Equal(MappingResult.OutOfRange, subject.Map(Page, 0, 0xFFFF_FFFF_FFFF_F000));
        Assert.Equal(MappingResult.OutOfRange, subject.Map(0, (1UL << 48) - Page, 2 * Page));
        Assert.Equal(MappingResult.OutOfRange, subject.Map(0, 1UL << 48, Page));
        Assert.Equal(MappingResult.NotMapped, subject.Unmap(0, Page));
        Assert.Equal(MappingResult.NotMapped, subject.Protect(0, Page, PageAccess.Read));
        Assert.Equal(0, subject.MappedPages());
        Assert.Equal(subject.FreePagesAtStart, subject.FreePages);
    }

    [Fact]
    public void A_mapping_never_replaces_another()
    {
        Subject<Stage2Format> subject = new(40);
        Assert.Equal(MappingResult.Done, subject.Map(Block, Block, Block));
        Assert.Equal(MappingResult.Overlap, subject.Map(0, 0, Block + Page));
        Assert.Equal(MappingResult.Overlap, subject.Map((2 * Block) - Page, 0, Page));
        Assert.Equal(MappingResult.Overlap, subject.Map(0, 0, Gigabyte));
        Assert.Equal(512, subject.MappedPages());
        Assert.Equal(MappingResult.NotMapped, subject.Unmap(Block, Block + Page));
        Assert.Equal(512, subject.MappedPages());
    }

    [Theory]
    [InlineData(PageAccess.Read, MemoryType.Normal)]
    [InlineData(PageAccess.ReadWrite, MemoryType.NormalUncached)]
    [InlineData(PageAccess.All, MemoryType.Normal)]
    [InlineData(PageAccess.ReadWrite, MemoryType.Device)]
    [InlineData(PageAccess.ReadWrite, MemoryType.DeviceStrict)]
    [InlineData(PageAccess.Read | PageAccess.Execute, MemoryType.Normal)]
    public void Attributes_come_back_as_they_were_given(PageAccess access, MemoryType type)
    {
        Assert.True(Stage1Format.TryEncode(new PageAttributes(access, type), out ulong stage1));
        Assert.Equal(access, Stage1Format.Decode(stage1).Access);
        Assert.Equal(type, Stage1Format.Decode(stage1).Type);
        Assert.True(Stage2Format.TryEncode(new PageAttributes(access, type), out ulong stage2));
        Assert.Equal(access, Stage2Format.Decode(stage2).Access);
        Assert.Equal(type, Stage2Format.Decode(stage2).Type);
    }

    [Fact]
    public void Write_only_pages_exist_in_stage_2_and_are_refused_in_stage_1()
    {
        PageAttributes doorbell = new(PageAccess.Write, MemoryType.Device);
        Assert.True(Stage2Format.TryEncode(doorbell, out ulong bits));
        Assert.Equal(PageAccess.Write, Stage2Format.Decode(bits).Access);
        Assert.False(Stage1Format.TryEncode(doorbell, out _));
        Assert.False(Stage2Format.TryEncode(new PageAttributes(PageAccess.None, MemoryType.Normal), out _));
    }

    [Fact]
    public void Neighbouring_leaves_are_invalidated_as_one_range()
    {
        Subject<Stage2Format> subject = new(40, LeafSize.FourKilobytes);
        Assert.Equal(MappingResult.Done, subject.Map(Block, Block, 4 * Block));
        subject.Walker.Ranges.Clear();
        Assert.Equal(MappingResult.Done, subject.Unmap(Block, 4 * Block));
        Assert.Equal([(Block, 4 * Block, 3, false)], subject.Walker.Ranges);
    }

    [Fact]
    public void Protecting_a_page_invalidates_that_page_alone()
    {
        Subject<Stage2Format> subject = new(40, LeafSize.FourKilobytes);
        Assert.Equal(MappingResult.Done, subject.Map(Block, Block, Block));
        subject.Walker.Ranges.Clear();
        Assert.Equal(MappingResult.Done, subject.Protect(Block + Page, Page, PageAccess.Read));
        Assert.Equal([(Block + Page, Page, 3, true)], subject.Walker.Ranges);
    }

    [Fact]
    public void Empty_tables_go_back_to_the_pool()
    {
        Subject<Stage2Format> subject = new(40);
        Assert.Equal(MappingResult.Done, subject.Map(Page, Page, 3 * Gigabyte));
        Assert.NotEqual(subject.FreePagesAtStart, subject.FreePages);
        Assert.Equal(MappingResult.Done, subject.Unmap(Page, 3 * Gigabyte));
        Assert.Equal(subject.FreePagesAtStart, subject.FreePages);
        Assert.Equal(MappingResult.Done, subject.Map(Page, Page, 3 * Gigabyte));
        Assert.True(subject.TryDestroy());
        Assert.Equal(subject.FreePagesAtStart + 2, subject.FreePages);
    }

    [Theory]
    [InlineData(11, 40, true)]
    [InlineData(12, 40, true)]
    [InlineData(13, 34, true)]
    [InlineData(14, 48, true)]
    [InlineData(15, 39, false)]
    [InlineData(16, 48, false)]
    [InlineData(17, 40, false)]
    [InlineData(18, 32, true)]
    public void Random_changes_agree_with_a_dictionary_and_leave_nothing_stale(int seed, int inputBits, bool stage2)
    {
        if (stage2)
        {
            RandomChanges<Stage2Format>(seed, inputBits, int.MaxValue);
        }
        else
        {
            RandomChanges<Stage1Format>(seed, inputBits, int.MaxValue);
        }
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public void Random_changes_with_a_pool_that_runs_dry_change_nothing_when_they_fail(int seed)
    {
        RandomChanges<Stage2Format>(seed, 40, poolPages: 9);
        RandomChanges<Stage1Format>(seed, 40, poolPages: 9);
    }

    [Fact]
    public void A_map_that_runs_out_of_tables_is_undone_for_every_number_of_tables()
    {
        for (uint pages = 3; pages < 12; pages++)
        {
            Subject<Stage2Format> subject = new(40, LeafSize.OneGigabyte, pages);
            Assert.Equal(MappingResult.Done, subject.Map(0x10_0000, 0x10_0000, Page) is var first && pages >= 4 ? first : MappingResult.Done);
            uint free = subject.FreePages;
            int mapped = subject.MappedPages();
            MappingResult result = subject.Map(Gigabyte - (2 * Page), 0x7000_0000, (2 * Gigabyte) + (4 * Page));
            if (result == MappingResult.OutOfTables)
            {
                Assert.Equal(free, subject.FreePages);
                Assert.Equal(mapped, subject.MappedPages());
                Assert.True(subject.Walker.Cached.Keys.All(input => input == 0x10_0000), "a translation of the failed map is still cached");
            }
            else
            {
                Assert.Equal(MappingResult.Done, result);
                Assert.True(pages > 8, $"{pages} pages cannot be enough");
            }
        }
    }

    [Fact]
    public void A_split_that_cannot_be_completed_leaves_the_block()
    {
        Subject<Stage2Format> subject = new(40);
        Assert.Equal(MappingResult.Done, subject.Map(0, 0, Gigabyte));
        uint free = subject.FreePages;
        subject.Walker.FailCompletionAfter = 1;
        Assert.Equal(MappingResult.InvalidationIncomplete, subject.Unmap(Page, Page));
        Assert.Equal(LeafSize.OneGigabyte, subject.LeafAt(Page));
        Assert.Equal(free, subject.FreePages);
        Assert.Empty(subject.Walker.ReplacedInPlace);
    }

    [Fact]
    public void Tables_that_a_walker_may_still_hold_are_not_reused()
    {
        Subject<Stage2Format> subject = new(40);
        Assert.Equal(MappingResult.Done, subject.Map(Page, Page, Page));
        uint free = subject.FreePages;
        subject.Walker.FailCompletionAfter = 1;
        Assert.Equal(MappingResult.InvalidationIncomplete, subject.Unmap(Page, Page));
        Assert.Equal(free, subject.FreePages);
        Assert.Equal(0, subject.MappedPages());
    }

    [Fact]
    public void I10_Where_a_processor_and_an_SMMU_share_a_table_both_are_asked_and_must_agree_before_a_page_returns()
    {
        MachineFixture fixture = new();
        SuspiciousWalker first = new(fixture.Machine, new TableWalk(fixture.Machine.Memory), []);
        SuspiciousWalker second = new(fixture.Machine, new TableWalk(fixture.Machine.Memory), []) { FailCompletionAfter = 1 };
        InvalidatorPair<SuspiciousInvalidator, SuspiciousInvalidator> pair = new(new(first), new(second));
        pair.Invalidate(new InvalidationRange(0x1000, 0x1000, 3, leafOnly: true));
        Assert.False(pair.Complete());
        Assert.True(pair.Complete());
        Assert.Single(first.Ranges);
        Assert.Single(second.Ranges);
    }

    private static void RandomChanges<TFormat>(int seed, int inputBits, int poolPages)
        where TFormat : struct, IDescriptorFormat
    {
        Random random = new(seed);
        Subject<TFormat> subject = new(inputBits, LeafSize.OneGigabyte, (uint)Math.Min(poolPages, 700), interesting: Interesting(inputBits));
        Dictionary<ulong, (ulong Output, PageAccess Access)> model = [];
        ulong[] edges = Interesting(inputBits);
        for (int step = 0; step < 250; step++)
        {
            ulong input = edges[random.Next(edges.Length)];
            ulong length = Page * (ulong)(random.Next(4) switch { 0 => 1, 1 => random.Next(1, 6), 2 => 512, _ => random.Next(1, 1200) });
            string at = $"seed {seed}, step {step}, 0x{input:x} + 0x{length:x}";
            bool within = length <= (1UL << inputBits) - input;
            List<ulong> pages = [];
            for (ulong page = input; page < input + length; page += Page)
            {
                pages.Add(page);
            }

            switch (random.Next(3))
            {
                case 0:
                    ulong output = (random.Next(2) == 0 ? input : (ulong)random.Next(1 << 20) * Page) & ((1UL << 40) - 1);
                    MappingResult mapped = subject.Map(input, output, length);
                    if (mapped == MappingResult.Done)
                    {
                        Assert.True(within && !pages.Exists(model.ContainsKey), at);
                        pages.ForEach(page => model[page] = (output + (page - input), PageAccess.ReadWrite));
                    }
                    else
                    {
                        Assert.True(mapped == (!within ? MappingResult.OutOfRange
                            : pages.Exists(model.ContainsKey) ? MappingResult.Overlap : MappingResult.OutOfTables), $"{at}: {mapped}");
                    }

                    break;
                case 1:
                    MappingResult unmapped = subject.Unmap(input, length);
                    if (unmapped == MappingResult.Done)
                    {
                        Assert.True(pages.TrueForAll(model.ContainsKey), at);
                        pages.ForEach(page => model.Remove(page));
                    }
                    else
                    {
                        Assert.True(unmapped == (!within ? MappingResult.OutOfRange
                            : !pages.TrueForAll(model.ContainsKey) ? MappingResult.NotMapped : MappingResult.OutOfTables), $"{at}: {unmapped}");
                    }

                    break;
                default:
                    PageAccess access = random.Next(2) == 0 ? PageAccess.Read : PageAccess.ReadWrite;
                    if (subject.Protect(input, length, access) == MappingResult.Done)
                    {
                        Assert.True(pages.TrueForAll(model.ContainsKey), at);
                        pages.ForEach(page => model[page] = (model[page].Output, access));
                    }

                    break;
            }

            subject.AssertEquals(model, edges, at);
            Assert.True(subject.Walker.ReplacedInPlace.Count == 0, at + ": " + string.Join("; ", subject.Walker.ReplacedInPlace));
        }

        foreach (ulong page in model.Keys.ToList())
        {
            Assert.Equal(MappingResult.Done, subject.Unmap(page, Page) is var result && result == MappingResult.OutOfTables ? MappingResult.Done : result);
        }

        if (poolPages > 700)
        {
            Assert.Equal(0, subject.MappedPages());
            Assert.Equal(subject.FreePagesAtStart, subject.FreePages);
        }
    }

    private static ulong[] Interesting(int inputBits)
    {
        List<ulong> inputs = [];
        foreach (ulong around in new[] { 0UL, Block, 2 * Block, Gigabyte, 1UL << (inputBits - 1), (1UL << inputBits) - (2 * Block) })
        {
            for (long offset = -3; offset <= 3; offset++)
            {
                ulong input = around + (ulong)(offset * (long)Page);
                if (input < 1UL << inputBits)
                {
                    inputs.Add(input);
                }
            }
        }

        return [.. inputs.Distinct()];
    }

    /// <summary>A table, its pool and a walker that looks at each step.</summary>
    private sealed class Subject<TFormat>
        where TFormat : struct, IDescriptorFormat
    {
        private readonly MachineFixture _fixture;
        private readonly PageTable<TFormat, SimulatedMemory> _table;
        private readonly TableWalk _walk;

        public Subject(int inputBits, LeafSize largest = LeafSize.OneGigabyte, uint poolPages = 700, ulong[]? interesting = null)
        {
            _fixture = new MachineFixture(poolPages);
            Assert.True(PageTableGeometry.TryCreate<TFormat>(inputBits, 48, largest, out PageTableGeometry geometry));
            Assert.True(PageTable<TFormat, SimulatedMemory>.TryCreate(_fixture.Memory, geometry, ref _fixture.Pool, out _table));
            FreePagesAtStart = FreePages;
            bool stage2 = typeof(TFormat) == typeof(Stage2Format);
            _walk = new TableWalk(_fixture.Machine.Memory)
            {
                Stage2 = stage2,
                Root = _table.Root.Value,
                SizeOffset = (int)geometry.SizeOffset,
                StartLevel = stage2 ? geometry.StartLevel : -1,
            };
            ulong[] inputs = interesting ?? [.. Interesting(inputBits), 0x10_0000, Gigabyte - Block - Page, 2 * Gigabyte];
            Walker = new SuspiciousWalker(_fixture.Machine, _walk, inputs);
        }

        public SuspiciousWalker Walker { get; }

        public uint FreePagesAtStart { get; }

        public uint FreePages => _fixture.Pool.FreePages;

        public MappingResult Map(ulong input, ulong output, ulong length)
        {
            SuspiciousInvalidator invalidator = new(Walker);
            return _table.Map(ref _fixture.Pool, ref invalidator, input, new MachineAddress(output), length, PageAttributes.DmaRam);
        }

        public MappingResult Unmap(ulong input, ulong length)
        {
            SuspiciousInvalidator invalidator = new(Walker);
            return _table.Unmap(ref _fixture.Pool, ref invalidator, input, length);
        }

        public MappingResult Protect(ulong input, ulong length, PageAccess access)
        {
            SuspiciousInvalidator invalidator = new(Walker);
            return _table.Protect(ref _fixture.Pool, ref invalidator, input, length, access);
        }

        public bool TryDestroy() => _table.TryDestroy(ref _fixture.Pool);

        public LeafSize LeafAt(ulong input)
        {
            Assert.True(_table.TryTranslate(input, out Translation translation));
            Assert.Equal(WalkFault.None, _walk.Translate(input, write: false, out ulong output, out ulong leafBytes));
            Assert.Equal(translation.Output.Value, output);
            return leafBytes switch
            {
                Page => LeafSize.FourKilobytes,
                Block => LeafSize.TwoMegabytes,
                _ => LeafSize.OneGigabyte,
            };
        }

        /// <summary>Mapped pages among the first 4 GiB and the table's last blocks.</summary>
        public int MappedPages()
        {
            int mapped = 0;
            ulong input = 0;
            while (input < Math.Min(4 * Gigabyte, 1UL << _table.Geometry.InputBits))
            {
                bool found = _walk.Translate(input, write: false, out _, out ulong leafBytes) == WalkFault.None;
                mapped += found ? 1 : 0;
                input += found || input % Block != 0 || !IsHole(input) ? Page : Block;
            }

            return mapped;
        }

        public void AssertEquals(Dictionary<ulong, (ulong Output, PageAccess Access)> model, ulong[] edges, string at)
        {
            foreach (ulong edge in edges.Concat(model.Keys.Where((_, index) => index % 37 == 0)))
            {
                bool expected = model.TryGetValue(edge, out (ulong Output, PageAccess Access) page);
                WalkFault read = _walk.Translate(edge, write: false, out ulong output, out _);
                Assert.True((read == WalkFault.None) == expected, $"{at}: read of 0x{edge:x} gives {read}");
                Assert.Equal(expected, _table.TryTranslate(edge, out Translation translation));
                if (expected)
                {
                    Assert.Equal(page.Output, output);
                    Assert.Equal(page.Output, translation.Output.Value);
                    WalkFault write = _walk.Translate(edge, write: true, out _, out _);
                    Assert.Equal((page.Access & PageAccess.Write) != 0 ? WalkFault.None : WalkFault.Permission, write);
                }

                if (Walker.Cached.TryGetValue(edge, out (ulong Output, ulong Leaf, bool Write) cached))
                {
                    Assert.True(expected, $"{at}: 0x{edge:x} is cached and not mapped");
                    Assert.Equal(page.Output, cached.Output);
                    Assert.True(!cached.Write || (page.Access & PageAccess.Write) != 0, $"{at}: 0x{edge:x} is cached as writable");
                }
            }
        }

        private bool IsHole(ulong block)
        {
            for (ulong input = block; input < block + Block; input += Page)
            {
                if (_walk.Translate(input, write: false, out _, out _) == WalkFault.None)
                {
                    return false;
                }
            }

            return true;
        }
    }
}
