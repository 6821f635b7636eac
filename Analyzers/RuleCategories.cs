namespace Sluice.Analyzers;

/// <summary>What rules are about.</summary>
internal static class RuleCategories
{
    /// <summary>Between a guest and the hardware.</summary>
    public const string Sanitization = "Sluice.Sanitization";

    /// <summary>Of those who drive the hardware.</summary>
    public const string Drivers = "Sluice.Drivers";

    /// <summary>What a step's failure leaves behind.</summary>
    public const string ErrorHandling = "Sluice.ErrorHandling";

    /// <summary>What runs while a guest waits on a trap.</summary>
    public const string TrapPath = "Sluice.TrapPath";
}
