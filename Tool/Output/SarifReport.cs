using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Sluice.Registers.Description;
using Sluice.Tool.Input;
using Sluice.Tool.Proof;

namespace Sluice.Tool.Output;

/// <summary>
/// Problems, and on demand the proof, as SARIF 2.1.0 (OASIS standard). A field that is sanitized is a result of kind <c>pass</c> of the rule that asks
/// for it; what the description suppresses is a result with a suppression.
/// </summary>
internal static class SarifReport
{
    private static readonly JsonWriterOptions s_options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IReadOnlyList<CheckedDescription> descriptions, bool isProof)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, s_options))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            WriteRun(json, descriptions, isProof);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    private static void WriteRun(Utf8JsonWriter json, IReadOnlyList<CheckedDescription> descriptions, bool isProof)
    {
        json.WriteStartObject();
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "sluice");
        json.WriteString("version", typeof(SarifReport).Assembly.GetName().Version!.ToString(3));
        json.WriteString("informationUri", "https://github.com/sluice-dev/sluice");
        json.WriteStartArray("rules");
        foreach (ProblemRule rule in ProblemRules.All)
        {
            WriteRule(json, rule);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteString("columnKind", "utf16CodeUnits");
        json.WriteStartArray("results");
        foreach (Problem problem in descriptions.SelectMany(description => description.Result.Problems).Distinct())
        {
            WriteProblem(json, problem, reason: null);
        }

        foreach (SuppressedProblem suppressed in descriptions.SelectMany(description => description.Result.Suppressed).Distinct())
        {
            WriteProblem(json, suppressed.Problem, suppressed.Reason);
        }

        List<ViewProof> proofs = isProof ? descriptions.SelectMany(ProofReading.Of).ToList() : [];
        foreach (ViewProof proof in proofs)
        {
            WriteProof(json, proof);
        }

        json.WriteEndArray();
        if (isProof)
        {
            WriteTotals(json, new ProofTotals(proofs));
        }

        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, ProblemRule rule)
    {
        json.WriteStartObject();
        json.WriteString("id", rule.Id);
        WriteText(json, "shortDescription", rule.Title);
        json.WriteString("helpUri", rule.HelpLink);
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", Level(rule.DefaultSeverity));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("category", rule.Category);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteProblem(Utf8JsonWriter json, Problem problem, string? reason)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", problem.Rule.Id);
        json.WriteNumber("ruleIndex", IndexOf(problem.Rule));
        json.WriteString("level", Level(problem.Severity));
        WriteText(json, "message", problem.Message);
        WriteLocation(json, problem.Path, problem.Range, name: null);
        if (reason is not null)
        {
            json.WriteStartArray("suppressions");
            json.WriteStartObject();
            json.WriteString("kind", "inSource");
            json.WriteString("justification", reason);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static void WriteProof(Utf8JsonWriter json, ViewProof proof)
    {
        foreach (RegisterProof register in proof.Registers)
        {
            string name = proof.Block.Name + "/@" + proof.View.Name + "/" + register.Register.Name;
            WriteFinding(json, "informational", "'" + register.Register.Name + "' is " + register.Treatment + " in view '" + proof.View.Name + "' of '" + proof.Block.Name + "'", register.Position, name);
            foreach (WrittenBits written in register.Written.Where(written => written.Sanitizer.Length != 0))
            {
                string field = written.Name.Length == 0 ? register.Register.Name : written.Name;
                string message = "'" + field + "' of '" + register.Register.Name + "' goes to " + written.Destination + " through " + written.Sanitizer;
                WriteFinding(json, "pass", message, register.Position, written.Name.Length == 0 ? name : name + "/" + written.Name);
            }
        }
    }

    private static void WriteFinding(Utf8JsonWriter json, string kind, string message, FilePosition position, string name)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", ProblemRules.MissingSanitizer.Id);
        json.WriteNumber("ruleIndex", IndexOf(ProblemRules.MissingSanitizer));
        json.WriteString("kind", kind);
        json.WriteString("level", "none");
        WriteText(json, "message", message);
        WriteLocation(json, position.Path, position.Range, name);
        json.WriteEndObject();
    }

    private static void WriteTotals(Utf8JsonWriter json, ProofTotals totals)
    {
        json.WriteStartObject("properties");
        json.WriteNumber("views", totals.Views);
        json.WriteNumber("registers", totals.Registers);
        json.WriteNumber("registersNotMentioned", totals.NotMentioned);
        json.WriteNumber("writableFields", totals.Written);
        json.WriteNumber("sanitized", totals.Sanitized);
        json.WriteNumber("suppressedWithReason", totals.Excused);
        json.WriteNumber("open", totals.Open);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string property, string text)
    {
        json.WriteStartObject(property);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, string path, TextRange range, string? name)
    {
        json.WriteStartArray("locations");
        json.WriteStartObject();
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", string.Join('/', path.Split('/').Select(Uri.EscapeDataString)));
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", range.Line);
        json.WriteNumber("startColumn", range.Column);
        json.WriteNumber("endLine", range.EndLine);
        json.WriteNumber("endColumn", range.EndColumn);
        json.WriteEndObject();
        json.WriteEndObject();
        if (name is not null)
        {
            json.WriteStartArray("logicalLocations");
            json.WriteStartObject();
            json.WriteString("fullyQualifiedName", name);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string Level(ProblemSeverity severity) => severity switch
    {
        ProblemSeverity.Error => "error",
        ProblemSeverity.Warning => "warning",
        _ => "note",
    };

    private static int IndexOf(ProblemRule rule)
    {
        int index = 0;
        while (ProblemRules.All[index] != rule)
        {
            index++;
        }

        return index;
    }
}
