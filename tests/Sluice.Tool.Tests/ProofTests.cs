using System;
using System.Globalization;
using Xunit;

namespace Sluice.Tool.Tests;

public class ProofTests
{
    private const string QueueProof = """
        block QUEUE, view guest (registers.xml:42)
          7 registers: 1 passthrough, 2 hooked, 1 emulated, 1 constant, 1 denied, 1 not mentioned, so denied
          7 writable fields: 1 to hardware, 5 to hooks, 1 to storage, 7 sanitized, 0 suppressed with a reason, 0 open
          BASE hooked on write, visible 0xFFFFFFFFF003, writable 0xFFFFFFFFF003
            MODE [1:0] to hook: enumerated 0 2
            ADDR [47:12] to hook: guest-address of ram, 0x1000 bytes, aligned to 0x1000
          ROUTE hooked on read and write, visible 0xFFFFFF, writable 0xFFFFFF
            VECTOR [7:0] to hook: owned-index of a vector
            WEIGHT [15:8] to hook: range 1..100, else the nearest
            POLICY [23:16] to hook: method SanitizePolicy
          STATUS passthrough, visible 0x1, writable 0x1
            DONE [0:0] W1C to hardware: mask
          SCRATCH emulated, visible 0xFFFFFFFF, writable 0xFFFFFFFF
            (whole register) [31:0] to storage: mask
          ID constant 0x10EE
          SECRET denied
          not mentioned: FORGOTTEN

        total, 1 view
          7 registers: 1 passthrough, 2 hooked, 1 emulated, 1 constant, 1 denied, 1 not mentioned, so denied
          7 writable fields: 1 to hardware, 5 to hooks, 1 to storage, 7 sanitized, 0 suppressed with a reason, 0 open
          0 suppressed problems
        """;

    [Fact]
    public void The_proof_says_of_every_register_and_writable_field_how_it_is_treated()
    {
        using Folder folder = new();
        ToolRun run = ToolRun.Of("check", folder.Add("registers.xml", Samples.Queue), "--proof");
        Assert.StartsWith(QueueProof.ReplaceLineEndings("\n") + "\n", run.OutputIn(folder), StringComparison.Ordinal);
    }

    [Fact]
    public void A_field_that_nothing_sanitizes_is_open()
    {
        using Folder folder = new();
        ToolRun run = ToolRun.Of("check", folder.Add("registers.xml", Samples.Open), "--proof");
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("    BYTE [7:0] to hardware: OPEN, no sanitizer\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("1 writable field: 1 to hardware, 0 to hooks, 0 to storage, 0 sanitized, 0 suppressed with a reason, 1 open\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_whole_register_that_nothing_sanitizes_is_open()
    {
        using Folder folder = new();
        string text = Samples.Queue.Replace("<trap:emulated register=\"SCRATCH\" sanitize=\"mask\"/>", "<trap:emulated register=\"SCRATCH\"/>", StringComparison.Ordinal);
        ToolRun run = ToolRun.Of("check", folder.Add("registers.xml", text), "--proof");
        Assert.Contains("    (whole register) [31:0] to storage: OPEN, no sanitizer\n", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_suppressed_stands_in_the_proof_with_its_reason()
    {
        using Folder folder = new();
        ToolRun run = ToolRun.Of("check", folder.Add("registers.xml", Samples.Excused), "--proof");
        Assert.Equal(0, run.ExitCode);
        Assert.Contains("    BYTE [7:0] to hardware: no sanitizer, suppressed: the port takes any byte\n", run.Output, StringComparison.Ordinal);
        Assert.Contains("  suppressed: SLU1040 at DATA: the port takes any byte ('BYTE' of 'DATA' is writable", run.Output, StringComparison.Ordinal);
        Assert.Contains("0 sanitized, 1 suppressed with a reason, 0 open\n", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("sarif")]
    public void The_proof_is_the_same_in_every_culture(string format)
    {
        using Folder folder = new();
        string path = folder.Add("registers.xml", Samples.Queue);
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo odd = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        odd.NumberFormat.NegativeSign = "minus ";
        odd.NumberFormat.NumberGroupSeparator = "_";
        string expected = ToolRun.Of("check", path, "--proof", "--format", format).Output;
        try
        {
            CultureInfo.CurrentCulture = odd;
            Assert.Equal(expected, ToolRun.Of("check", path, "--proof", "--format", format).Output);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
