using System;
using System.Linq;
using Xunit;

namespace Sluice.Registers.Description.Tests;

/// <summary>CMSIS-SVD 1.3 (Arm, CMSIS-SVD.xsd), element by element: what each may hold, its attributes behind <c>@</c>.</summary>
public class SvdSchemaTests
{
    private const string Dimension = "dim dimIncrement dimIndex dimName dimArrayIndex ";
    private const string Properties = "size access protection resetValue resetMask ";

    public static TheoryData<string, string> Elements => new()
    {
        {
            "device",
            "@schemaVersion vendor vendorID name series version description licenseText cpu headerSystemFilename headerDefinitionsPrefix addressUnitBits width "
                + Properties + "peripherals vendorExtensions"
        },
        {
            "cpu",
            "name revision endian mpuPresent fpuPresent fpuDP dspPresent icachePresent dcachePresent itcmPresent dtcmPresent vtorPresent pmuPresent pmuNumEventCnt "
                + "mvePresent mveFP nvicPrioBits vendorSystickConfig deviceNumInterrupts sauNumRegions sauRegionsConfig"
        },
        { "sauRegionsConfig", "@enabled @protectionWhenDisabled region" },
        { "region", "@enabled @name base limit access" },
        { "peripherals", "peripheral" },
        {
            "peripheral",
            "@derivedFrom " + Dimension + "name version description alternatePeripheral groupName prependToName appendToName headerStructName disableCondition baseAddress "
                + Properties + "addressBlock interrupt registers"
        },
        { "addressBlock", "offset size usage protection" },
        { "interrupt", "name description value" },
        { "registers", "cluster register" },
        { "cluster", "@derivedFrom " + Dimension + "name description alternateCluster headerStructName addressOffset " + Properties + "register cluster" },
        {
            "register",
            "@derivedFrom " + Dimension + "name displayName description alternateGroup alternateRegister addressOffset " + Properties
                + "dataType modifiedWriteValues writeConstraint readAction fields"
        },
        { "fields", "field" },
        {
            "field",
            "@derivedFrom " + Dimension + "name description bitOffset bitWidth lsb msb bitRange access modifiedWriteValues writeConstraint readAction enumeratedValues"
        },
        { "writeConstraint", "writeAsRead useEnumeratedValues range" },
        { "range", "minimum maximum" },
        { "enumeratedValues", "@derivedFrom name headerEnumName usage enumeratedValue" },
        { "enumeratedValue", "name description value isDefault" },
        { "dimArrayIndex", "headerEnumName enumeratedValue" },
    };

    public static TheoryData<string, string, string> Words => new()
    {
        { "register", "access", "read-only write-only read-write writeOnce read-writeOnce" },
        { "register", "modifiedWriteValues", "oneToClear oneToSet oneToToggle zeroToClear zeroToSet zeroToToggle clear set modify" },
        { "register", "readAction", "clear set modify modifyExternal" },
        { "register", "protection", "s n p" },
        {
            "register",
            "dataType",
            "uint8_t uint16_t uint32_t uint64_t int8_t int16_t int32_t int64_t uint8_t* uint16_t* uint32_t* uint64_t* int8_t* int16_t* int32_t* int64_t*"
        },
        { "enumeratedValues", "usage", "read write read-write" },
        { "addressBlock", "usage", "registers buffer reserved" },
        { "cpu", "endian", "little big selectable other" },
        { "region", "access", "n c" },
    };

