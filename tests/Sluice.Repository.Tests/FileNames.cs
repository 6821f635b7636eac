using System.Text.RegularExpressions;
using Xunit;

namespace Sluice.Repository.Tests;

public sealed partial class FileNames
{
    [Fact]
    public void Every_file_has_a_name_that_no_shell_takes_for_a_pattern()
    {
        Assert.DoesNotContain(TrackedFiles.All(""), path => !Plain().IsMatch(path));
    }

    [GeneratedRegex(@"^[A-Za-z0-9_./+#\-]+$")]
    private static partial Regex Plain();
}
