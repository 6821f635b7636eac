using System.Linq;
using Sluice.Generators.Layout;
using Sluice.Generators.Output;

namespace Sluice.Generators.Emit;

/// <summary>One view: storage, tables, and the two ways in, by width and by lanes.</summary>
internal static class ViewEmitter
{
    /// <summary>Writes the hooks' interface and the view.</summary>
    public static void Emit(SourceWriter writer, ViewLayout layout)
    {
        ViewContext view = new(layout);
        if (layout.NeedsHooks)
        {
            HooksEmitter.Emit(writer, view);
        }

        XmlDoc.Summary(
            writer,
            layout.Block.Name + " as the view " + layout.View.Name + " shows it: state, and the answer to each access.",
            "A byte that is not described, or that is denied, reads as " + (layout.View.AbsentOnes ? "ones" : "zeros") + "; a write to it is dropped.");
        writer.Line(Library.TrapPath);
        using (writer.Block("public partial struct " + view.Name))
        {
            EmitStorage(writer, layout);
            EmitRead(writer, view);
            EmitWrite(writer, view);
            EmitRest(writer, layout);
            RestoreEmitter.Emit(writer, view);
            foreach (RegisterPolicy policy in layout.Policies)
            {
                StateEmitter.Emit(writer, layout, policy);
            }

            DispatchEmitter.Emit(writer, view);
            ConformanceEmitter.Emit(writer, layout);
            TablesEmitter.Emit(writer, layout);
        }

        writer.Line();
    }

    private static void EmitStorage(SourceWriter writer, ViewLayout layout)
    {
        writer.Line("private Storage _words;");
        writer.Line();
        XmlDoc.Summary(writer, "Number of words that the view describes.");
        writer.Line("public const int SlotCount = " + Literal.Number(layout.Slots.Length) + ";");
        writer.Line();
        XmlDoc.Summary(writer, "Size of the block in bytes.");
        writer.Line("public const uint SizeBytes = " + Literal.Hex(layout.SizeBytes) + ";");
        writer.Line();
        XmlDoc.Summary(writer, "Size of a snapshot in bytes.");
        writer.Line("public const int SnapshotBytes = " + Literal.Number(sizeof(ulong) + ((long)layout.StoredWords * sizeof(uint))) + ";");
        writer.Line();
    }

    private static void EmitRead(SourceWriter writer, ViewContext view)
    {
        string word = "ReadWord(offset, " + Library.Lanes + ".Within(offset, width)" + view.Argument + ", out uint word)";
        XmlDoc.Summary(writer, "Reads the block.");
        EmitAccessParameters(writer, view);
        XmlDoc.Parameter(writer, "value", "What is read, right-aligned, upper bits zero.");
        XmlDoc.Returns(writer, "Rejected for a misaligned access and for one that passes the end of the block; Denied when any byte is.");
        writer.Line(Library.Inline);
        using (writer.Block("public " + Library.AccessResult + " Read" + view.Generic + "(uint offset, " + Library.AccessWidth + " width" + view.Parameter + ", out ulong value)" + view.Constraint))
        {
            using (writer.Block("if (" + Library.AccessBounds + ".IsInWord(offset, width, out uint bytes) && " + Library.RegisterFile + ".TryReadPlain<Tables>(_words, offset, out uint word))"))
            {
                writer.Line("value = " + Library.AccessBounds + ".Extract(word, offset, bytes);");
                writer.Line("return " + Library.AccessResult + ".Done;");
            }

            writer.Line();
            writer.Line(Library.ReadAnswer + " rest = ReadRest(offset, width" + view.Argument + ");");
            writer.Line("value = rest.Value;");
            writer.Line("return rest.Result;");
        }

        writer.Line();
        writer.Line(Library.NoInline);
        using (writer.Block("private " + Library.ReadAnswer + " ReadRest" + view.Generic + "(uint offset, " + Library.AccessWidth + " width" + view.Parameter + ")" + view.Constraint))
        {
            using (writer.Block("if (!" + Library.AccessBounds + ".Admit(SizeBytes, offset, width))"))
            {
                writer.Line("return new(" + Library.AccessBounds + ".Absent<Tables>(width), " + Library.AccessResult + ".Rejected);");
            }

            writer.Line();
            using (writer.Block("if (width == " + Library.AccessWidth + ".DoubleWord)"))
            {
                writer.Line("return ReadDoubleWord(offset" + view.Argument + ");");
            }

            writer.Line();
            writer.Line(Library.AccessResult + " result = " + word + ";");
            writer.Line("return new(" + Library.AccessBounds + ".Extract(word, offset, width), result);");
        }

        writer.Line();
        XmlDoc.Summary(writer, "Reads lanes of one word.");
        EmitLaneParameters(writer, view);
        XmlDoc.Parameter(writer, "value", "The word. Bytes outside the lanes are not meaningful.");
        XmlDoc.Returns(writer, "Denied when any byte of the lanes is.");
        writer.Line(Library.Inline);
        using (writer.Block("public " + Library.AccessResult + " ReadWord" + view.Generic + "(uint offset, " + Library.Lanes + " lanes" + view.Parameter + ", out uint value)" + view.Constraint))
        {
            string read = Library.RegisterFile + ".Read<Tables>(_words, offset, lanes, out value)";
            if (HasReads(view.Layout))
            {
                writer.Line(Library.AccessOutcome + " outcome = " + read + ";");
                writer.Line("return outcome.Hook == 0 ? outcome.Result : ReadSeen(offset, lanes, outcome" + view.Argument + ", ref value);");
            }
            else
            {
                writer.Line("return " + read + ".Result;");
            }
        }

        writer.Line();
        writer.Line(Library.NoInline);
        using (writer.Block("private " + Library.ReadAnswer + " ReadDoubleWord" + view.Generic + "(uint offset" + view.Parameter + ")" + view.Constraint))
        {
            if (view.Layout.HasHighFirst)
            {
                using (writer.Block("if (" + Library.RegisterFile + ".IsHighFirst<Tables>(_words, offset))"))
                {
                    writer.Line(Library.AccessResult + " upper = ReadWord(offset + 4, " + Library.Lanes + ".DoubleWord" + view.Argument + ", out uint held);");
                    writer.Line(Library.AccessResult + " lower = ReadWord(offset, " + Library.Lanes + ".DoubleWord" + view.Argument + ", out uint rest);");
                    writer.Line("return new(rest | ((ulong)held << 32), lower > upper ? lower : upper);");
                }

                writer.Line();
            }

            writer.Line(Library.AccessResult + " first = ReadWord(offset, " + Library.Lanes + ".DoubleWord" + view.Argument + ", out uint low);");
            writer.Line(Library.AccessResult + " second = ReadWord(offset + 4, " + Library.Lanes + ".DoubleWord" + view.Argument + ", out uint high);");
            writer.Line("return new(low | ((ulong)high << 32), first > second ? first : second);");
        }

        writer.Line();
    }

