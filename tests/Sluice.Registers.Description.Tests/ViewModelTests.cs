using System.Linq;
using Xunit;

namespace Sluice.Registers.Description.Tests;

public class ViewModelTests
{
    [Fact]
    public void Policies_stand_in_the_order_of_the_registers_with_their_defaults()
    {
        BlockModel block = Description.Block(Description.WithRegisters(
            """
            <register><name>A</name><addressOffset>0</addressOffset><size>16</size><resetValue>0x1234</resetValue></register>
            <register><name>B</name><addressOffset>4</addressOffset></register>
            <register><name>C</name><addressOffset>8</addressOffset></register>
            <register><name>D</name><addressOffset>12</addressOffset></register>
            <register><name>E</name><addressOffset>16</addressOffset></register>
            """,
            """
            <trap:view name="guest" absent="ones">
              <trap:passthrough register="E" visible="0xFF" writable="0x0F" sanitize="mask"/>
              <trap:denied register="D"/>
              <trap:hooked register="C" on="write" writable="0x10" reset="0x7" sanitize="mask"/>
              <trap:emulated register="B" sanitize="mask"/>
              <trap:constant register="A"/>
            </trap:view>
            """));
        ViewModel view = Assert.Single(block.Views);
        Assert.Equal(("guest", "Guest", true), (view.Name, view.TypeName, view.AbsentOnes));
        Assert.Equal(
            [
                new PolicyModel(0, PolicyKind.Constant, 0xFFFF, 0, 0x1234, false, false, default),
                new PolicyModel(1, PolicyKind.Emulated, 0xFFFF_FFFF, 0xFFFF_FFFF, 0, false, false, default),
                new PolicyModel(2, PolicyKind.Hooked, 0xFFFF_FFFF, 0x10, 7, false, true, default) { HasOwnReset = true },
                new PolicyModel(3, PolicyKind.Denied, 0, 0, 0, false, false, default),
                new PolicyModel(4, PolicyKind.Passthrough, 0xFF, 0x0F, 0, false, false, default),
            ],
            view.Policies);
    }

    [Fact]
    public void Every_kind_of_sanitizer_reaches_the_model()
    {
        BlockModel block = Description.Block(Description.WithFields(
            """
            <field><name>A</name><bitRange>[1:0]</bitRange></field>
            <field><name>B</name><bitRange>[3:2]</bitRange></field>
            <field><name>C</name><bitRange>[5:4]</bitRange><enumeratedValues><enumeratedValue><name>X</name><value>1</value></enumeratedValue></enumeratedValues></field>
            <field><name>D</name><bitRange>[31:12]</bitRange></field>
            <field><name>E</name><bitRange>[7:6]</bitRange></field>
            <field><name>F</name><bitRange>[9:8]</bitRange></field>
            <field><name>G</name><bitRange>[11:10]</bitRange></field>
            """,
            """
            <trap:view name="hardware-domain" absent="zeros"><trap:hooked register="R" sanitize="mask">
              <trap:method field="F" name="SanitizeF"/>
              <trap:owned-index field="E" subject="context-bank"/>
              <trap:guest-address field="D" subject="doorbell" size="0x1000" alignment="4k"/>
              <trap:enumerated field="C"/>
              <trap:range field="B" minimum="1" maximum="2" otherwise="clamp"/>
              <trap:mask field="A"/>
            </trap:hooked></trap:view>
            """));
        Assert.Equal("HardwareDomain", block.Views[0].TypeName);
        Assert.Equal(
            [
                new SanitizerModel(0, SanitizerKind.Mask, 0, 0, false, "", 0, 0, ""),
                new SanitizerModel(1, SanitizerKind.Range, 1, 2, true, "", 0, 0, ""),
                new SanitizerModel(2, SanitizerKind.Enumerated, 0, 0, false, "", 0, 0, ""),
                new SanitizerModel(3, SanitizerKind.OwnedIndex, 0, 0, false, "context-bank", 0, 0, ""),
                new SanitizerModel(4, SanitizerKind.Method, 0, 0, false, "", 0, 0, "SanitizeF"),
                new SanitizerModel(5, SanitizerKind.Mask, 0, 0, false, "", 0, 0, ""),
                new SanitizerModel(6, SanitizerKind.GuestAddress, 0, 0, false, "doorbell", 0x1000, 0x1000, ""),
            ],
            block.Views[0].Policies[0].Sanitizers);
    }

    [Fact]
    public void A_derived_block_has_the_views_of_its_base_and_replaces_those_of_its_own_names()
    {
        DescriptionResult result = Description.Read(
            """
            <device xmlns:trap="urn:sluice:trap"><name>D</name><peripherals>
            <peripheral><name>A</name><baseAddress>0</baseAddress><registers><register><name>R</name><addressOffset>0</addressOffset></register></registers>
              <trap:view name="guest" absent="ones"><trap:denied register="R"/></trap:view><trap:view name="other" absent="ones"/></peripheral>
            <peripheral derivedFrom="A"><name>B</name><baseAddress>0x1000</baseAddress>
              <trap:view name="guest" absent="zeros"><trap:constant register="R"/></trap:view></peripheral>
            </peripherals></device>
            """);
        Assert.DoesNotContain(result.Problems, problem => problem.Rule.DefaultSeverity != ProblemSeverity.Information);
        Assert.Equal(["guest", "other"], result.Model!.Blocks[1].Views.Select(view => view.Name));
        Assert.Equal(PolicyKind.Constant, result.Model.Blocks[1].Views[0].Policies[0].Kind);
    }
}
