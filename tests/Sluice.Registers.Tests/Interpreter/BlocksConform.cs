using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Sluice.Registers.Description;
using Sluice.Testing.Compilation;
using Sluice.Testing.Generation;
using Xunit;
using Xunit.Abstractions;

namespace Sluice.Registers.Tests.Interpreter;

/// <summary>Every view of every block of the board, held against its generated cases.</summary>
public sealed class BlocksConform(ITestOutputHelper output)
{
    [Fact]
    public void To_what_their_descriptions_say()
    {
        SourceFile[] files = [.. Directory.GetFiles(Path.Combine(Repository.Root, "Registers", "Blocks"), "*.xml")
            .Select(static path => "Registers/Blocks/" + Path.GetFileName(path))
            .Order(StringComparer.Ordinal)
            .Select(static path => new SourceFile(path, File.ReadAllText(Path.Combine(Repository.Root, path))))];
        SourceFile board = new("registers.xml", File.ReadAllText(Path.Combine(Repository.Root, "registers.xml")));
        (int views, int checks, List<string> failures) = Run(board, files);
        output.WriteLine(FormattableString.Invariant($"{views} views, {checks} checks"));
        Assert.Equal([], failures);
        Assert.True(checks > 1000);
    }

    // The write that tries a field writes the lower half first, and with it the lock of a field in the upper half.
    [Theory]
    [InlineData("0", "!=0")]
    [InlineData("1", "!=0")]
    [InlineData("0", "=0")]
    [InlineData("1", "=0")]
    public void Also_where_a_field_is_locked_by_the_other_half_of_its_register(string reset, string condition)
    {
        SourceFile block = new("registers.xml", $"""
            <peripheral xmlns:trap="urn:sluice:trap">
              <name>HALVES</name><description>A pair of words</description><baseAddress>0</baseAddress>
              <addressBlock><offset>0</offset><size>8</size><usage>registers</usage></addressBlock>
              <registers>
                <register trap:order="split" trap:otherWidths="lanes">
                  <name>PAIR</name><description>Both</description><addressOffset>0</addressOffset><size>64</size><resetValue>0x020000000000000{reset}</resetValue>
                  <fields>
                    <field><name>OPEN</name><description>Opens</description><bitRange>[0:0]</bitRange><access>read-write</access></field>
                    <field trap:writeEnable="PAIR.OPEN{condition}"><name>LOCKED</name><description>Locked</description><bitRange>[58:57]</bitRange><access>read-write</access></field>
                    <field trap:writeEnable="PAIR.OPEN{condition}"><name>FLAG</name><description>Locked</description><bitRange>[60:60]</bitRange><access>read-write</access><modifiedWriteValues>oneToSet</modifiedWriteValues></field>
                  </fields>
                </register>
              </registers>
              <trap:view name="guest" absent="zeros">
                <trap:emulated register="PAIR"><trap:mask field="OPEN"/><trap:mask field="LOCKED"/><trap:mask field="FLAG"/></trap:emulated>
              </trap:view>
            </peripheral>
            """);
        (int views, int checks, List<string> failures) = Run(block, []);
        Assert.Equal(1, views);
        Assert.Equal([], failures);
        Assert.True(checks > 10);
    }

    private static (int Views, int Checks, List<string> Failures) Run(SourceFile root, SourceFile[] files)
    {
        DescriptionResult description = DescriptionReader.Read(root, files);
        Assert.True(description is { HasErrors: false, Model: not null }, string.Join("\n", description.Problems));
        DeviceModel device = description.Model;
        GeneratorInput input = files.Append(root).Aggregate(GeneratorInput.Empty, static (input, file) => input.WithXml(file.Path, file.Text));
        (BlockModel Block, ViewModel View)[] views = [.. device.Blocks.SelectMany(static block => block.Views.Select(view => (block, view)))];
        foreach ((BlockModel block, ViewModel view) in views)
        {
            input = input.WithSource(DriverSource.Name(block, view) + ".cs", DriverSource.Write(block, view));
        }

        CSharpCompilation compilation = (CSharpCompilation)input.Run().Compilation;
        using LoadedCode code = LoadedCode.Of(compilation.AddReferences(MetadataReference.CreateFromFile(typeof(IViewUnderTest).Assembly.Location)));
        int checks = 0;
        List<string> failures = [];
        foreach ((BlockModel block, ViewModel view) in views)
        {
            object driver = Activator.CreateInstance(code.Type(DriverSource.Name(block, view)))!;
            (int made, string failed) = ((IConformingView)driver).Conform();
            checks += made;
            failures.AddRange(failed.Length == 0 ? [] : [block.Name + "/" + view.Name + ": " + failed]);
            int size = ((IRawTables)driver).State.Length * 4;
            int most = (4 * Words(block, view)) + 64;
            failures.AddRange(size <= most ? [] : [FormattableString.Invariant($"{block.Name}/{view.Name} takes {size} bytes, {most} at most")]);
        }

        return (views.Length, checks, failures);
    }

    // The registers of a view, those of 64 bits as two; a long array has the state of one element.
    private static int Words(BlockModel block, ViewModel view)
        => view.Policies.Where(static policy => policy.Kind != PolicyKind.Denied).Select(policy => block.Registers[policy.Register])
            .Sum(static register => (register.Dimension.Count > 4096 ? 1 : (int)register.Dimension.Count) * (register.WidthBits == 64 ? 2 : 1));

    [Fact]
    public void And_a_view_that_shows_a_wrong_bit_does_not()
    {
        Assert.Equal("", ConformingView.Run<OneRegister>(new Word(), 0).Failures);
        Assert.StartsWith("Reset at 0x0: 0x1, not 0x0", ConformingView.Run<OneRegister>(new Word(), 1).Failures, StringComparison.Ordinal);
    }

    private readonly struct OneRegister : IConformanceCases
    {
        public static ReadOnlySpan<ulong> Cases => [0x4_0000_0000, 1, 0, 0xFFFF_FFFF, 0xFFFF_FFFF, 0xFFFF_FFFF, 0, 0];

        public static ulong Absent => 0;
    }

    /// <summary>One word of storage.</summary>
    private sealed class Word : IViewUnderTest
    {
        private uint _word;

        public AccessResult Read(uint offset, AccessWidth width, out ulong value)
        {
            value = _word;
            return AccessResult.Done;
        }

        public AccessResult Write(uint offset, AccessWidth width, ulong value)
        {
            uint mask = AccessBounds.Mask(offset, width);
            _word = (_word & ~mask) | (((uint)value << (int)(offset * 8)) & mask);
            return AccessResult.Done;
        }

        public AccessResult ReadWord(uint offset, uint lanes, out uint value) => throw new NotSupportedException();

        public AccessResult WriteWord(uint offset, uint lanes, uint value) => throw new NotSupportedException();

        public uint Peek(uint offset) => _word;

        public void Reset(ResetKind kind) => _word = 0;

        public byte[] Save() => [];

        public RestoreOutcome Restore(byte[] snapshot) => default;
    }
}
