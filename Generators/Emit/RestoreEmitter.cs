using System.Linq;
using Sluice.Generators.Layout;
using Sluice.Generators.Output;
using Sluice.Registers.Description;

namespace Sluice.Generators.Emit;

/// <summary>Taking the state back from a snapshot, which may be a guest's own work: a field that has a sanitizer must hold what that lets in.</summary>
internal static class RestoreEmitter
{
    /// <summary>Writes the method, and one for each register that is checked.</summary>
    public static void Emit(SourceWriter writer, ViewContext view)
    {
        RegisterPolicy[] policies = view.Layout.Policies;
        bool asks = policies.Any(static policy => IsChecked(policy) && AsksHooks(policy));
        string generic = asks ? view.Generic : "";
        string outcome = Library.Namespace + "RestoreOutcome";
        XmlDoc.Summary(
            writer,
            "Takes the state back from a snapshot.",
            "A sanitized field must hold what its sanitizer lets in, or its reset value; what a method has made of a value, it must leave as it is.");
        if (asks)
        {
            writer.Line("/// <typeparam name=\"THooks\">The hooks.</typeparam>");
        }

        XmlDoc.Parameter(writer, "source", "The snapshot, not trusted.");
        if (asks)
        {
            XmlDoc.Parameter(writer, "hooks", "Who knows what the guest owns.");
        }

        XmlDoc.Returns(writer, "What became of it, and the register for which the snapshot was refused; then nothing has changed.");
        using (writer.Block("public " + outcome + " Restore" + generic + "(" + Library.ReadOnlySpan + "<byte> source" + (asks ? view.Parameter : "") + ")" + (asks ? view.Constraint : "")))
        {
            bool hasChecks = policies.Any(IsChecked);
            if (hasChecks)
            {
                writer.Line("Storage before = _words;");
            }

            using (writer.Block("if (!" + Library.RegisterSnapshot + ".TryRestore<Tables>(_words, source))"))
            {
                writer.Line("return new(" + Library.Namespace + "RestoreResult.OtherMap);");
            }

            writer.Line();
            for (int index = 0; index < policies.Length; index++)
            {
                if (IsChecked(policies[index]))
                {
                    EmitCall(writer, view, policies[index], index);
                }
            }

            writer.Line("return new(" + Library.Namespace + "RestoreResult.Restored);");
        }

        writer.Line();
        foreach (RegisterPolicy policy in policies.Where(IsChecked))
        {
            EmitHolds(writer, view, policy);
        }
    }

    // A long array has no state that a snapshot could bring back.
    private static bool IsChecked(RegisterPolicy policy) => policy.HasChecks && !LongArrays.IsLong(policy.Register);

    private static bool AsksHooks(RegisterPolicy policy)
        => policy.Policy.Sanitizers.Any(static sanitizer => sanitizer.Kind is SanitizerKind.GuestAddress or SanitizerKind.OwnedIndex or SanitizerKind.Method);

    private static void EmitCall(SourceWriter writer, ViewContext view, RegisterPolicy policy, int index)
    {
        RegisterModel register = policy.Register;
        string hooks = AsksHooks(policy) ? "ref hooks" : "";
        if (!register.Dimension.IsArray)
        {
            EmitRefusal(writer, "Holds" + register.TypeName + "(" + hooks + ")", index, "0");
            return;
        }

        using (writer.Block("for (uint element = 0; element < " + Literal.UInt(register.Dimension.Count) + "; element++)"))
        {
            EmitRefusal(writer, "Holds" + register.TypeName + "(element" + (hooks.Length == 0 ? "" : ", " + hooks) + ")", index, "element");
        }

        writer.Line();
    }

    private static void EmitRefusal(SourceWriter writer, string holds, int index, string element)
    {
        using (writer.Block("if (!" + holds + ")"))
        {
            writer.Line("_words = before;");
            writer.Line("return new(" + Literal.Number(index) + ", " + element + ");");
        }

        writer.Line();
    }

    private static void EmitHolds(SourceWriter writer, ViewContext view, RegisterPolicy policy)
    {
        RegisterModel register = policy.Register;
        bool isArray = register.Dimension.IsArray;
        bool asks = AsksHooks(policy);
        string parameters = (isArray ? "uint element" : "") + (isArray && asks ? ", " : "") + (asks ? "ref THooks hooks" : "");
        string number = RegisterText.Number(register.WidthBits);
        string offset = Literal.UInt(register.Offset) + (isArray ? " + (element * " + Literal.UInt(register.Dimension.StrideBytes) + ")" : "");
        using (writer.Block("private readonly bool Holds" + register.TypeName + (asks ? view.Generic : "") + "(" + parameters + ")" + (asks ? view.Constraint : "")))
        {
            writer.Line(number + " held = " + DispatchEmitter.Stored(register, "element") + ".Value;");
            writer.Line(number + " reset = (" + number + ")" + Library.RegisterFile + ".ResetValue<Tables>(" + offset + ", " + Literal.Number(register.WidthBits / 8) + ");");
            writer.Line(number + " bits = held;");
            AfterWriteEmitter.EmitChecks(
                writer,
                policy,
                "~held",
                check => "((held ^ reset) & " + Literal.Unsigned(check.Bits, register.WidthBits) + ") != 0");
            writer.Line("return bits == held;");
        }

        writer.Line();
    }
}