    private static void EmitWrite(SourceWriter writer, ViewContext view)
    {
        string moved = "(value.Untrusted << " + Library.AccessBounds + ".Shift(offset))";
        XmlDoc.Summary(writer, "Writes the block.");
        EmitAccessParameters(writer, view);
        XmlDoc.Parameter(writer, "value", "What is written, right-aligned; bits beyond the width do not count.");
        XmlDoc.Returns(writer, "Rejected for a misaligned access and for one that passes the end of the block; Denied when any byte is.");
        writer.Line(Library.Inline);
        using (writer.Block("public " + Library.AccessResult + " Write" + view.Generic + "(uint offset, " + Library.AccessWidth + " width, " + Library.GuestValue + " value" + view.Parameter + ")" + view.Constraint))
        {
            string plain = Library.RegisterFile + ".TryWritePlain<Tables>(_words, offset, bytes << " + Library.AccessBounds + ".Shift(offset), (uint)" + moved + ")";
            writer.Line("return " + Library.AccessBounds + ".IsInWord(offset, width, out uint bytes) && " + plain);
            using (writer.Indent())
            {
                writer.Line("? " + Library.AccessResult + ".Done");
                writer.Line(": WriteRest(offset, width, value" + view.Argument + ");");
            }
        }

        writer.Line();
        writer.Line(Library.NoInline);
        using (writer.Block("private " + Library.AccessResult + " WriteRest" + view.Generic + "(uint offset, " + Library.AccessWidth + " width, " + Library.GuestValue + " value" + view.Parameter + ")" + view.Constraint))
        {
            using (writer.Block("if (!" + Library.AccessBounds + ".Admit(SizeBytes, offset, width))"))
            {
                writer.Line("return " + Library.AccessResult + ".Rejected;");
            }

            writer.Line();
            writer.Line("return width == " + Library.AccessWidth + ".DoubleWord");
            using (writer.Indent())
            {
                writer.Line("? WriteDoubleWord(offset, value" + view.Argument + ")");
                writer.Line(": WriteWord(offset, " + Library.Lanes + ".Within(offset, width), new " + Library.GuestValue + moved + view.Argument + ");");
            }
        }

        writer.Line();
        XmlDoc.Summary(writer, "Writes lanes of one word.");
        EmitLaneParameters(writer, view);
        XmlDoc.Parameter(writer, "value", "What is written, in its lanes.");
        XmlDoc.Returns(writer, "Denied when any byte of the lanes is.");
        writer.Line(Library.Inline);
        using (writer.Block("public " + Library.AccessResult + " WriteWord" + view.Generic + "(uint offset, " + Library.Lanes + " lanes, " + Library.GuestValue + " value" + view.Parameter + ")" + view.Constraint))
        {
            string write = Library.RegisterFile + ".Write<Tables>(_words, offset, lanes, (uint)value.Untrusted, out uint old)";
            if (HasWrites(view.Layout))
            {
                writer.Line(Library.AccessOutcome + " outcome = " + write + ";");
                writer.Line("return outcome.Hook == 0 ? outcome.Result : WriteSeen(offset, lanes, (uint)value.Untrusted, old, outcome" + view.Argument + ");");
            }
            else
            {
                writer.Line("return " + write.Replace("out uint old", "out _") + ".Result;");
            }
        }

        writer.Line();
        EmitWriteDoubleWord(writer, view);
    }

