using Sluice.Registers.Description;

namespace Sluice.Generators.Pipeline;

/// <summary>A block and all that its source depends on.</summary>
/// <param name="Block">The block.</param>
/// <param name="Namespace">The namespace of its code.</param>
/// <param name="HintName">The name of its file, unique in the compilation.</param>
/// <param name="Driver">The indices of the registers that the side of whoever drives the block is made of; null without that side: then only what its views need.</param>
internal sealed record BlockOutput(BlockModel Block, string Namespace, string HintName, EquatableArray<int>? Driver);
