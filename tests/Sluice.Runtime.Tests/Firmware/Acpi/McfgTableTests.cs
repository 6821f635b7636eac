using System;
using Sluice.Runtime.Firmware;
using Xunit;

namespace Sluice.Runtime.Tests.Firmware;

public class McfgTableTests
{
    private static readonly EcamRegion[] Regions = [new(0x3F00_0000, 0, 0, 15), new(0x40_1000_0000, 1, 32, 255)];

    [Fact]
    public void Our_reader_finds_the_regions_that_were_written()
    {
        byte[] table = Write();
        Assert.Equal(44 + (2 * 16), table.Length);
        Assert.Equal(AcpiError.None, McfgTable.TryOpen(table, out McfgTable mcfg));
        Assert.Equal(2, mcfg.Count);
        for (int index = 0; index < Regions.Length; index++)
        {
            Assert.Equal(AcpiError.None, mcfg.TryGet(index, out EcamRegion region));
            Assert.Equal(Regions[index].BaseAddress, region.BaseAddress);
            Assert.Equal(Regions[index].Segment, region.Segment);
            Assert.Equal(Regions[index].FirstBus, region.FirstBus);
            Assert.Equal(Regions[index].LastBus, region.LastBus);
        }

        Assert.Equal(AcpiError.Truncated, mcfg.TryGet(2, out _));
        Assert.Equal(AcpiError.Truncated, mcfg.TryGet(-1, out _));
    }

    [Fact]
    public void The_disassembler_reads_the_same()
    {
        string text = AcpiDisassembler.Read(Write());
        Assert.Contains("\"MCFG\"", text, StringComparison.Ordinal);
        Assert.Contains("Base Address : 000000003F000000", text, StringComparison.Ordinal);
        Assert.Contains("Base Address : 0000004010000000", text, StringComparison.Ordinal);
        Assert.Contains("Start Bus Number : 20", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ncorrect checksum", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0x3F00_0000, 5, 4)]
    [InlineData(0x3F08_0000, 0, 4)]
    [InlineData(0xFFFF_FFFF_FFF0_0000, 0, 0)]
    public void A_region_that_no_bridge_can_have_is_neither_written_nor_read(ulong address, byte first, byte last)
    {
        byte[] buffer = new byte[64];
        Assert.Equal(AcpiError.BadWindow, McfgTable.Write(buffer, [new EcamRegion(address, 0, first, last)], out int bytes));
        Assert.Equal(0, bytes);

        byte[] forged = Write();
        BitConverter.TryWriteBytes(forged.AsSpan(44), address);
        forged[54] = first;
        forged[55] = last;
        Forgery.Seal(forged);
        Assert.Equal(AcpiError.None, McfgTable.TryOpen(forged, out McfgTable mcfg));
        Assert.Equal(AcpiError.BadWindow, mcfg.TryGet(0, out _));
    }

    [Fact]
    public void What_is_not_a_whole_MCFG_is_refused_with_the_reason()
    {
        byte[] table = Write();
        Assert.Equal(AcpiError.Truncated, McfgTable.TryOpen(table.AsSpan(0, 35), out _));
        Assert.Equal(AcpiError.Truncated, McfgTable.TryOpen(table.AsSpan(0, table.Length - 1), out _));
        byte[] other = [.. table];
        other[0] = (byte)'A';
        Assert.Equal(AcpiError.BadSignature, McfgTable.TryOpen(other, out _));
        other = [.. table];
        other[50] ^= 1;
        Assert.Equal(AcpiError.BadChecksum, McfgTable.TryOpen(other, out _));
        other = table[..(table.Length - 1)];
        BitConverter.TryWriteBytes(other.AsSpan(4), other.Length);
        Forgery.Seal(other);
        Assert.Equal(AcpiError.BadLength, McfgTable.TryOpen(other, out _));
    }

    [Fact]
    public void Every_buffer_that_is_too_small_is_an_error_and_nothing_more()
    {
        int enough = Write().Length;
        for (int length = 0; length < enough; length++)
        {
            Assert.Equal(AcpiError.BufferFull, McfgTable.Write(new byte[length], Regions, out int bytes));
            Assert.Equal(0, bytes);
        }
    }

    private static byte[] Write()
    {
        byte[] buffer = new byte[128];
        Assert.Equal(AcpiError.None, McfgTable.Write(buffer, Regions, out int bytes));
        return buffer[..bytes];
    }
}
