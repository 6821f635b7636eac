using System.Collections.Generic;
using System.Linq;
using Sluice.Registers.Description;
using Sluice.Tool.Output;

namespace Sluice.Tool.Proof;

/// <summary>What a proof adds up to.</summary>
internal sealed class ProofTotals(IReadOnlyList<ViewProof> proofs)
{
    private readonly List<RegisterProof> _registers = proofs.SelectMany(proof => proof.Registers).ToList();
    private readonly List<WrittenBits> _written = proofs.SelectMany(proof => proof.Registers).SelectMany(register => register.Written).ToList();

    public int Views => proofs.Count;

    public int Registers => _registers.Count;

    public int NotMentioned => _registers.Count(register => register.Policy is null);

    public int Written => _written.Count;

    public int Sanitized => _written.Count(written => written.Sanitizer.Length != 0);

    public int Excused => _written.Count(written => written.Sanitizer.Length == 0 && written.Reason.Length != 0);

    public int Open => _written.Count(written => written.IsOpen);

    public int Suppressed => proofs.SelectMany(proof => proof.Suppressed).Distinct().Count();

    /// <summary>How many registers have a policy.</summary>
    public int Of(PolicyKind kind) => _registers.Count(register => register.Policy?.Kind == kind);

    /// <summary>How many values go to a destination.</summary>
    public int To(string destination) => _written.Count(written => written.Destination == destination);

    /// <summary>The registers, in words.</summary>
    public string RegistersText => Amount.Of(Registers, "register") + ": " + string.Join(
        ", ",
        Of(PolicyKind.Passthrough) + " passthrough",
        Of(PolicyKind.Hooked) + " hooked",
        Of(PolicyKind.Emulated) + " emulated",
        Of(PolicyKind.Constant) + " constant",
        Of(PolicyKind.Denied) + " denied",
        NotMentioned + " not mentioned, so denied");

    /// <summary>The writable fields, in words.</summary>
    public string WrittenText => Amount.Of(Written, "writable field") + ": " + string.Join(
        ", ",
        To("hardware") + " to hardware",
        To("hook") + " to hooks",
        To("storage") + " to storage",
        Sanitized + " sanitized",
        Excused + " suppressed with a reason",
        Open + " open");
}
