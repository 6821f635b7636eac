namespace Sluice.Registers.Description;

/// <summary>Named steps over a block's own registers, or over those of a device's blocks, such as those that bring it up.</summary>
/// <param name="Name">The name in the description.</param>
/// <param name="TypeName">The name in code, .NET style; the method is called <c>Try</c> and this.</param>
/// <param name="Description">What it does.</param>
/// <param name="Source">Where the steps come from; empty when the description does not say.</param>
/// <param name="Steps">The steps, in order.</param>
public sealed record SequenceModel(string Name, string TypeName, string Description, string Source, EquatableArray<StepModel> Steps)
{
    /// <summary>What is in doubt about the steps; empty when nothing is.</summary>
    public string Unsure { get; init; } = "";

    /// <summary>What the caller gives, in order: those that are declared, then those that are bits of a register, as they are met.</summary>
    public EquatableArray<ArgumentModel> Arguments { get; init; }

    /// <summary>The steps that put things back when one of <see cref="Steps"/> fails; none when nothing is to be done. No poll is among them.</summary>
    public EquatableArray<StepModel> Undo { get; init; }
}
