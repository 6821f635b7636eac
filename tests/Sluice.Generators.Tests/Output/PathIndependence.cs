using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Sluice.Testing.Generation;
using Xunit;

namespace Sluice.Generators.Tests.Output;

/// <summary>Whoever builds the same files gets the same code, wherever they have been checked out.</summary>
public sealed class PathIndependence
{
    private static readonly string Uart = Names.Block("UART", "DATA", "BYTE");

    /// <summary>Folders of several systems, each with its separator.</summary>
    public static TheoryData<string> Folders => ["/a/", "/b c/", @"C:\x\", @"c:\Users\Jörg Ü\src\", "/z/very/deep/folder/of/1.0-rc.2/"];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Code_of_a_device_with_included_blocks_does_not_depend_on_the_folder(string folder)
        => Assert.Equal(All(Repository.Sample()), All(Under(folder, Repository.Sample())));

    [Theory]
    [MemberData(nameof(Folders))]
    public void Code_of_blocks_in_other_folders_does_not_depend_on_the_folder(string folder)
    {
        GeneratorInput input = GeneratorInput.Empty
            .WithXml("soc/registers.xml", Included("../blocks/uart.xml"))
            .WithXml("blocks/uart.xml", Uart.Replace("<peripheral>", "<peripheral xmlns:trap=\"urn:sluice:trap\">", StringComparison.Ordinal));
        Assert.Contains("class Uart", All(input), StringComparison.Ordinal);
        Assert.Equal(All(input), All(Under(folder, input)));
    }

    // '/' comes before '2' and '\' behind it.
    [Theory]
    [MemberData(nameof(Folders))]
    public void The_first_of_two_roots_is_the_same_under_every_folder(string folder)
    {
        GeneratorInput input = GeneratorInput.Empty
            .WithXml("soc2/registers.xml", Names.Device(Uart))
            .WithXml("soc/registers.xml", Names.Device(Uart, Names.Block("TIMER", "COUNT", "LOW")));
        string[] hints = [.. input.Run().Files.Select(static file => file.HintName)];
        Assert.Equal(["2.registers.xml/Uart.g.cs", "Timer.g.cs", "Uart.g.cs"], hints);
        Assert.Equal(All(input), All(Under(folder, input)));
    }

    [Theory]
    [InlineData("/src/own/registers.xml", "/root/.nuget/packages/chip/1.0/chip.svd")]
    [InlineData("/home/me/own/registers.xml", "/home/me/.nuget/packages/chip/1.0/chip.svd")]
    [InlineData(@"D:\own\registers.xml", @"C:\Users\me\.nuget\packages\chip\1.0\chip.svd")]
    public void The_first_of_two_roots_is_the_same_where_one_lies_elsewhere_on_each_machine(string own, string package)
    {
        GeneratorInput input = GeneratorInput.Empty.WithXml(own, Names.Device(Uart)).WithXml(package, Names.Device(Uart));
        Assert.Equal(["2.registers.xml/Uart.g.cs", "Uart.g.cs"], input.Run().Files.Select(static file => file.HintName));
        Assert.Equal(["2.chip.svd/Uart.g.cs", "Uart.g.cs"], input.WithFileMetadata(package, "SluiceNamespace", "Chip").Run().Files.Select(static file => file.HintName));
    }

    // Of two overlays, the one behind may contradict the one before; the documentation of the code says which did.
    [Theory]
    [MemberData(nameof(Folders))]
    public void Overlays_are_applied_in_the_same_order_under_every_folder(string folder)
    {
        GeneratorInput input = GeneratorInput.Empty
            .WithXml("chip.svd", Names.Device(Uart))
            .WithXml("manual/uart.overlay.xml", Overlay("the manual", ""))
            .WithXml("manual2/uart.overlay.xml", Overlay("the newer manual", " override=\"the newer manual says so\""));
        Assert.Contains("reset 0x2", All(input), StringComparison.Ordinal);
        Assert.DoesNotContain(input.Run().Result.Diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal(All(input), All(Under(folder, input)));
    }

    private static string Included(string href)
        => Names.Device($"<xi:include href=\"{href}\"/>").Replace("<device ", "<device xmlns:xi=\"http://www.w3.org/2001/XInclude\" ", StringComparison.Ordinal);

    private static string Overlay(string source, string attributes)
        => $"""
            <trap:overlay xmlns:trap="urn:sluice:trap" of="../chip.svd" source="{source}">
              <trap:peripheral of="UART"><trap:register of="DATA"{attributes}><resetValue>{(attributes.Length == 0 ? 1 : 2)}</resetValue></trap:register></trap:peripheral>
            </trap:overlay>
            """;

    private static GeneratorInput Under(string folder, GeneratorInput input)
    {
        char separator = folder.Contains('\\', StringComparison.Ordinal) ? '\\' : '/';
        return input.Files.Aggregate(
            input with { Files = [] },
            (moved, file) => moved.WithXml(folder + file.Path.Replace('/', separator), file.GetText().ToString()));
    }

    private static string All(GeneratorInput input) => string.Concat(input.Run().Files.Select(static file => "=== " + file.HintName + "\n" + file.Text));
}