    [Theory]
    [MemberData(nameof(Elements))]
    public void The_reader_knows_all_that_an_element_may_hold_and_nothing_else(string element, string held)
    {
        ElementGrammar grammar = GrammarIndex.Elements.Single(known => known.Name == element);
        string[] expected = held.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(
            expected.Where(name => !name.StartsWith('@')).Order(StringComparer.Ordinal),
            grammar.Children.Where(rule => !rule.Child.IsTrap).Select(rule => rule.Child.LocalName).Order(StringComparer.Ordinal));
        Assert.Equal(
            expected.Where(name => name.StartsWith('@')).Order(StringComparer.Ordinal),
            grammar.Attributes.Where(attribute => !attribute.IsTrap).Select(attribute => "@" + attribute.LocalName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Words))]
    public void The_reader_knows_all_words_of_a_value(string owner, string element, string words)
    {
        ElementGrammar grammar = GrammarIndex.Elements.Single(known => known.Name == owner).Children.Single(rule => rule.Child.Name == element).Child;
        Assert.Equal(
            words.Split(' ').Order(StringComparer.Ordinal),
            grammar.Words!.Words.Select(word => word.Replace(" ", "", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_table_above_leaves_no_element_out()
        => Assert.Equal(
            [],
            GrammarIndex.Elements
                .Where(element => !element.IsTrap && element.Kind == ValueKind.Elements)
                .Select(element => element.Name)
                .Except(Elements.Select(row => (string)row[0])));

    [Fact]
    public void A_file_with_every_element_of_the_schema_has_no_problem_and_one_block()
    {
        BlockModel block = Description.Block(Everything);
        RegisterModel register = block.Registers.Single(register => register.Name == "CTRL");
        Assert.Equal(["EN", "MODE", "LEVEL", "BIT0", "BIT1", "MODE2"], register.Fields.Select(field => field.Name));
        Assert.Equal("OTHER", register.Fields[1].DefaultName);
        Assert.Equal([0ul, 2ul, 3ul], register.Fields[1].Values.Select(value => value.Value).Order());
        Assert.Equal(
            ["CTRL", "CTRL_ALT", "CTRL_G", "TABLE", "CHA_X", "CHA_IN_Y", "CHB_X", "CHB_IN_Y"],
            block.Registers.Select(known => known.Name).OrderBy(name => name.StartsWith("CH", StringComparison.Ordinal)).ThenBy(name => name == "TABLE"));
    }

    private const string Everything =
        """
        <device schemaVersion="1.3">
          <vendor>V</vendor><vendorID>V</vendorID><name>D</name><series>S</series><version>1</version><description>d</description><licenseText>l</licenseText>
          <cpu><name>CM33</name><revision>r0p1</revision><endian>little</endian><mpuPresent>1</mpuPresent><fpuPresent>true</fpuPresent><fpuDP>0</fpuDP>
            <dspPresent>0</dspPresent><icachePresent>0</icachePresent><dcachePresent>0</dcachePresent><itcmPresent>0</itcmPresent><dtcmPresent>0</dtcmPresent>
            <vtorPresent>1</vtorPresent><pmuPresent>0</pmuPresent><pmuNumEventCnt>2</pmuNumEventCnt><mvePresent>0</mvePresent><mveFP>0</mveFP>
            <nvicPrioBits>3</nvicPrioBits><vendorSystickConfig>false</vendorSystickConfig><deviceNumInterrupts>9</deviceNumInterrupts><sauNumRegions>1</sauNumRegions>
            <sauRegionsConfig enabled="true" protectionWhenDisabled="s"><region enabled="true" name="R"><base>0</base><limit>0x1F</limit><access>n</access></region></sauRegionsConfig></cpu>
          <headerSystemFilename>h</headerSystemFilename><headerDefinitionsPrefix>P_</headerDefinitionsPrefix><addressUnitBits>8</addressUnitBits><width>32</width>
          <size>32</size><access>read-write</access><protection>s</protection><resetValue>0</resetValue><resetMask>0xFFFFFFFF</resetMask>
          <peripherals><peripheral>
            <name>B</name><version>1</version><description>d</description><groupName>G</groupName><prependToName>P</prependToName>
            <appendToName>A</appendToName><headerStructName>H</headerStructName><disableCondition>0</disableCondition><baseAddress>0x1000</baseAddress>
            <addressBlock><offset>0</offset><size>0x1000</size><usage>registers</usage><protection>p</protection></addressBlock>
            <interrupt><name>I</name><description>d</description><value>-1</value></interrupt>
            <registers>
              <register><name>CTRL</name><displayName>C</displayName><description>d</description><addressOffset>0</addressOffset><size>32</size><access>read-write</access>
                <protection>n</protection><resetValue>#1</resetValue><resetMask>0xFF</resetMask><dataType>uint32_t</dataType><modifiedWriteValues>modify</modifiedWriteValues>
                <readAction>modifyExternal</readAction>
                <fields>
                  <field><name>EN</name><lsb>0</lsb><msb>0</msb><writeConstraint><writeAsRead>true</writeAsRead></writeConstraint></field>
                  <field><name>MODE</name><description>d</description><bitOffset>1</bitOffset><bitWidth>2</bitWidth>
                    <writeConstraint><useEnumeratedValues>true</useEnumeratedValues></writeConstraint>
                    <enumeratedValues><name>M</name><headerEnumName>H</headerEnumName><usage>read-write</usage>
                      <enumeratedValue><name>OFF</name><description>d</description><value>0</value></enumeratedValue>
                      <enumeratedValue><name>ON</name><value>#1x</value></enumeratedValue>
                      <enumeratedValue><name>OTHER</name><isDefault>true</isDefault></enumeratedValue></enumeratedValues></field>
                  <field><name>LEVEL</name><bitRange>[7:4]</bitRange><access>writeOnce</access>
                    <writeConstraint><range><minimum>1</minimum><maximum>9</maximum></range></writeConstraint></field>
                  <field><dim>2</dim><dimIncrement>1</dimIncrement><dimIndex>0,1</dimIndex><dimName>N</dimName><name>BIT%s</name><bitRange>[8:8]</bitRange></field>
                  <field><name>MODE2</name><bitRange>[11:10]</bitRange><enumeratedValues derivedFrom="M"/></field>
                </fields></register>
              <register derivedFrom="CTRL"><name>CTRL_ALT</name><alternateRegister>CTRL</alternateRegister><addressOffset>0</addressOffset></register>
              <register derivedFrom="CTRL"><name>CTRL</name><alternateGroup>G</alternateGroup><addressOffset>0</addressOffset></register>
              <register><dim>4</dim><dimIncrement>4</dimIncrement><dimIndex>0-3</dimIndex>
                <dimArrayIndex><headerEnumName>H</headerEnumName><enumeratedValue><name>FIRST</name><value>0</value></enumeratedValue></dimArrayIndex>
                <name>TABLE[%s]</name><addressOffset>0x10</addressOffset></register>
              <cluster><dim>2</dim><dimIncrement>0x10</dimIncrement><dimIndex>A-B</dimIndex><name>CH%s</name><description>d</description><headerStructName>H</headerStructName>
                <addressOffset>0x40</addressOffset><size>8</size><access>read-only</access><protection>s</protection><resetValue>0</resetValue><resetMask>0xFF</resetMask>
                <register><name>X</name><addressOffset>0</addressOffset></register>
                <cluster><name>IN</name><addressOffset>4</addressOffset><register><name>Y</name><addressOffset>0</addressOffset></register></cluster></cluster>
            </registers></peripheral></peripherals>
          <vendorExtensions><anything>goes</anything></vendorExtensions>
        </device>
        """;
}
