using System;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Sluice.Repository.Tests;

/// <summary>The drivers are the same source in a process, over QEMU and at EL2: nothing of them is compiled here and left out there.</summary>
public sealed partial class OneSource
{
    [Fact]
    public void Nothing_of_Registers_and_Runtime_is_compiled_on_a_condition()
    {
        string[] files = [.. TrackedFiles.All(".cs").Where(path => path.StartsWith("Registers/", StringComparison.Ordinal) || path.StartsWith("Runtime/", StringComparison.Ordinal))];
        Assert.InRange(files.Length, 200, 2000);
        Assert.DoesNotContain(files, path => Directive().IsMatch(TrackedFiles.Text(path)) || TrackedFiles.Text(path).Contains("[Conditional(", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Registers/Sluice.Registers.csproj")]
    [InlineData("Runtime/Sluice.Runtime.csproj")]
    public void Both_are_built_once_for_all_and_the_image_takes_what_was_built(string project)
    {
        XElement root = XDocument.Parse(TrackedFiles.Text(project)).Root!;
        Assert.Empty(root.Descendants("DefineConstants").Concat(root.Descendants("TargetFrameworks")));
        Assert.Contains(project.Split('/')[^1], TrackedFiles.Text("Hypervisor/Sluice.Hypervisor.csproj") + TrackedFiles.Text("Runtime/Sluice.Runtime.csproj"), StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\s*#\s*(if|elif)\b", RegexOptions.Multiline)]
    private static partial Regex Directive();
}
