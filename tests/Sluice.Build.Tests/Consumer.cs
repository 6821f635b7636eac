namespace Sluice.Build.Tests;

/// <summary>A small project of somebody who uses Sluice: a board with one timer, and code that drives and traps it.</summary>
/// <param name="Name">The project's name.</param>
internal sealed record Consumer(string Name)
{
    /// <summary>The board.</summary>
    public string Board { get; init; } = """
        <device schemaVersion="1.3" xmlns:trap="urn:sluice:trap" xmlns:xi="http://www.w3.org/2001/XInclude">
          <name>BOARD</name>
          <version>1.0</version>
          <description>A board</description>
          <addressUnitBits>8</addressUnitBits>
          <width>32</width>
          <size>32</size>
          <access>read-write</access>
          <resetValue>0x0</resetValue>
          <peripherals>
            <xi:include href="timer.xml"/>
          </peripherals>
        </device>
        """;

    /// <summary>The timer.</summary>
    public string Timer { get; init; } = Block();

    /// <summary>The code beside the generated.</summary>
    public string Code { get; init; } = Driver("""
        timer.Control.Modify(timer.Control.Read() with { Divider = 3 });
        """);

    /// <summary>What its .globalconfig says; empty when it has none.</summary>
    public string Configuration { get; init; } = "";

    /// <summary>What its .editorconfig says; empty when it has none.</summary>
    public string EditorConfiguration { get; init; } = "";

    /// <summary>Rules that its project file names in <c>NoWarn</c>, with semicolons between; empty when it names none.</summary>
    public string NoWarn { get; init; } = "";

    /// <summary>Further properties of its project file, as XML.</summary>
    public string Properties { get; init; } = "";

    /// <summary>The timer's description, with one thing or another in it.</summary>
    public static string Block(string access = "read-write", string reset = "0x0", string divider = "[7:4]", string policy = """<trap:mask field="DIVIDER"/>""") => $"""
        <peripheral xmlns:trap="urn:sluice:trap">
          <name>TIMER</name>
          <description>A timer</description>
          <baseAddress>0x1000</baseAddress>
          <addressBlock><offset>0x0</offset><size>0x8</size><usage>registers</usage></addressBlock>
          <registers>
            <register>
              <name>CONTROL</name>
              <description>How it runs</description>
              <addressOffset>0x0</addressOffset>
              <size>32</size>
              <access>{access}</access>
              <resetValue>{reset}</resetValue>
              <fields>
                <field><name>ELAPSED</name><description>It has run down</description><bitRange>[0:0]</bitRange><modifiedWriteValues>oneToClear</modifiedWriteValues></field>
                <field><name>MODE</name><description>Mode</description><bitRange>[3:1]</bitRange></field>
                <field><name>DIVIDER</name><description>Divider</description><bitRange>{divider}</bitRange></field>
              </fields>
            </register>
            <register>
              <name>LOAD</name>
              <description>Where it starts</description>
              <addressOffset>0x4</addressOffset>
              <size>32</size>
              <access>read-write</access>
              <fields><field><name>TICKS</name><description>Ticks</description><bitRange>[31:0]</bitRange></field></fields>
            </register>
          </registers>
          <trap:view name="guest" absent="zeros">
            <trap:emulated register="CONTROL" writable="0xF0">{policy}</trap:emulated>
            <trap:emulated register="LOAD" sanitize="mask"/>
          </trap:view>
        </peripheral>
        """;

    /// <summary>All that the SDK can look for: every rule of the latest level, style, documentation of public members, code that trimming or native compilation would break; and no unsafe code.</summary>
    public const string Strictest = """
        <AnalysisLevel>latest-all</AnalysisLevel>
        <EnforceCodeStyleInBuild>true</EnforceCodeStyleInBuild>
        <GenerateDocumentationFile>true</GenerateDocumentationFile>
        <IsTrimmable>true</IsTrimmable>
        <IsAotCompatible>true</IsAotCompatible>
        <AllowUnsafeBlocks>false</AllowUnsafeBlocks>
        """;

    /// <summary>A method that drives the timer and has a guest's value at hand.</summary>
    public static string Driver(string body, string access = "public") => $$"""
        using Sluice.Registers;

        namespace Board;

        {{access}} static class Driver
        {
            {{access}} static void Run(Timer.Registers<MmioBus> timer, GuestValue value, ref Timer.Guest guest)
            {
                _ = guest.Read(Timer.SizeBytes - 4, AccessWidth.Word, out _);
                _ = value.Mask(1);
                {{body}}
            }
        }
        """;
}
