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
}
