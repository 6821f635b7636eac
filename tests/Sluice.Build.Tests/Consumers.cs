using System.Collections.Generic;

namespace Sluice.Build.Tests;

/// <summary>The projects that are built: a clean one, and others with one flaw each.</summary>
internal static class Consumers
{
    public static readonly Consumer Clean = new("Clean");

    public static readonly Consumer UnknownAccess = new("UnknownAccess") { Timer = Consumer.Block(access: "read-wriet") };

    public static readonly Consumer OverlappingField = new("OverlappingField") { Timer = Consumer.Block(divider: "[7:3]") };

    public static readonly Consumer WideReset = new("WideReset") { Timer = Consumer.Block(reset: "0x100000000") };

    public static readonly Consumer MissingSanitizer = new("MissingSanitizer") { Timer = Consumer.Block(policy: "") };

    public static readonly Consumer GuestLeak = new("GuestLeak")
    {
        Code = Consumer.Driver("timer.Load.Write(new Timer.Load((uint)value.Untrusted));"),
    };

    public static readonly Consumer GuestLeakAllowed = GuestLeak with { Name = "GuestLeakAllowed", Configuration = "dotnet_diagnostic.SLU2001.severity = none" };

    public static readonly Consumer WrittenBack = new("WrittenBack")
    {
        Code = Consumer.Driver("timer.Control.Write(timer.Control.Read() with { Divider = 3 });"),
    };

    public static readonly Consumer WideConstant = new("WideConstant")
    {
        Code = Consumer.Driver("timer.Control.Modify(timer.Control.Read() with { Divider = 0x10 });"),
    };

    public static readonly Consumer MilderInXml = MissingSanitizer with { Name = "MilderInXml", Configuration = "dotnet_diagnostic.SLU1040.severity = warning" };

    public static readonly Consumer SilencedByNoWarn = MilderInXml with { Name = "SilencedByNoWarn", NoWarn = "SLU1040" };

    /// <summary>All that the compiler reads for code and not for other files, at once.</summary>
    public static readonly Consumer NotSilencedInXml = MissingSanitizer with
    {
        Name = "NotSilencedInXml",
        Configuration = "dotnet_analyzer_diagnostic.category-Sluice.Views.severity = none\ndotnet_analyzer_diagnostic.severity = none",
        EditorConfiguration = """
            [*]
            dotnet_diagnostic.SLU1040.severity = none
            [*.xml]
            dotnet_diagnostic.SLU1040.severity = none
            [timer.xml]
            dotnet_diagnostic.SLU1040.severity = none
            """,
        Code = "#pragma warning disable SLU1040 // To no avail.\n" + Consumer.Driver(""),
    };

    /// <summary>Whether its assembly follows the CLS is for the project to say, not for generated code.</summary>
    public static readonly Consumer Strictest = new("Strictest")
    {
        Properties = Consumer.Strictest,
        NoWarn = "CA1014",
        Code = Consumer.Driver("timer.Control.Modify(timer.Control.Read() with { Divider = 3 });", access: "internal"),
    };

    public static readonly Consumer StrictestWithFlaws = Strictest with
    {
        Name = "StrictestWithFlaws",
        Code = Consumer.Driver("try { _ = System.Type.GetType(value.ToString() ?? \"\"); } catch (System.Exception) { }"),
    };

    public static IReadOnlyList<Consumer> All { get; } =
        [Strictest, StrictestWithFlaws, Clean, UnknownAccess, OverlappingField, WideReset, MissingSanitizer, GuestLeak, GuestLeakAllowed, WrittenBack, WideConstant, MilderInXml, SilencedByNoWarn, NotSilencedInXml];
}
