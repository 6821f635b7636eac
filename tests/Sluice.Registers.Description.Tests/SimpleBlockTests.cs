using System.Linq;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class SimpleBlockTests
{
    [Fact]
    public void A_register_has_its_fields_masks_and_names()
    {
        RegisterModel register = Description.Register(Description.WithFields(
            """
            <field><name>BASE_SPI</name><description>First
              interrupt</description><bitRange>[25:16]</bitRange><access>read-only</access></field>
            <field><name>EN</name><bitOffset>0</bitOffset><bitWidth>1</bitWidth></field>
            <field><name>ERR</name><lsb>1</lsb><msb>1</msb><modifiedWriteValues>oneToClear</modifiedWriteValues></field>
            """));
        Assert.Equal(["EN", "ERR", "BASE_SPI"], register.Fields.Select(field => field.Name));
        Assert.Equal(["En", "Err", "BaseSpi"], register.Fields.Select(field => field.TypeName));
        Assert.Equal("First interrupt", register.Fields[2].Description);
        Assert.Equal(0x03FF_0003u, register.Masks.Readable);
        Assert.Equal(1u, register.Masks.Store);
        Assert.Equal(2u, register.Masks.OneToClear);
        Assert.Equal(0xFC00_FFFCu, register.Masks.ReservedZero);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(41)]
    [InlineData(1023)]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(20_000)]
    public void A_text_is_read_whole_whatever_its_length(int length)
    {
        string text = string.Concat(Enumerable.Range(0, length).Select(index => (char)('a' + (index % 26))));
        RegisterModel register = Description.Register(Description.WithFields(
            $"""
            <field><name>FIRST</name><description>{text}</description><bitRange>[0:0]</bitRange></field>
            <field><name>OTHER</name><description> {text}<![CDATA[ & ]]>{text}&lt; </description><bitRange>[1:1]</bitRange></field>
            """));
        Assert.Equal([text, text + " & " + text + "<"], register.Fields.Select(field => field.Description));
    }

    [Fact]
    public void However_many_texts_there_are_each_stays_what_it_is()
    {
        string[] texts = [.. Enumerable.Range(0, 9_600).Select(index => $"d{index % 7_001}")];
        BlockModel block = Description.Block(Description.WithRegisters(string.Concat(Enumerable.Range(0, texts.Length / 32).Select(register =>
            $"<register><name>R{register}</name><addressOffset>{register * 4}</addressOffset><fields>"
            + string.Concat(Enumerable.Range(0, 32).Select(bit => $"<field><name>F{bit}</name><description>{texts[(register * 32) + bit]}</description><bitRange>[{bit}:{bit}]</bitRange></field>"))
            + "</fields></register>"))));
        Assert.Equal(texts, block.Registers.SelectMany(register => register.Fields).Select(field => field.Description));
    }
}
