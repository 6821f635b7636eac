using System;
using System.Collections.Generic;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>What reading a description gives.</summary>
public sealed class DescriptionResult
{
    private readonly Lazy<EquatableArray<Problem>> _notes;

    internal DescriptionResult(
        DeviceModel? model,
        EquatableArray<BlockModel> partial,
        EquatableArray<Problem> problems,
        EquatableArray<SuppressedProblem> suppressed,
        PositionTable positions,
        HashSet<string> silent,
        bool isComplete)
    {
        Model = model;
        Partial = partial;
        Problems = problems;
        Suppressed = suppressed;
        Positions = positions;
        IsComplete = isComplete;
        _notes = new Lazy<EquatableArray<Problem>>(() => Survey(silent));
    }

    /// <summary>The model, without the blocks in which something has no meaning; null when the device itself could not be read.</summary>
    public DeviceModel? Model { get; }

    /// <summary>
    /// The blocks in which something has no meaning, as far as they could be read. They are good for one thing: code that names their parts can be
    /// compiled, so that what is wrong with the description is all that is reported.
    /// </summary>
    public EquatableArray<BlockModel> Partial { get; }

    /// <summary>All problems, sorted by path, line, column and rule.</summary>
    public EquatableArray<Problem> Problems { get; }

    /// <summary>What the blocks leave unsaid, one note for each, at the block; see <see cref="CompletenessReport"/>. Found out when it is asked for.</summary>
    public EquatableArray<Problem> Notes => _notes.Value;

    /// <summary>The problems that the description suppresses, each with its reason, in the same order; of very many, the first thousand.</summary>
    public EquatableArray<SuppressedProblem> Suppressed { get; }

    /// <summary>Where the model's parts stand.</summary>
    public PositionTable Positions { get; }

    /// <summary>Whether the model has everything that the files describe. When not, at least one problem is of a fatal rule and code made of the model is not to be used.</summary>
    public bool IsComplete { get; }

    /// <summary>Whether a problem is an error by default.</summary>
    public bool HasErrors => Problems.Any(problem => problem.Severity == ProblemSeverity.Error);

    private EquatableArray<Problem> Survey(HashSet<string> silent)
    {
        List<Problem> notes = [];
        foreach (BlockCompleteness surveyed in Model is null ? [] : CompletenessReport.Of(Model))
        {
            // Registers in no view have a rule of their own.
            BlockCompleteness block = surveyed with { Items = new([.. surveyed.Items.Where(item => item.Kind != UnsaidKind.View)]) };
            if (block.Items.Count != 0 && !silent.Contains(block.Block) && Positions.TryFind(block.Block, out FilePosition at))
            {
                EquatableArray<string> arguments = new([block.Block, CompletenessReport.Summary(block)]);
                notes.Add(new Problem(ProblemRules.Unsaid, at.Path, at.Range, arguments));
            }
        }

        return new EquatableArray<Problem>(notes.ToArray());
    }
}
