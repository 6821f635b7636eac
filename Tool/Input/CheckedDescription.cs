using Sluice.Registers.Description;

namespace Sluice.Tool.Input;

/// <summary>A description that was read.</summary>
/// <param name="Root">The file that it begins with.</param>
/// <param name="Result">Its model and problems.</param>
internal sealed record CheckedDescription(SourceFile Root, DescriptionResult Result);
