using System.Collections.Generic;
using Sluice.Registers.Description;

namespace Sluice.Tool.Proof;

/// <summary>How a view treats the registers of its block.</summary>
/// <param name="Block">The block.</param>
/// <param name="View">The view.</param>
/// <param name="Position">Where the view stands in the description.</param>
/// <param name="Registers">All registers of the block, in its order.</param>
/// <param name="Suppressed">What the description suppresses in this view, or in the whole block.</param>
internal sealed record ViewProof(
    BlockModel Block,
    ViewModel View,
    FilePosition Position,
    IReadOnlyList<RegisterProof> Registers,
    IReadOnlyList<SuppressedProblem> Suppressed);
