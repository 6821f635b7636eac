using System;
using System.Buffers.Binary;
using System.Linq;
using Sluice.Runtime.Firmware;
using Xunit;
using Xunit.Abstractions;

namespace Sluice.Runtime.Tests.Firmware;

public class IortTableTests(ITestOutputHelper output)
{
    private const int GroupAt = 48;
    private const int ComplexAt = 72;

    private static readonly RequesterRange[] Devices = [new(0, 0x1_0000, 8), new(0x100, 0x2_0000, 0x100)];

    [Fact]
    public void Our_reader_follows_a_requester_to_its_device_id()
    {
        byte[] table = Write();
        Assert.Equal(AcpiError.None, IortTable.TryOpen(table, out IortTable iort));
        Assert.Equal(2u, iort.Count);
        Assert.True(iort.TryFindRootComplex(3, out IortRootComplex complex));
        Assert.True(complex.IsCoherent);
        Assert.Equal(48, complex.AddressBits);
        Assert.False(iort.TryFindRootComplex(0, out _));

        Assert.True(iort.TryFindMessageDevice(3, 0x0007, out uint device, out uint service));
        Assert.Equal((0x1_0007u, 5u), (device, service));
        Assert.True(iort.TryFindMessageDevice(3, 0x01FF, out device, out service));
        Assert.Equal((0x2_00FFu, 5u), (device, service));
        Assert.False(iort.TryFindMessageDevice(3, 0x0008, out _, out _));
        Assert.False(iort.TryFindMessageDevice(3, 0x0200, out _, out _));
        Assert.False(iort.TryFindMessageDevice(2, 0x0007, out _, out _));
    }

    [Fact]
    public void An_id_is_followed_through_an_SMMU()
    {
        byte[] table = WithSmmuBetween();
        Assert.Equal(AcpiError.None, IortTable.TryOpen(table, out IortTable iort));
        Assert.True(iort.TryFindMessageDevice(3, 0x0105, out uint device, out uint service));
        Assert.Equal((0x7_0005u, 5u), (device, service));
    }

