using Microsoft.CodeAnalysis.Text;
using Sluice.Registers.Description;

namespace Sluice.Generators.Pipeline;

/// <summary>A problem that takes meaning from a part of a description.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Span">Its place in characters from the start of its file.</param>
internal sealed record Failure(Problem Problem, TextSpan Span);
