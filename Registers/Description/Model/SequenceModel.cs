namespace Sluice.Registers.Description;

/// <summary>Named steps over a block's own registers, such as those that bring it up.</summary>
/// <param name="Name">The name in the description.</param>
/// <param name="TypeName">The name in code, .NET style; the method is called <c>Try</c> and this.</param>
/// <param name="Description">What it does.</param>
/// <param name="Source">Where the steps come from; empty when the description does not say.</param>
/// <param name="Steps">The steps, in order.</param>
public sealed record SequenceModel(string Name, string TypeName, string Description, string Source, EquatableArray<StepModel> Steps);
