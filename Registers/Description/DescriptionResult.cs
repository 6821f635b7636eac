using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>What reading a description gives.</summary>
public sealed class DescriptionResult
{
    internal DescriptionResult(
        DeviceModel? model,
        EquatableArray<Problem> problems,
        EquatableArray<SuppressedProblem> suppressed,
        PositionTable positions,
        bool isComplete)
    {
        Model = model;
        Problems = problems;
        Suppressed = suppressed;
        Positions = positions;
        IsComplete = isComplete;
    }

    /// <summary>The model, without the blocks in which something has no meaning; null when the device itself could not be read.</summary>
    public DeviceModel? Model { get; }

    /// <summary>All problems, sorted by path, line, column and rule.</summary>
    public EquatableArray<Problem> Problems { get; }

    /// <summary>The problems that the description suppresses, each with its reason, in the same order; of very many, the first thousand.</summary>
    public EquatableArray<SuppressedProblem> Suppressed { get; }

    /// <summary>Where the model's parts stand.</summary>
    public PositionTable Positions { get; }

    /// <summary>Whether the model has everything that the files describe. When not, at least one problem is of a fatal rule and code made of the model is not to be used.</summary>
    public bool IsComplete { get; }

    /// <summary>Whether a problem is an error by default.</summary>
    public bool HasErrors => Problems.Any(problem => problem.Rule.DefaultSeverity == ProblemSeverity.Error);
}
