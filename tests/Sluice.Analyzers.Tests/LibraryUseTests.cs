using Sluice.Analyzers.Rules;
using Sluice.Testing.Diagnostics;
using Xunit;

namespace Sluice.Analyzers.Tests;

/// <summary>A reference to the library alone must cost a build nothing.</summary>
public sealed class LibraryUseTests
{
    private const string Dropped = "public static class Code { private static bool TryStep() => true; public static void Run() { [|TryStep()|]; } }";

    [Fact]
    public void A_project_that_never_names_the_library_is_not_looked_at()
        => AnalyzerTest.Of<DroppedResultAnalyzer>("SLU2020").WithSource(MarkedText.Parse(Dropped, "SLU2020").Text).Verify();

    [Fact]
    public void One_file_that_names_it_is_enough_for_all()
        => AnalyzerTest.Of<DroppedResultAnalyzer>("SLU2020").WithSource(Dropped).WithSource("global using Sluice.Registers;\n", "Usings.cs").Verify();
}
