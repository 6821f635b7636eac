using System;
using System.Globalization;

namespace Sluice.Testing;

/// <summary>How long the tests go on that try many things at random. <c>SLUICE_EFFORT</c> is in percent: less where thousands of runs are to be made, more for a night.</summary>
public static class Effort
{
    private static readonly int s_percent = int.TryParse(Environment.GetEnvironmentVariable("SLUICE_EFFORT"), NumberStyles.None, CultureInfo.InvariantCulture, out int percent) ? percent : 100;

    /// <summary>How often to do what is done <paramref name="rounds"/> times in an ordinary run: once at least.</summary>
    public static int Of(int rounds) => (int)Math.Clamp((long)rounds * s_percent / 100, 1, int.MaxValue);
}
