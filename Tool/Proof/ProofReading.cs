using System.Collections.Generic;
using System.Linq;
using Sluice.Registers.Description;
using Sluice.Tool.Input;

namespace Sluice.Tool.Proof;

/// <summary>Makes the proof of a description: for each view, how each register and each bit that its party may write is treated.</summary>
internal static class ProofReading
{
    /// <summary>One proof for each view, in the order of the description. A block that could not be read has none; its problems say why.</summary>
    public static IReadOnlyList<ViewProof> Of(CheckedDescription description)
    {
        List<ViewProof> proofs = [];
        foreach (BlockModel block in description.Result.Model?.Blocks ?? default)
        {
            foreach (ViewModel view in block.Views)
            {
                proofs.Add(Of(description.Result, description.Root, block, view));
            }
        }

        return proofs;
    }

    private static ViewProof Of(DescriptionResult result, SourceFile root, BlockModel block, ViewModel view)
    {
        List<SuppressedProblem> suppressed = result.Suppressed
            .Where(problem => problem.Block == block.Name && (problem.View.Length == 0 || problem.View == view.Name))
            .ToList();
        string path = block.Name + "/@" + view.Name;
        FilePosition viewPosition = result.Positions.TryFind(path, out FilePosition found) ? found : new FilePosition(root.Path, new TextRange(1, 1, 1, 1));
        Dictionary<int, PolicyModel> policies = view.Policies.ToDictionary(policy => policy.Register);
        List<RegisterProof> registers = [];
        for (int index = 0; index < block.Registers.Count; index++)
        {
            RegisterModel register = block.Registers[index];
            PolicyModel? policy = policies.GetValueOrDefault(index);
            FilePosition position = policy is not null && result.Positions.TryFind(path + "/" + register.Name, out FilePosition at) ? at : viewPosition;
            registers.Add(new RegisterProof(register, policy, position, policy is null ? [] : Written(register, policy, view, suppressed, result)));
        }

        return new ViewProof(block, view, viewPosition, registers, suppressed);
    }

    private static List<WrittenBits> Written(
        RegisterModel register, PolicyModel policy, ViewModel view, List<SuppressedProblem> suppressed, DescriptionResult result)
    {
        string destination = policy switch
        {
            { Kind: PolicyKind.Passthrough } => "hardware",
            { HooksWrite: true } => "hook",
            _ => "storage",
        };
        ulong writable = policy.Writable & register.Masks.Writable;
        List<WrittenBits> written = [];
        if (register.Fields.Count == 0 && writable != 0)
        {
            string reason = ReasonFor(register.Name, register.Name, view, suppressed);
            bool isReported = result.Problems.Any(problem => problem.Rule == ProblemRules.MissingSanitizer
                && problem.Arguments[0] == register.Name && problem.Arguments[2] == view.Name);
            string sanitizer = reason.Length != 0 || isReported ? "" : "mask";
            written.Add(new WrittenBits("", register.WidthBits - 1, 0, writable, "", destination, sanitizer, reason));
        }

        Dictionary<int, SanitizerModel> sanitizers = policy.Sanitizers.ToDictionary(sanitizer => sanitizer.Field);
        for (int index = 0; index < register.Fields.Count; index++)
        {
            FieldModel field = register.Fields[index];
            ulong bits = field.Mask & writable;
            if (bits != 0)
            {
                string sanitizer = sanitizers.TryGetValue(index, out SanitizerModel? found) ? SanitizerText.Of(found, field) : "";
                string reason = sanitizer.Length == 0 ? ReasonFor(register.Name, field.Name, view, suppressed) : "";
                int highBit = field.LowBit + field.WidthBits - 1;
                written.Add(new WrittenBits(field.Name, highBit, field.LowBit, bits, SanitizerText.Of(field.Write), destination, sanitizer, reason));
            }
        }

        return written;
    }

    private static string ReasonFor(string register, string field, ViewModel view, List<SuppressedProblem> suppressed)
        => suppressed.Find(problem => problem.Problem.Rule == ProblemRules.MissingSanitizer
            && problem.View == view.Name && problem.Register == register && problem.Problem.Arguments[0] == field)?.Reason ?? "";
}
