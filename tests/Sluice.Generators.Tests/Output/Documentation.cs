using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Sluice.Registers.Description;
using Sluice.Testing.Generation;
using Xunit;

namespace Sluice.Generators.Tests.Output;

/// <summary>What a person reads over a generated member, without opening the description.</summary>
public sealed class Documentation
{
    private static readonly GeneratorOutput s_board = Repository.Board().Run().MustCompile();
    private static readonly GeneratorOutput s_sample = Repository.Sample().Run().MustCompile();

    [Fact]
    public void Is_on_every_member_that_can_be_seen()
    {
        ISymbol[] members = [.. Visible(s_board).Concat(Visible(s_sample))];
        Assert.InRange(members.Length, 5_000, int.MaxValue);
        Assert.Equal([], members.Where(static member => string.IsNullOrWhiteSpace(member.GetDocumentationCommentXml())).Select(static member => member.ToDisplayString()));
    }

    [Fact]
    public void Of_a_register_says_width_place_access_reset_and_source()
    {
        foreach ((BlockModel block, RegisterModel register, INamedTypeSymbol type) in Registers(s_board))
        {
            string text = type.GetDocumentationCommentXml()!;
            string place = FormattableString.Invariant($"{register.WidthBits} bits at offset 0x{register.Offset:X}");
            Assert.True(text.Contains(place, StringComparison.Ordinal), type.ToDisplayString() + text);
            Assert.Matches("read-write|read-only|write-only", text);
            Assert.True(register.ResetMask == 0 || text.Contains(FormattableString.Invariant($"reset 0x{register.ResetValue:X}"), StringComparison.Ordinal), text);
            Assert.True(register.Source.Length == 0 || text.Contains("<remarks>Source: ", StringComparison.Ordinal), text);
            Assert.True(register.Unsure.Length == 0 || text.Contains("Unsure: ", StringComparison.Ordinal), text);
            ISymbol? accessor = type.ContainingType.GetTypeMembers("Registers").SingleOrDefault()?.GetMembers(type.Name).SingleOrDefault();
            Assert.True(accessor is null || accessor.GetDocumentationCommentXml()!.Contains(place, StringComparison.Ordinal), block.Name + "." + register.Name);
        }
    }

    [Fact]
    public void Of_a_field_says_bits_access_and_reset()
    {
        int fields = 0;
        foreach ((_, RegisterModel register, INamedTypeSymbol type) in Registers(s_board))
        {
            foreach (FieldModel field in register.Fields)
            {
                string text = type.GetMembers(field.TypeName).Single().GetDocumentationCommentXml()!;
                string bits = field.WidthBits == 1
                    ? FormattableString.Invariant($"Bit {field.LowBit}, ")
                    : FormattableString.Invariant($"Bits {field.LowBit + field.WidthBits - 1}:{field.LowBit}, ");
                Assert.True(text.Contains(bits, StringComparison.Ordinal), text);
                Assert.Matches("read-write|read-only|write-only|write-once|HwInit|RsvdP|RsvdZ", text);
                bool hasReset = (register.ResetMask & field.Mask) == field.Mask && field.Reserved == ReservedKind.None && register.ElementResets.Count == 0;
                Assert.True(!hasReset || text.Contains(FormattableString.Invariant($"reset 0x{(register.ResetValue & field.Mask) >> field.LowBit:X}"), StringComparison.Ordinal), text);
                fields++;
            }
        }

        Assert.InRange(fields, 1_000, int.MaxValue);
    }

    [Theory]
    [InlineData("<writeConstraint><range><minimum>1</minimum><maximum>9</maximum></range></writeConstraint>", "1 to 9 may be written")]
    [InlineData("<writeConstraint><writeAsRead>true</writeAsRead></writeConstraint>", "to be written as it was read")]
    [InlineData("<modifiedWriteValues>oneToClear</modifiedWriteValues><readAction>set</readAction>", "read-write, W1C, a read sets, reset 0x5")]
    public void Says_what_is_peculiar_about_a_field(string rest, string words)
    {
        string device = "<peripheral><name>B</name><baseAddress>0</baseAddress><registers><register><name>R</name><addressOffset>0</addressOffset><protection>p</protection><resetValue>0x50</resetValue><fields>"
            + "<field><name>F</name><bitRange>[7:4]</bitRange>" + rest + "</field></fields></register></registers></peripheral>";
        string text = Assert.Single(GeneratorInput.Empty.WithXml("registers.xml", device).Run().MustCompile().Files).Text;
        Assert.Contains("Bits 7:4, ", text, StringComparison.Ordinal);
        Assert.Contains(words, text, StringComparison.Ordinal);
        Assert.Contains(", privileged accesses only, reset 0x50", text, StringComparison.Ordinal);
    }

    private static IEnumerable<(BlockModel Block, RegisterModel Register, INamedTypeSymbol Type)> Registers(GeneratorOutput output)
    {
        SourceFile[] files = [.. Repository.Board().Files.Select(static file => new SourceFile(file.Path, file.GetText().ToString()))];
        DescriptionResult result = DescriptionReader.Read(files.Single(static file => file.Path == "registers.xml"), [.. files.Where(static file => file.Path != "registers.xml")]);
        foreach (BlockModel block in result.Model!.Blocks)
        {
            INamedTypeSymbol owner = output.Compilation.GetTypeByMetadataName("Registers." + block.TypeName)!;
            foreach (RegisterModel register in block.Registers)
            {
                yield return (block, register, owner.GetTypeMembers(register.TypeName).Single());
            }
        }
    }

    private static IEnumerable<ISymbol> Visible(GeneratorOutput output)
    {
        Stack<INamedTypeSymbol> open = new(output.Compilation.Assembly.GlobalNamespace.GetNamespaceMembers().SelectMany(Types));
        while (open.Count != 0)
        {
            INamedTypeSymbol type = open.Pop();
            yield return type;
            foreach (ISymbol member in type.GetMembers().Where(static member => member is { DeclaredAccessibility: Accessibility.Public, IsImplicitlyDeclared: false }))
            {
                if (member is INamedTypeSymbol nested)
                {
                    open.Push(nested);
                }
                else if (member is not IMethodSymbol { MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet })
                {
                    yield return member;
                }
            }
        }
    }

    private static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space)
        => space.GetTypeMembers().Where(static type => type.DeclaredAccessibility == Accessibility.Public).Concat(space.GetNamespaceMembers().SelectMany(Types));
}