    // A write of eight bytes to a 64-bit register is one write: the register is whole before anything looks at it.
    private static void EmitWriteDoubleWord(SourceWriter writer, ViewContext view)
    {
        writer.Line(Library.NoInline);
        using (writer.Block("private " + Library.AccessResult + " WriteDoubleWord" + view.Generic + "(uint offset, " + Library.GuestValue + " value" + view.Parameter + ")" + view.Constraint))
        {
            if (view.Layout.HasHighFirst)
            {
                using (writer.Block("if (" + Library.RegisterFile + ".IsHighFirst<Tables>(_words, offset))"))
                {
                    writer.Line(Library.AccessResult + " upper = WriteWord(offset + 4, " + Library.Lanes + ".DoubleWord, new " + Library.GuestValue + "(value.Untrusted >> 32)" + view.Argument + ");");
                    writer.Line(Library.AccessResult + " lower = WriteWord(offset, " + Library.Lanes + ".DoubleWord, value" + view.Argument + ");");
                    writer.Line("return lower > upper ? lower : upper;");
                }

                writer.Line();
            }

            HookShape[] wide = DispatchEmitter.WideShapes(view.Layout);
            if (wide.Length != 0)
            {
                DispatchEmitter.EmitWide(writer, view, wide);
            }
            else
            {
                writer.Line(Library.AccessResult + " first = WriteWord(offset, " + Library.Lanes + ".DoubleWord, value" + view.Argument + ");");
            }

            writer.Line(Library.AccessResult + " second = WriteWord(offset + 4, " + Library.Lanes + ".DoubleWord, new " + Library.GuestValue + "(value.Untrusted >> 32)" + view.Argument + ");");
            writer.Line("return first > second ? first : second;");
        }

        writer.Line();
    }

    private static void EmitRest(SourceWriter writer, ViewLayout layout)
    {
        XmlDoc.Summary(writer, "Reads one word without any effect and without a hook: for debuggers and traces.");
        XmlDoc.Parameter(writer, "offset", "Byte offset in the block; the low two bits do not count.");
        XmlDoc.Returns(writer, "What is stored, as far as a read shows it; the absent value where nothing is described.");
        writer.Line("public readonly uint Peek(uint offset) => " + Library.RegisterFile + ".Peek<Tables>(_words, offset);");
        writer.Line();
        XmlDoc.Summary(writer, "Puts every register to its reset value.");
        XmlDoc.Parameter(writer, "kind", "Whether sticky bits survive.");
        writer.Line("public void Reset(" + Library.Namespace + "ResetKind kind) => " + Library.RegisterFile + ".Reset<Tables>(_words, kind);");
        writer.Line();
        XmlDoc.Summary(writer, "Saves the state.");
        XmlDoc.Parameter(writer, "destination", "Receives the snapshot, SnapshotBytes long.");
        XmlDoc.Returns(writer, "False, with nothing written, when the destination is too short.");
        writer.Line("public readonly bool TrySave(" + Library.Span + "<byte> destination) => " + Library.RegisterSnapshot + ".TrySave<Tables>(_words, destination);");
        writer.Line();
    }

    private static void EmitAccessParameters(SourceWriter writer, ViewContext view)
    {
        XmlDoc.Parameter(writer, "offset", "Byte offset in the block; any value.");
        XmlDoc.Parameter(writer, "width", "How wide the access is.");
        EmitHooksParameter(writer, view);
    }

    private static void EmitLaneParameters(SourceWriter writer, ViewContext view)
    {
        XmlDoc.Parameter(writer, "offset", "Byte offset of the word; any value, the low two bits do not count.");
        XmlDoc.Parameter(writer, "lanes", "The bytes that are accessed.");
        EmitHooksParameter(writer, view);
    }

    private static void EmitHooksParameter(SourceWriter writer, ViewContext view)
    {
        if (view.Layout.NeedsHooks)
        {
            writer.Line("/// <typeparam name=\"THooks\">The hooks.</typeparam>");
            XmlDoc.Parameter(writer, "hooks", "Who acts on the registers that tables alone cannot serve.");
        }
    }

    private static bool HasReads(ViewLayout layout) => layout.Policies.Any(static policy => policy.SeesReads);

    private static bool HasWrites(ViewLayout layout) => layout.Policies.Any(static policy => policy.SeesWrites);
}
