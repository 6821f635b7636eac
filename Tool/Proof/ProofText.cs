using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Sluice.Registers.Description;
using Sluice.Tool.Input;
using Sluice.Tool.Output;

namespace Sluice.Tool.Proof;

/// <summary>The proof as text.</summary>
internal static class ProofText
{
    public static string Write(IReadOnlyList<CheckedDescription> descriptions)
    {
        StringBuilder text = new();
        List<ViewProof> all = [];
        foreach (CheckedDescription description in descriptions)
        {
            IReadOnlyList<ViewProof> proofs = ProofReading.Of(description);
            all.AddRange(proofs);
            foreach (ViewProof proof in proofs)
            {
                Append(text, proof);
            }
        }

        ProofTotals totals = new(all);
        text.Append("total, ").Append(Amount.Of(totals.Views, "view")).Append('\n');
        text.Append("  ").Append(totals.RegistersText).Append('\n');
        text.Append("  ").Append(totals.WrittenText).Append('\n');
        text.Append("  ").Append(Amount.Of(totals.Suppressed, "suppressed problem")).Append('\n');
        ProblemText.Append(text, descriptions);
        return text.ToString();
    }

    private static void Append(StringBuilder text, ViewProof proof)
    {
        ProofTotals totals = new([proof]);
        text.Append("block ").Append(proof.Block.Name).Append(", view ").Append(proof.View.Name).Append(" (").Append(proof.Position.Path).Append(':');
        text.Append(proof.Position.Range.Line.ToString(CultureInfo.InvariantCulture)).Append(")\n");
        text.Append("  ").Append(totals.RegistersText).Append('\n');
        text.Append("  ").Append(totals.WrittenText).Append('\n');
        foreach (RegisterProof register in proof.Registers.Where(register => register.Policy is not null))
        {
            Append(text, register);
        }

        List<string> omitted = proof.Registers.Where(register => register.Policy is null).Select(register => register.Register.Name).ToList();
        if (omitted.Count != 0)
        {
            text.Append("  not mentioned: ").AppendJoin(' ', omitted).Append('\n');
        }

        foreach (SuppressedProblem suppressed in proof.Suppressed)
        {
            text.Append("  suppressed: ").Append(suppressed.Problem.Rule.Id).Append(suppressed.Register.Length == 0 ? "" : " at " + suppressed.Register);
            text.Append(": ").Append(suppressed.Reason).Append(" (").Append(suppressed.Problem.Message).Append(")\n");
        }

        text.Append('\n');
    }

    private static void Append(StringBuilder text, RegisterProof register)
    {
        PolicyModel policy = register.Policy!;
        text.Append("  ").Append(register.Register.Name).Append(' ').Append(register.Treatment);
        if (policy.Kind == PolicyKind.Constant)
        {
            text.Append(' ').Append(SanitizerText.Hex(policy.ResetValue));
        }
        else if (policy.Kind != PolicyKind.Denied)
        {
            text.Append(", visible ").Append(SanitizerText.Hex(policy.Visible)).Append(", writable ").Append(SanitizerText.Hex(policy.Writable));
        }

        text.Append('\n');
        foreach (WrittenBits written in register.Written)
        {
            string name = written.Name.Length == 0 ? "(whole register)" : written.Name;
            string high = written.HighBit.ToString(CultureInfo.InvariantCulture);
            string low = written.LowBit.ToString(CultureInfo.InvariantCulture);
            text.Append("    ").Append(name).Append(" [").Append(high).Append(':').Append(low).Append(']');
            text.Append(written.Action.Length == 0 ? "" : " " + written.Action).Append(" to ").Append(written.Destination).Append(": ").Append(Verdict(written)).Append('\n');
        }
    }

    /// <summary>How a field is made fit, or that it is not.</summary>
    public static string Verdict(WrittenBits written)
        => written.Sanitizer.Length != 0 ? written.Sanitizer : written.Reason.Length != 0 ? "no sanitizer, suppressed: " + written.Reason : "OPEN, no sanitizer";
}
