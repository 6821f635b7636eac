using System;
using System.Text;
using Sluice.Runtime.Firmware;
using Sluice.Runtime.Memory;
using Xunit;

namespace Sluice.Runtime.Tests.Firmware;

public class FdtReaderTests
{
    private const string Source = """
        /dts-v1/;
        /memreserve/ 0x80000000 0x1000;
        / {
            #address-cells = <2>;
            #size-cells = <2>;
            amba: bus@0 {
                compatible = "simple-bus";
                #address-cells = <1>;
                #size-cells = <1>;
                ranges = <0x0 0x0 0xfd000000 0x1000000>, <0x20000000 0x80 0x0 0x10000000>;
                serial@10000 { compatible = "a,uart", "b,uart"; reg = <0x10000 0x1000>, <0x20000100 0x100>; status = "disabled"; };
                inner {
                    #address-cells = <2>;
                    #size-cells = <1>;
                    ranges;
                    dev@0,500 { reg = <0x0 0x500 0x10>; };
                };
                far@f0000000 { reg = <0xf0000000 0x1000>; };
                edge@fffff0 { reg = <0xfffff0 0x20>; };
            };
            island { #address-cells = <1>; #size-cells = <0>; chip@3 { reg = <3>; }; };
            serial@1 { compatible = "b,uart"; phandle = <0x42>; };
        };
        """;

    [Fact]
    public void A_register_range_is_translated_through_every_bus()
    {
        byte[] blob = Compile();
        Assert.Equal(FdtError.None, FdtReader.TryOpen(blob, out FdtReader tree));
        Assert.Equal((0xFD01_0000u, 0x1000u), MachineRange(tree, "/bus@0/serial@10000"u8, 0));
        Assert.Equal((0x80_0000_0100u, 0x100u), MachineRange(tree, "/bus/serial"u8, 1));
        Assert.Equal((0xFD00_0500u, 0x10u), MachineRange(tree, "/bus@0/inner/dev@0,500"u8, 0));
    }

    [Fact]
    public void What_no_bus_reaches_has_no_machine_address()
    {
        byte[] blob = Compile();
        Assert.Equal(FdtError.None, FdtReader.TryOpen(blob, out FdtReader tree));
        foreach (string path in new[] { "/bus@0/far", "/bus@0/edge", "/island/chip@3" })
        {
            Assert.True(tree.TryFind(Encoding.UTF8.GetBytes(path), out FdtNode node), path);
            Assert.True(tree.TryGetReg(node, 0, out _), path);
            Assert.False(tree.TryGetMachineRange(node, 0, out _, out _), path);
        }
    }

    [Fact]
    public void Compatible_nodes_come_one_after_the_other()
    {
        byte[] blob = Compile();
        Assert.Equal(FdtError.None, FdtReader.TryOpen(blob, out FdtReader tree));
        Assert.True(tree.TryNextCompatible(tree.Root, "b,uart"u8, out FdtNode first));
        Assert.False(tree.IsEnabled(first));
        Assert.True(tree.TryNextCompatible(first, "b,uart"u8, out FdtNode second));
        Assert.True(tree.IsEnabled(second));
        Assert.False(tree.TryNextCompatible(second, "b,uart"u8, out _));
        Assert.True(tree.TryFindHandle(0x42, out FdtNode handled));
        Assert.True(handled.IsSame(second));
        Assert.False(tree.TryFindHandle(0x43, out _));
    }

    [Fact]
    public void Children_are_those_of_the_node_alone()
    {
        byte[] blob = Compile();
        Assert.Equal(FdtError.None, FdtReader.TryOpen(blob, out FdtReader tree));
        StringBuilder names = new();
        foreach (FdtNode child in tree.Children(tree.Root))
        {
            names.Append(Encoding.UTF8.GetString(tree.Name(child))).Append(' ');
            Assert.True(tree.TryParent(child, out FdtNode parent));
            Assert.True(parent.IsSame(tree.Root));
        }

        Assert.Equal("bus@0 island serial@1 ", names.ToString());
        Assert.False(tree.TryParent(tree.Root, out _));
    }

    [Fact]
    public void Each_cut_of_a_tree_is_an_error()
    {
        byte[] blob = Compile();
        for (int length = 0; length < blob.Length; length++)
        {
            Assert.NotEqual(FdtError.None, FdtReader.TryOpen(blob.AsSpan(0, length), out _));
        }
    }