    [Fact]
    public void Nodes_that_refer_to_each_other_in_a_circle_end()
    {
        byte[] table = Write();
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(ComplexAt + 36 + 12), ComplexAt);
        Forgery.Seal(table);
        Assert.Equal(AcpiError.None, IortTable.TryOpen(table, out IortTable iort));
        Assert.False(iort.TryFindMessageDevice(3, 0, out _, out _));
    }

    [Fact]
    public void The_disassembler_reads_the_same()
    {
        string text = AcpiDisassembler.Read(Write());
        Assert.Contains("\"IORT\"", text, StringComparison.Ordinal);
        Assert.Contains("Node Count : 00000002", text, StringComparison.Ordinal);
        Assert.Contains("Identifiers : 00000005", text, StringComparison.Ordinal);
        Assert.Contains("PCI Segment Number : 00000003", text, StringComparison.Ordinal);
        Assert.Contains("Output base : 00020000", text, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("ID Count : 000000FF", text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("ncorrect checksum", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Invalid", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(0x1_0000, 0, 1)]
    [InlineData(0xFFF0, 0, 0x11)]
    [InlineData(0, 0xFFFF_FFFF, 2)]
    public void A_row_that_runs_past_the_last_id_is_not_written(uint requester, uint device, uint count)
    {
        IortRootComplex complex = new() { AddressBits = 64 };
        Assert.Equal(AcpiError.BadMapping, IortTable.Write(new byte[256], in complex, 0, [new RequesterRange(requester, device, count)], out int bytes));
        Assert.Equal(0, bytes);
    }

    [Theory]
    [InlineData(ComplexAt + 1, 3, AcpiError.BadNode)]
    [InlineData(GroupAt + 1, 200, AcpiError.BadNode)]
    [InlineData(GroupAt + 16, 9, AcpiError.BadNode)]
    [InlineData(ComplexAt + 8, 3, AcpiError.BadMapping)]
    [InlineData(ComplexAt + 12, 60, AcpiError.BadMapping)]
    [InlineData(ComplexAt + 36 + 12, 0x31, AcpiError.BadMapping)]
    [InlineData(36, 200, AcpiError.BadNode)]
    [InlineData(38, 200, AcpiError.BadLength)]
    [InlineData(40, 0, AcpiError.BadNode)]
    [InlineData(43, 255, AcpiError.BadNode)]
    public void What_contradicts_itself_is_refused_with_the_reason(int offset, byte value, AcpiError expected)
    {
        byte[] table = Write();
        table[offset] = value;
        Forgery.Seal(table);
        Assert.Equal(expected, IortTable.TryOpen(table, out _));
    }

    [Fact]
    public void Hostile_tables_end_in_an_error_or_in_an_answer()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        int opened = 0;
        for (int run = 0; run < 20_000; run++)
        {
            byte[] table = run % 2 == 0 ? Write() : WithSmmuBetween();
            for (int change = random.Next(1, 6); change > 0; change--)
            {
                table[random.Next(8, table.Length)] = (byte)random.Next(256);
            }

            Forgery.Seal(table);
            if (IortTable.TryOpen(table.AsSpan(0, random.Next(4) == 0 ? random.Next(table.Length) : table.Length), out IortTable iort) == AcpiError.None)
            {
                opened++;
                _ = iort.TryFindMessageDevice((ushort)random.Next(4), (ushort)random.Next(0x10000), out _, out _);
            }
        }

        Assert.InRange(opened, 100, 20_000);
    }

    [Fact]
    public void Every_buffer_that_is_too_small_is_an_error_and_nothing_more()
    {
        IortRootComplex complex = new() { AddressBits = 64 };
        int enough = Write().Length;
        for (int length = 0; length < enough; length++)
        {
            Assert.Equal(AcpiError.BufferFull, IortTable.Write(new byte[length], in complex, 0, Devices, out int bytes));
            Assert.Equal(0, bytes);
        }
    }

    [Fact]
    public void Neither_writing_nor_reading_allocates()
    {
        byte[] buffer = new byte[256];
        IortRootComplex complex = new() { Segment = 3, AddressBits = 48 };
        EcamRegion[] regions = [new(0x3F00_0000, 0, 0, 15)];
        uint sum = 0;
        long before = 0;
        for (int run = 0; run < 3; run++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            _ = IortTable.Write(buffer, in complex, 5, Devices, out int bytes);
            _ = IortTable.TryOpen(buffer.AsSpan(0, bytes), out IortTable iort);
            _ = iort.TryFindMessageDevice(3, 0x105, out uint device, out _);
            _ = McfgTable.Write(buffer, regions, out bytes);
            _ = McfgTable.TryOpen(buffer.AsSpan(0, bytes), out McfgTable mcfg);
            _ = mcfg.TryGet(0, out EcamRegion region);
            sum += device + region.LastBus;
            before = GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Assert.Equal(0, before);
        Assert.Equal(3 * (0x2_0005u + 15), sum);
    }

    private static byte[] Write()
    {
        byte[] buffer = new byte[256];
        IortRootComplex complex = new() { Segment = 3, IsCoherent = true, AddressBits = 48 };
        Assert.Equal(AcpiError.None, IortTable.Write(buffer, in complex, 5, Devices, out int bytes));
        return buffer[..bytes];
    }

    // An SMMU (kind 4) at the end, to which the second row goes and which maps on to the group.
    private static byte[] WithSmmuBetween()
    {
        byte[] table = Write();
        int smmu = table.Length;
        byte[] node = new byte[16 + 20];
        node[0] = 4;
        node[1] = (byte)node.Length;
        node[8] = 1;
        node[12] = 16;
        BinaryPrimitives.WriteUInt32LittleEndian(node.AsSpan(16), 0x2_0000);
        BinaryPrimitives.WriteUInt32LittleEndian(node.AsSpan(20), 0xFF);
        BinaryPrimitives.WriteUInt32LittleEndian(node.AsSpan(24), 0x7_0000);
        BinaryPrimitives.WriteUInt32LittleEndian(node.AsSpan(28), GroupAt);
        BinaryPrimitives.WriteUInt32LittleEndian(table.AsSpan(ComplexAt + 36 + 20 + 12), (uint)smmu);
        table = [.. table.Concat(node)];
        BinaryPrimitives.WriteInt32LittleEndian(table.AsSpan(4), table.Length);
        table[36] = 3;
        Forgery.Seal(table);
        return table;
    }
}
