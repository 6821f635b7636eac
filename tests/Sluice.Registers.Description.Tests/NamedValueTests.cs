using System.Linq;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class NamedValueTests
{
    [Fact]
    public void Reads_and_writes_can_name_values_differently()
    {
        FieldModel field = Description.Register(Description.WithFields(
            """
            <field><name>F</name><bitRange>[0:0]</bitRange>
              <enumeratedValues><usage>read</usage>
                <enumeratedValue><name>IDLE</name><value>0</value></enumeratedValue><enumeratedValue><name>BUSY</name><value>1</value></enumeratedValue></enumeratedValues>
              <enumeratedValues><usage>write</usage>
                <enumeratedValue><name>IDLE</name><value>0</value></enumeratedValue><enumeratedValue><name>START</name><value>#1</value></enumeratedValue></enumeratedValues>
            </field>
            """)).Fields[0];
        Assert.Equal(
            [("IDLE", 0ul, ValueUsage.ReadWrite), ("BUSY", 1ul, ValueUsage.Read), ("START", 1ul, ValueUsage.Write)],
            field.Values.Select(value => (value.Name, value.Value, value.Usage)));
    }

    [Fact]
    public void Two_sets_of_one_usage_are_reported()
        => Marked.Check(Description.WithFields(
            """
            <field><name>F</name><bitRange>[0:0]</bitRange>
              <enumeratedValues><enumeratedValue><name>A</name><value>0</value></enumeratedValue></enumeratedValues>
              <{|SLU1006:enumeratedValues|}><enumeratedValue><name>B</name><value>1</value></enumeratedValue></enumeratedValues>
            </field>
            """));

    [Fact]
    public void Dont_care_bits_stand_for_all_their_values()
    {
        FieldModel field = Description.Register(Description.WithFields(
            """
            <field><name>F</name><bitRange>[2:0]</bitRange><enumeratedValues>
              <enumeratedValue><name>LOW</name><value>0b0xx</value></enumeratedValue><enumeratedValue><name>REST</name><isDefault>true</isDefault></enumeratedValue>
            </enumeratedValues></field>
            """)).Fields[0];
        Assert.Equal(["LOW=0", "LOW_1=1", "LOW_2=2", "LOW_3=3"], field.Values.Select(value => $"{value.Name}={value.Value}"));
        Assert.Equal("REST", field.DefaultName);
    }

    [Fact]
    public void Of_two_defaults_the_first_holds_and_a_default_has_no_value_of_its_own()
    {
        FieldModel field = Marked.Check(Description.WithFields(
            """
            <field><name>F</name><bitRange>[2:0]</bitRange><enumeratedValues>
              <enumeratedValue><name>REST</name><value>{|SLU1068:1|}</value><isDefault>true</isDefault></enumeratedValue>
              <{|SLU1068:enumeratedValue|}><name>OTHER</name><isDefault>true</isDefault></enumeratedValue>
            </enumeratedValues></field>
            """)).Model!.Blocks[0].Registers[0].Fields[0];
        Assert.Empty(field.Values);
        Assert.Equal("REST", field.DefaultName);
    }

    [Fact]
    public void Too_many_dont_care_bits_are_a_limit()
        => Marked.Check(Description.WithFields(
            "<field><name>F</name><bitRange>[15:0]</bitRange><enumeratedValues><enumeratedValue><name>A</name><value>{|SLU1003:#xxxxxxxxxxxx|}</value></enumeratedValue></enumeratedValues></field>"));
}