    [Theory]
    [InlineData(0, 0u, FdtError.BadMagic)]
    [InlineData(4, 0x7FFF_FFFFu, FdtError.Truncated)]
    [InlineData(4, 39u, FdtError.Truncated)]
    [InlineData(20, 16u, FdtError.BadVersion)]
    [InlineData(24, 18u, FdtError.BadVersion)]
    [InlineData(8, 0xFFFF_FFFCu, FdtError.BadLayout)]
    [InlineData(36, 0xFFFF_FFFFu, FdtError.BadLayout)]
    [InlineData(12, 0u, FdtError.BadLayout)]
    [InlineData(36, 8u, FdtError.Truncated)]
    [InlineData(32, 0u, FdtError.BadName)]
    public void A_bad_header_is_named(int offset, uint value, FdtError expected)
    {
        byte[] blob = Compile();
        for (int index = 0; index < 4; index++)
        {
            blob[offset + index] = (byte)(value >> (24 - (8 * index)));
        }

        Assert.Equal(expected, FdtReader.TryOpen(blob, out _));
    }

    [Fact]
    public void Nodes_nested_too_deeply_are_refused()
    {
        byte[] buffer = new byte[0x2000];
        FdtWriter writer = new(buffer);
        writer.BeginNode(""u8);
        for (int depth = 1; depth < 33; depth++)
        {
            writer.BeginNode("n"u8);
        }

        for (int depth = 0; depth < 33; depth++)
        {
            writer.EndNode();
        }

        Assert.Equal(FdtError.TooDeep, writer.Finish(out _));
        string deep = "/dts-v1/; / {" + string.Concat(System.Linq.Enumerable.Repeat("n {", 32)) + string.Concat(System.Linq.Enumerable.Repeat("};", 32)) + "};";
        _ = DeviceTreeCompiler.Run("dts", "dtb", Encoding.UTF8.GetBytes(deep), out byte[] blob);
        Assert.Equal(FdtError.TooDeep, FdtReader.TryOpen(blob, out _));
    }

    [Theory]
    [InlineData(1001)]
    [InlineData(1002)]
    [InlineData(1003)]
    [InlineData(1004)]
    public void No_damage_makes_the_reader_throw_or_run_away(int seed)
    {
        Random random = new(seed);
        byte[] good = Compile();
        int opened = 0;
        for (int round = 0; round < 4000; round++)
        {
            byte[] blob = (byte[])good.Clone();
            for (int change = random.Next(1, 8); change > 0; change--)
            {
                int at = random.Next(blob.Length);
                blob[at] = random.Next(3) switch { 0 => (byte)random.Next(256), 1 => (byte)random.Next(10), _ => (byte)(blob[at] ^ (1 << random.Next(8))) };
            }

            if (FdtReader.TryOpen(blob, out FdtReader tree) == FdtError.None)
            {
                opened++;
                Exercise(tree, $"seed {seed}, round {round}");
            }
        }

        Assert.True(opened > 100, $"seed {seed}: only {opened} damaged trees were still trees");
    }

    [Fact]
    public void Noise_is_never_a_tree()
    {
        Random random = new(7);
        for (int round = 0; round < 2000; round++)
        {
            byte[] noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            Assert.NotEqual(FdtError.None, FdtReader.TryOpen(noise, out _));
        }
    }

