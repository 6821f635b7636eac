using System.Collections.Generic;
using Sluice.Registers.Description;

namespace Sluice.Tool.Proof;

/// <summary>How a view treats one register.</summary>
/// <param name="Register">The register.</param>
/// <param name="Policy">Its policy; null when the view does not mention it, so that it is denied.</param>
/// <param name="Position">Where the policy stands in the description; the view's place when it has none.</param>
/// <param name="Written">What of it the view's party may write.</param>
internal sealed record RegisterProof(RegisterModel Register, PolicyModel? Policy, FilePosition Position, IReadOnlyList<WrittenBits> Written)
{
    /// <summary>The policy, in the words of the description.</summary>
    public string Treatment => Policy switch
    {
        null => "not mentioned",
        { Kind: PolicyKind.Hooked, HooksRead: true, HooksWrite: true } => "hooked on read and write",
        { Kind: PolicyKind.Hooked, HooksRead: true } => "hooked on read",
        { Kind: PolicyKind.Hooked } => "hooked on write",
        { Kind: PolicyKind.Constant } => "constant",
        { Kind: PolicyKind.Emulated } => "emulated",
        { Kind: PolicyKind.Passthrough } => "passthrough",
        _ => "denied",
    };
}
