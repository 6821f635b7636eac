using System.Globalization;

namespace Sluice.Tool.Output;

/// <summary>A number and what it counts.</summary>
internal static class Amount
{
    public static string Of(int count, string what) => count.ToString(CultureInfo.InvariantCulture) + " " + what + (count == 1 ? "" : "s");
}
