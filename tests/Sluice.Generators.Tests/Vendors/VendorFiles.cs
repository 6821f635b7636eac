using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Sluice.Registers.Description;
using Sluice.Testing.Generation;
using Xunit;

namespace Sluice.Generators.Tests.Vendors;

/// <summary>
/// Files in the styles of vendors, with the errors that such files have. Each error is reported, with what was assumed; none keeps a project from being built.
/// </summary>
public sealed class VendorFiles
{
    private static readonly string Folder = Path.Combine(Repository.Root(), "tests", "Sluice.Generators.Tests", "Vendors");

    /// <summary>The files, and the rules that each violates.</summary>
    public static TheoryData<string, string> Files => new()
    {
        { "atmel-style.svd", "1013 1023 1033 1068 1072" },
        { "cypress-style.svd", "1013 1019 1020 1024 1025 1028 1049 1064 1066 1067 1068 1069 1072" },
        { "espressif-style.svd", "1024 1048 1073 1074" },
        { "gigadevice-style.svd", "1019 1020 1064 1065 1066 1068" },
        { "infineon-style.svd", "1013 1019 1065 1066 1067 1068" },
        { "nordic-style.svd", "1013" },
        { "nuvoton-style.svd", "1013 1020 1023 1030 1066 1068 1069 1070" },
        { "nxp-style.svd", "1066 1068 1070 1072" },
        { "raspberry-style.svd", "1068 1072" },
        { "renesas-style.svd", "1066 1068 1069 1070" },
        { "sifive-style.svd", "1013 1064 1066 1068 1070" },
        { "silabs-style.svd", "1074" },
        { "st-style.svd", "1019 1024 1025 1026 1028 1029 1030 1049 1073" },
        { "ti-style.svd", "1013 1033 1034 1035 1066 1068 1071" },
    };

    [Theory]
    [MemberData(nameof(Files))]
    public void Are_compiled_and_each_error_in_them_is_reported(string file, string rules)
    {
        DescriptionResult result = DescriptionReader.Read(new SourceFile(file, File.ReadAllText(Path.Combine(Folder, file))), []);
        string all = string.Join('\n', result.Problems);
        Assert.Equal(rules + "\n" + all, string.Join(' ', result.Problems.Select(static problem => problem.Rule.Id[3..]).Distinct().Order(StringComparer.Ordinal)) + "\n" + all);
        Assert.True(result.IsComplete, all);
        Assert.Equal([], result.Problems.Where(static problem => problem.Severity == ProblemSeverity.Error).Select(static problem => problem.ToString()));

        GeneratorOutput output = GeneratorInput.Empty.WithXml(file, File.ReadAllText(Path.Combine(Folder, file))).Run().MustCompile();
        Assert.Equal(result.Model!.Blocks.Count, output.Files.Count);
        Assert.DoesNotContain(output.Result.Diagnostics, static diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }
}
