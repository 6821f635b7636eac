using System.Linq;
using Xunit;

namespace Sluice.Registers.Description.Tests;

/// <summary>What arrays and their elements are called: <c>dimArrayIndex</c>, a <c>dimIndex</c> of names, <c>dimName</c>.</summary>
public class ArrayNameTests
{
    private const string Two = "<enumeratedValue><name>RX</name><description>Receives</description><value>0</value></enumeratedValue><enumeratedValue><name>TX</name><value>3</value></enumeratedValue>";

    [Fact]
    public void Elements_have_the_names_that_dimArrayIndex_gives_them()
    {
        RegisterModel register = Description.Register(Array($"<dimArrayIndex>{Two}</dimArrayIndex>", "CH[%s]"));
        Assert.Equal("ChIndex", register.ElementNamesTypeName);
        Assert.Equal([("RX", "Rx", "Receives", 0ul), ("TX", "Tx", "", 3ul)], register.ElementNames.Select(static name => (name.Name, name.TypeName, name.Description, name.Value)));
    }

    [Fact]
    public void The_type_of_the_names_is_called_as_headerEnumName_says()
        => Assert.Equal("Direction", Description.Register(Array($"<dimArrayIndex><headerEnumName>DIRECTION</headerEnumName>{Two}</dimArrayIndex>", "CH[%s]")).ElementNamesTypeName);

    [Fact]
    public void A_dimIndex_of_names_names_the_elements_of_an_array_too()
    {
        RegisterModel register = Description.Register(Array("<dimIndex>A,B,C,D0</dimIndex>", "CH[%s]"));
        Assert.Equal(["A 0", "B 1", "C 2", "D0 3"], register.ElementNames.Select(static name => name.TypeName + " " + name.Value));
        Assert.Empty(Description.Register(Array("<dimIndex>0,1,2,3</dimIndex>", "CH[%s]")).ElementNames);
    }

    [Fact]
    public void Registers_of_one_array_of_clusters_share_the_type_of_the_names()
    {
        BlockModel block = Description.Block(Description.WithRegisters(
            $"""
            <cluster><dim>4</dim><dimIncrement>8</dimIncrement><dimArrayIndex>{Two}</dimArrayIndex><name>CH[%s]</name><addressOffset>0</addressOffset>
            <register><name>A</name><addressOffset>0</addressOffset></register><register><name>B</name><addressOffset>4</addressOffset></register></cluster>
            <register><name>CH_INDEX</name><addressOffset>0x40</addressOffset></register>
            """));
        Assert.Equal(["ChIndexIndex", "ChIndexIndex", ""], block.Registers.Select(static register => register.ElementNamesTypeName));
    }

    [Theory]
    [InlineData("<enumeratedValue><name>X</name><value>{|SLU1021:4|}</value></enumeratedValue>")]
    [InlineData("<enumeratedValue><name>X</name><value>{|SLU1021:#1x|}</value></enumeratedValue>")]
    [InlineData("<{|SLU1021:enumeratedValue|}><name>X</name><isDefault>true</isDefault></enumeratedValue>")]
    public void A_name_is_for_one_element_that_is_there(string value) => Marked.Check(Array($"<dimArrayIndex>{value}</dimArrayIndex>", "CH[%s]"));

    [Fact]
    public void In_a_vendors_file_a_name_for_no_element_is_left_out()
    {
        DescriptionResult result = Marked.CheckAs("chip.svd", Array($"<dimArrayIndex>{Two}<enumeratedValue><name>X</name><value>{{|SLU1070:4|}}</value></enumeratedValue></dimArrayIndex>", "CH[%s]"));
        Assert.Equal(["RX", "TX"], result.Model!.Blocks[0].Registers[0].ElementNames.Select(static name => name.Name));
    }

    [Fact]
    public void A_dimName_is_the_name_in_code_of_what_the_elements_are()
    {
        BlockModel block = Description.Block(Description.WithRegisters(
            """
            <cluster><dim>4</dim><dimIncrement>8</dimIncrement><dimName>CHANNEL</dimName><name>CH[%s]</name><addressOffset>0</addressOffset>
            <register><name>CTRL</name><addressOffset>0</addressOffset></register></cluster>
            <register><dim>4</dim><dimIncrement>4</dimIncrement><dimName>SLOT</dimName><name>TABLE[%s]</name><addressOffset>0x40</addressOffset></register>
            <register><dim>4</dim><dimIncrement>4</dimIncrement><dimName>SLOT</dimName><name>OTHER[%s]</name><addressOffset>0x80</addressOffset></register>
            """));
        Assert.Equal(["CH_CTRL ChannelCtrl", "TABLE Slot", "OTHER Other"], block.Registers.Select(static register => register.Name + " " + register.TypeName));
    }

    [Fact]
    public void A_headerEnumName_is_the_name_in_code_of_named_values_as_long_as_it_is_free()
    {
        const string Field = "<field><name>{0}</name><bitRange>[{1}:{1}]</bitRange><enumeratedValues><headerEnumName>MODE_KIND</headerEnumName><enumeratedValue><name>ON</name><value>1</value></enumeratedValue></enumeratedValues></field>";
        RegisterModel register = Description.Register(Description.WithFields(
            string.Format(System.Globalization.CultureInfo.InvariantCulture, Field, "A", 0) + string.Format(System.Globalization.CultureInfo.InvariantCulture, Field, "B", 1)));
        Assert.Equal(["ModeKind", "RB"], register.Fields.Select(static field => field.EnumName));
    }

    [Theory]
    [InlineData("<protection>s</protection>", "", Protection.Secure)]
    [InlineData("<protection>s</protection>", "<protection>n</protection>", Protection.NonSecure)]
    [InlineData("", "<protection>p</protection>", Protection.Privileged)]
    [InlineData("", "", Protection.Unsaid)]
    public void Protection_is_inherited_as_the_other_properties_are(string cluster, string register, Protection expected)
        => Assert.Equal(expected, Description.Register(Description.WithRegisters(
            $"<cluster><name>C</name><addressOffset>0</addressOffset>{cluster}<register><name>R</name><addressOffset>0</addressOffset>{register}</register></cluster>")).Protection);

    private static string Array(string dimension, string name)
        => Description.WithRegisters($"<register><dim>4</dim><dimIncrement>4</dimIncrement>{dimension}<name>{name}</name><addressOffset>0</addressOffset></register>");
}