    [Fact]
    public void Properties_are_read_only_as_far_as_they_go()
    {
        byte[] buffer = new byte[0x400];
        FdtWriter writer = new(buffer);
        writer.BeginNode(""u8);
        writer.Cells("cells"u8, [1, 2, 3]);
        writer.Number("wide"u8, 0x1_0000_0002);
        writer.Empty("empty"u8);
        writer.BeginProperty("open"u8);
        writer.AppendText("no end"u8);
        writer.EndProperty();
        writer.EndNode();
        Assert.Equal(FdtError.None, writer.Finish(out int bytes));
        Assert.Equal(FdtError.None, FdtReader.TryOpen(buffer.AsSpan(0, bytes), out FdtReader tree));
        Assert.True(tree.TryGetProperty(tree.Root, "cells"u8, out FdtProperty cells));
        Assert.False(cells.TryGetCell(3, out _));
        Assert.False(cells.TryGetCell(-1, out _));
        Assert.True(cells.TryGetNumber(1, 2, out ulong pair));
        Assert.Equal(0x2_0000_0003u, pair);
        Assert.False(cells.TryGetNumber(2, 2, out _));
        Assert.False(cells.TryGetNumber(0, 3, out _));
        Assert.False(cells.TryGetNumber(int.MaxValue, 2, out _));
        Assert.False(cells.TryGetNumber(out _));
        Assert.True(tree.TryGetProperty(tree.Root, "wide"u8, out FdtProperty wide));
        Assert.True(wide.TryGetNumber(out ulong number));
        Assert.Equal(0x1_0000_0002u, number);
        Assert.True(tree.TryGetProperty(tree.Root, "empty"u8, out FdtProperty empty));
        Assert.False(empty.TryGetText(out _));
        Assert.True(tree.TryGetProperty(tree.Root, "open"u8, out FdtProperty open));
        Assert.False(open.TryGetText(out _));
        Assert.False(open.HasText("no end"u8));
        Assert.False(tree.TryGetProperty(tree.Root, "absent"u8, out _));
    }

    [Fact]
    public void Misuse_of_the_writer_is_an_error()
    {
        Assert.Equal(FdtError.MisplacedProperty, Misuse((ref FdtWriter tree) => tree.Empty("late"u8), afterChild: true));
        Assert.Equal(FdtError.BadName, Misuse((ref FdtWriter tree) => tree.Empty("two words"u8)));
        Assert.Equal(FdtError.BadName, Misuse((ref FdtWriter tree) => tree.BeginNode("a/b"u8)));
        Assert.Equal(FdtError.BadName, Misuse((ref FdtWriter tree) => tree.BeginNode(""u8)));
        Assert.Equal(FdtError.Unbalanced, Misuse((ref FdtWriter tree) => tree.BeginNode("open"u8)));
        Assert.Equal(FdtError.Unbalanced, Misuse((ref FdtWriter tree) => tree.EndNode()));
        Assert.Equal(FdtError.MisplacedProperty, Misuse((ref FdtWriter tree) => tree.AppendCell(1)));
        Assert.Equal(FdtError.MisplacedProperty, Misuse((ref FdtWriter tree) => tree.EndProperty()));
    }

    private delegate void Use(ref FdtWriter tree);

    private static FdtError Misuse(Use use, bool afterChild = false)
    {
        FdtWriter writer = new(new byte[0x400]);
        writer.BeginNode(""u8);
        if (afterChild)
        {
            writer.BeginNode("child"u8);
            writer.EndNode();
        }

        use(ref writer);
        writer.EndNode();
        return writer.Finish(out _);
    }

    private static byte[] Compile()
    {
        _ = DeviceTreeCompiler.Run("dts", "dtb", Encoding.UTF8.GetBytes(Source), out byte[] blob);
        return blob;
    }

    private static (ulong Start, ulong Length) MachineRange(FdtReader tree, ReadOnlySpan<byte> path, int index)
    {
        Assert.True(tree.TryFind(path, out FdtNode node));
        Assert.True(tree.TryGetMachineRange(node, index, out MachineAddress start, out ulong length));
        return (start.Value, length);
    }

    private static void Exercise(FdtReader tree, string at)
    {
        int nodes = 0;
        FdtNode node = tree.Root;
        do
        {
            Assert.True(++nodes < 1000, at);
            _ = tree.Name(node);
            _ = tree.TryGetMachineRange(node, 0, out _, out _);
            _ = tree.TryGetReg(node, int.MaxValue, out _);
            _ = tree.IsEnabled(node);
            foreach (FdtProperty property in tree.Properties(node))
            {
                _ = property.TryGetText(out _);
                _ = property.TryGetNumber(out _);
                _ = property.HasText("a,uart"u8);
            }

            foreach (FdtNode child in tree.Children(node))
            {
                Assert.Equal(node.Depth + 1, child.Depth);
            }
        }
        while (tree.TryNext(node, out node));
        _ = tree.TryFind("/bus/inner/dev"u8, out _);
        _ = tree.TryFindHandle(0x42, out _);
    }
}
