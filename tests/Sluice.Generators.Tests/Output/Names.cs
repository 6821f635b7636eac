using System.Linq;
using Sluice.Testing.Generation;
using Xunit;

namespace Sluice.Generators.Tests.Output;

public sealed class Names
{
    [Theory]
    [InlineData("RESET")]
    [InlineData("READ")]
    [InlineData("WRITE_WORD")]
    [InlineData("PEEK")]
    [InlineData("TABLES")]
    [InlineData("STORAGE")]
    [InlineData("REGISTERS")]
    [InlineData("OFFSETS")]
    [InlineData("GUEST")]
    [InlineData("I_GUEST_HOOKS")]
    [InlineData("SIZE_BYTES")]
    [InlineData("CLASH")]
    [InlineData("EQUALS")]
    [InlineData("OBJECT")]
    [InlineData("GLOBAL")]
    [InlineData("SYSTEM")]
    [InlineData("CLASS")]
    [InlineData("_1ST")]
    public void A_register_of_any_name_compiles(string name)
        => GeneratorInput.Empty.WithXml("registers.xml", Device(Block("CLASH", name, "FIELD"))).Run().MustCompile();

    [Theory]
    [InlineData("VALUE")]
    [InlineData("SHAPE")]
    [InlineData("NAME")]
    [InlineData("TO_STRING")]
    [InlineData("REG")]
    [InlineData("event")]
    public void A_field_of_any_name_compiles(string name)
        => GeneratorInput.Empty.WithXml("registers.xml", Device(Block("CLASH", "REG", name))).Run().MustCompile();

    [Fact]
    public void Two_roots_keep_their_files_apart()
    {
        GeneratorOutput output = GeneratorInput.Empty
            .WithXml("a/registers.xml", Device(Block("UART", "DATA", "BYTE")))
            .WithXml("b/chip.svd", Device(Block("UART", "DATA", "BYTE")))
            .WithFileMetadata("b/chip.svd", "SluiceNamespace", "Chip")
            .Run()
            .MustCompile();
        Assert.Equal(["2.chip.svd/Uart.g.cs", "Uart.g.cs"], output.Files.Select(static file => file.HintName));
    }

    [Fact]
    public void A_file_that_says_it_is_no_root_yields_nothing()
        => Assert.Empty(GeneratorInput.Empty
            .WithXml("registers.xml", Device(Block("UART", "DATA", "BYTE")))
            .WithFileMetadata("registers.xml", "SluiceRoot", "false")
            .Run()
            .Files);

    internal static string Block(string block, string register, string field)
        => $"""
            <peripheral><name>{block}</name><description>Test</description><baseAddress>0</baseAddress>
            <addressBlock><offset>0</offset><size>0x10</size><usage>registers</usage></addressBlock>
            <registers><register><name>{register}</name><addressOffset>0</addressOffset>
            <fields><field><name>{field}</name><bitRange>[7:0]</bitRange></field></fields></register></registers>
            <trap:view name="guest" absent="zeros"><trap:hooked register="{register}"><trap:mask field="{field}"/></trap:hooked></trap:view></peripheral>
            """;

    internal static string Device(params string[] blocks)
        => "<device schemaVersion=\"1.3\" xmlns:trap=\"urn:sluice:trap\"><name>TEST</name><version>1</version><description>Test</description>"
            + "<addressUnitBits>8</addressUnitBits><width>32</width><size>32</size><access>read-write</access><resetValue>0</resetValue>"
            + "<resetMask>0xFFFFFFFF</resetMask><peripherals>\n" + string.Join("\n", blocks) + "\n</peripherals></device>";
}
