using System.Globalization;
using System.Text.RegularExpressions;
using Sluice.Checkouts;
using Xunit;

namespace Sluice.Boot.Tests;

/// <summary>What a trap costs at EL2, beside the same handler in C compiled with gcc -O2.</summary>
public sealed partial class TrapCost
{
    private const double MostOfTheTwin = 1.25;

    [Fact]
    public void A_round_trip_takes_at_most_a_quarter_more_instructions_than_its_C_twin()
    {
        Script run = Script.Run("eng/trap-cost.sh");

        Assert.True(run.ExitCode == 0, run.Output);
        Match costs = Line().Match(run.Output);
        Assert.True(costs.Success, run.Output);
        Assert.InRange(Count(costs, "read") / Count(costs, "twinRead"), 0.1, MostOfTheTwin);
        Assert.InRange(Count(costs, "write") / Count(costs, "twinWrite"), 0.1, MostOfTheTwin);
    }

    private static double Count(Match costs, string name) => double.Parse(costs.Groups[name].Value, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^trap cost: C# R/W (?<read>\d+)/(?<write>\d+) .*C twin (?<twinRead>\d+)/(?<twinWrite>\d+) ", RegexOptions.Multiline)]
    private static partial Regex Line();
}
