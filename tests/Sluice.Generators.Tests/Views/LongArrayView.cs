using System;
using System.Linq;
using Sluice.Testing.Compilation;
using Sluice.Testing.Generation;
using Xunit;

namespace Sluice.Generators.Tests.Views;

/// <summary>A block whose arrays have sixteen million elements each, and a view of all of them.</summary>
public sealed class LongArrayView
{
    private const string Registers = """
        <register><name>CONTROL</name><description>Control</description><addressOffset>0x0</addressOffset></register>
        <register><dim>0x1000000</dim><dimIncrement>4</dimIncrement><name>DATA[%s]</name><description>Words</description><addressOffset>0x100</addressOffset></register>
        <register><dim>0x1000000</dim><dimIncrement>8</dimIncrement><name>IDENT[%s]</name><description>Every other word</description><addressOffset>0x8000000</addressOffset><resetValue>0x55</resetValue></register>
        <register><dim>0x1000000</dim><dimIncrement>1</dimIncrement><name>BYTES[%s]</name><description>Bytes</description><addressOffset>0x10000000</addressOffset><size>8</size></register>
        <register><name>FAR</name><description>Far away</description><addressOffset>0x20000000</addressOffset></register>
        """;

    private const string Policies = """
        <trap:emulated register="CONTROL" sanitize="mask"/>
        <trap:hooked register="DATA" sanitize="mask"/>
        <trap:constant register="IDENT"/>
        <trap:hooked register="BYTES" sanitize="mask"/>
        <trap:emulated register="FAR" sanitize="mask"/>
        """;

    private const string Harness = """
        using System;
        using System.Text;
        using Registers;
        using Sluice.Registers;

        internal struct Hooks : Big.IGuestHooks
        {
            public static readonly StringBuilder Log = new();

            public Big.Data ReadData(ref Big.Guest view, uint element, Big.Data stored, Lanes lanes) => new(stored.Value + element);

            public void WriteData(ref Big.Guest view, uint element, Big.Data old, Big.Data value, Lanes lanes) => Log.Append($"data {element:X} {old.Value:X} {value.Value:X} {lanes.Bits:X};");

            public Big.Bytes ReadBytes(ref Big.Guest view, uint element, Big.Bytes stored, Lanes lanes) => new((byte)(element + 1));

            public void WriteBytes(ref Big.Guest view, uint element, Big.Bytes old, Big.Bytes value, Lanes lanes) => Log.Append($"byte {element:X} {value.Value:X};");
        }

        internal static class Harness
        {
            public static string Run()
            {
                Hooks.Log.Clear();
                Big.Guest view = default;
                Hooks hooks = default;
                view.Reset(ResetKind.PowerOn);
                StringBuilder read = new();
                void Read(uint offset, AccessWidth width)
                {
                    AccessResult result = view.Read(offset, width, ref hooks, out ulong value);
                    read.Append($"{result} {value:X};");
                }

                view.Write(0x0, AccessWidth.Word, new GuestValue(0x11), ref hooks);
                view.Write(0x20000000, AccessWidth.Word, new GuestValue(0x22), ref hooks);
                view.Write(0x104, AccessWidth.Word, new GuestValue(0x33), ref hooks);
                view.Write(0x40000FC, AccessWidth.Byte, new GuestValue(0x44), ref hooks);
                view.Write(0x10FFFFFE, AccessWidth.HalfWord, new GuestValue(0x6655), ref hooks);
                view.Write(0x8000000, AccessWidth.Word, new GuestValue(0x77), ref hooks);
                Read(0x0, AccessWidth.Word);
                Read(0x20000000, AccessWidth.Word);
                Read(0x104, AccessWidth.Word);
                Read(0x40000FC, AccessWidth.Word);
                Read(0x4000100, AccessWidth.Word);
                Read(0xFFFFFF8, AccessWidth.Word);
                Read(0xFFFFFFC, AccessWidth.Word);
                Read(0x10000002, AccessWidth.Byte);
                Read(0x10FFFFFC, AccessWidth.Word);
                Read(0x1FFFFFFC, AccessWidth.Word);
                Read(0x20000004, AccessWidth.Word);
                byte[] snapshot = new byte[Big.Guest.SnapshotBytes];
                bool saved = view.TrySave(snapshot);
                snapshot.AsSpan(^12).Fill(0xEE);
                view.Restore(snapshot);
                bool forgot = view.Peek(0x104) == 0 && view.Peek(0x8000000) == 0x55 && view.Peek(0x10000000) == 0;
                return read + "|" + Hooks.Log + "|" + Big.Guest.SnapshotBytes + " " + saved + forgot;
            }
        }
        """;

