using System.Linq;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class NamingTests
{
    [Theory]
    [InlineData("MSI_TYPER", "MsiTyper")]
    [InlineData("IDR0", "Idr0")]
    [InlineData("E_BREG_CONTROL", "EBregControl")]
    [InlineData("baseSpi", "BaseSpi")]
    [InlineData("PCIeCap", "PCIeCap")]
    [InlineData("A9_3", "A9_3")]
    [InlineData("64BIT", "_64bit")]
    [InlineData("hardware-domain", "HardwareDomain")]
    [InlineData("__x__", "X")]
    [InlineData("class", "Class")]
    [InlineData("İNDEX", "Ndex")]
    [InlineData("§", "")]
    public void Hardware_names_become_names_of_the_language(string hardware, string name) => Assert.Equal(name, DotNetName.From(hardware));

    [Theory]
    [InlineData("VALUE", "ValueField")]
    [InlineData("SHAPE", "ShapeField")]
    [InlineData("TO_STRING", "ToStringField")]
    [InlineData("R", "RField")]
    [InlineData("EN", "En")]
    public void A_field_never_hides_a_member_of_its_registers_type(string field, string name)
        => Assert.Equal(
            name,
            Description.Register(Description.WithFields("<field><name>" + field + "</name><bitRange>[0:0]</bitRange></field>")).Fields[0].TypeName);

    [Theory]
    [InlineData("RESET", "ResetRegister")]
    [InlineData("GUEST", "GuestRegister")]
    [InlineData("I_GUEST_HOOKS", "IGuestHooksRegister")]
    [InlineData("B", "BRegister")]
    [InlineData("STATUS", "Status")]
    public void A_register_never_hides_a_member_of_its_block(string register, string name)
        => Assert.Equal(
            name,
            Description.Register(Description.WithRegisters(
                "<register><name>" + register + "</name><addressOffset>0</addressOffset></register>",
                "<trap:view name=\"guest\" absent=\"ones\"/>")).TypeName);

    [Fact]
    public void The_type_of_named_values_gives_way_to_registers()
    {
        BlockModel block = Description.Block(Description.WithRegisters(
            """
            <register><name>CTRL</name><addressOffset>0</addressOffset><fields><field><name>MODE</name><bitRange>[1:0]</bitRange>
              <enumeratedValues><enumeratedValue><name>0</name><value>0</value></enumeratedValue></enumeratedValues></field></fields></register>
            <register><name>CTRL_MODE</name><addressOffset>4</addressOffset></register>
            """));
        Assert.Equal("CtrlModeValues", block.Registers[0].Fields[0].EnumName);
        Assert.Equal("_0", block.Registers[0].Fields[0].Values[0].TypeName);
    }

    [Theory]
    [InlineData("acess", "access")]
    [InlineData("CTLR", "CTRL")]
    [InlineData("regsiter", "register")]
    [InlineData("ctrl", "CTRL")]
    [InlineData("reg", "register")]
    [InlineData("re", null)]
    [InlineData("zebra", null)]
    public void The_nearest_name_is_suggested(string word, string? nearest)
        => Assert.Equal(nearest, Spelling.Nearest(word, ["access", "CTRL", "register", "STATUS"]));

    [Fact]
    public void What_could_be_the_beginning_of_several_suggests_none() => Assert.Null(Spelling.Nearest("min", ["minimum", "minimumValue", "maximum"]));

    [Fact]
    public void Among_equally_near_names_the_first_by_code_is_suggested_whatever_the_order()
    {
        string[] names = ["RB", "RA", "RC"];
        Assert.Equal("RA", Spelling.Nearest("RX", names));
        Assert.Equal("RA", Spelling.Nearest("RX", names.Reverse()));
    }
}
