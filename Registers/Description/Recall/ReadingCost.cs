namespace Sluice.Registers.Description;

/// <summary>What a block takes of a <see cref="ReadingBudget"/>.</summary>
internal readonly record struct ReadingCost(int Registers, int Fields, int Comparisons)
{
    /// <summary>What was taken of a budget since it stood as given.</summary>
    public static ReadingCost Since(ReadingCost before, ReadingBudget budget) => new(before.Registers - budget.Registers, before.Fields - budget.Fields, before.Comparisons - budget.Comparisons);

    /// <summary>How a budget stands.</summary>
    public static ReadingCost Left(ReadingBudget budget) => new(budget.Registers, budget.Fields, budget.Comparisons);

    /// <summary>Takes it of a budget, when there is more than that.</summary>
    public bool TryTake(ReadingBudget budget)
    {
        if (budget.Registers <= Registers || budget.Fields <= Fields || budget.Comparisons <= Comparisons)
        {
            return false;
        }

        budget.Registers -= Registers;
        budget.Fields -= Fields;
        budget.Comparisons -= Comparisons;
        return true;
    }
}