    [Fact]
    public void Shows_every_element_and_keeps_state_of_none()
    {
        GeneratorOutput output = Input(Registers, Policies).WithSource("Harness.cs", Harness).Run().MustCompile();
        using LoadedCode code = output.Load();
        string[] seen = ((string)code.Type("Harness").GetMethod("Run")!.Invoke(null, null)!).Split('|');
        Assert.Equal(
            "Done 11;Done 22;Done 1;Done FFFFFF;Denied FFFFFFFF;Done 55;Denied FFFFFFFF;Done 3;Done FFFEFD;Denied FFFFFFFF;Rejected FFFFFFFF;",
            seen[0]);
        Assert.Equal("data 1 0 33 F;data FFFFFF 0 44 1;byte FFFFFE 55;byte FFFFFF 66;", seen[1]);

        // A hash, two words of single registers, one word for each long array.
        Assert.Equal("28 TrueTrue", seen[2]);
    }

    [Fact]
    public void Costs_no_more_code_than_one_register_of_each()
    {
        GeneratorOutput many = Input(Registers, Policies).Run();
        GeneratorOutput few = Input(Registers.Replace("<dim>0x1000000</dim>", "<dim>2</dim>", StringComparison.Ordinal), Policies).Run();
        Assert.InRange(many["Big.g.cs"].Length, 1, few["Big.g.cs"].Length * 5 / 4);
    }

    [Fact]
    public void Is_laid_out_sparsely_and_says_so()
        => Assert.Contains(
            Input(Registers, Policies).Run().Diagnostics,
            static diagnostic => diagnostic.Contains("its index is sparse, and 3 of the words stand for all elements of long arrays", StringComparison.Ordinal));

    [Fact]
    public void Needs_no_array_to_be_sparse()
    {
        string[] single = [.. Registers.Split('\n').Where(static line => !line.Contains("<dim>", StringComparison.Ordinal))];
        string[] policies = [.. Policies.Split('\n').Where(static line => line.Contains("emulated", StringComparison.Ordinal))];
        GeneratorOutput output = Input(string.Join("\n", single), string.Join("\n", policies)).Run().MustCompile();
        Assert.Contains(output.Diagnostics, static diagnostic => diagnostic.Contains("its index is sparse", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<trap:emulated register=\"DATA\" sanitize=\"mask\"/>")]
    [InlineData("<trap:hooked register=\"DATA\" on=\"write\" sanitize=\"mask\"/>")]
    [InlineData("<trap:hooked register=\"DATA\" on=\"read\" sanitize=\"mask\"/>")]
    public void That_would_need_state_of_each_element_is_refused(string policy)
        => Assert.Contains(
            Input(Registers, policy).Run().Diagnostics,
            static diagnostic => diagnostic.Contains("error SLU1016: Not supported yet: state for the 16777216 elements of 'DATA' in a view", StringComparison.Ordinal));

    private static GeneratorInput Input(string registers, string policies) => GeneratorInput.Empty.WithXml("registers.xml", Output.Names.Device(
        "<peripheral><name>BIG</name><description>Big</description><baseAddress>0</baseAddress>"
        + "<addressBlock><offset>0</offset><size>0x20000004</size><usage>registers</usage></addressBlock>"
        + $"<registers>{registers}</registers><trap:view name=\"guest\" absent=\"ones\">{policies}</trap:view></peripheral>"));
}
