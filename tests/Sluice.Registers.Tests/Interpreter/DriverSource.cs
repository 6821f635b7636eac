using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Sluice.Registers.Description;

namespace Sluice.Registers.Tests.Interpreter;

/// <summary>C# that puts a generated view behind <see cref="IViewUnderTest"/> and gives it hooks that do what was agreed.</summary>
public static class DriverSource
{
    /// <summary>The name of the driver of a view.</summary>
    public static string Name(BlockModel block, ViewModel view) => "Driver" + block.TypeName + view.TypeName;

    /// <summary>Writes a driver.</summary>
    public static string Write(BlockModel block, ViewModel view)
    {
        PolicyModel[] policies = [.. view.Policies.Where(static policy => policy.Kind != PolicyKind.Denied)];
        bool hooks = policies.Any(static policy => policy.Kind == PolicyKind.Passthrough || policy.HooksRead || policy.HooksWrite || policy.Sanitizers.Any(static sanitizer => NeedsHooks(sanitizer)));
        bool passes = policies.Any(static policy => policy.Kind == PolicyKind.Passthrough);
        string argument = hooks ? ", ref _hooks" : "";
        string restoring = policies.Any(static policy => policy.Sanitizers.Any(NeedsHooks)) ? ", ref _hooks" : "";
        string type = "Registers." + block.TypeName + "." + view.TypeName;
        StringBuilder text = new();
        text.Append($$"""
            using System;
            using System.Runtime.InteropServices;
            using Sluice.Registers;
            using Sluice.Registers.Tests.Interpreter;
            public sealed class {{Name(block, view)}} : IViewUnderTest, IRawTables, IConformingView, IViewOfHardware
            {
                private {{type}} _view;
                public Hardware Hardware { get; set{{(passes ? " { field = value; _hooks.Hardware = value; }" : ";")}} }

            """);
        if (hooks)
        {
            text.Append("    private Hooks _hooks;\n");
        }

        text.Append($$"""
                public {{Name(block, view)}}() => _view.Reset(ResetKind.PowerOn);
                public AccessResult Read(uint offset, AccessWidth width, out ulong value) => _view.Read(offset, width{{argument}}, out value);
                public AccessResult Write(uint offset, AccessWidth width, ulong value) => _view.Write(offset, width, new GuestValue(value){{argument}});
                public AccessResult ReadWord(uint offset, uint lanes, out uint value) => _view.ReadWord(offset, new Lanes(lanes){{argument}}, out value);
                public AccessResult WriteWord(uint offset, uint lanes, uint value) => _view.WriteWord(offset, new Lanes(lanes), new GuestValue(value){{argument}});
                public uint Peek(uint offset) => _view.Peek(offset);
                public void Reset(ResetKind kind) => _view.Reset(kind);
                public Span<uint> State => MemoryMarshal.Cast<{{type}}, uint>(new Span<{{type}}>(ref _view));
                public uint SlotOf(uint offset) => {{type}}.Tables.Slot(offset);
                public AccessOutcome RawRead(Span<uint> words, uint offset, Lanes lanes, out uint value) => RegisterFile.Read<{{type}}.Tables>(words, offset, lanes, out value);
                public AccessOutcome RawWrite(Span<uint> words, uint offset, Lanes lanes, uint value) => RegisterFile.Write<{{type}}.Tables>(words, offset, lanes, value, out _);
                public uint RawPeek(ReadOnlySpan<uint> words, uint offset) => RegisterFile.Peek<{{type}}.Tables>(words, offset);
                public void RawReset(Span<uint> words, ResetKind kind) => RegisterFile.Reset<{{type}}.Tables>(words, kind);
                public bool RawRestore(Span<uint> words, ReadOnlySpan<byte> source) => RegisterSnapshot.TryRestore<{{type}}.Tables>(words, source);
                public int Find(uint offset, out uint element) => RegisterNames.Find<{{type}}.Tables>(offset, out element);
                public byte[] Name(int index) => RegisterNames.Name<{{type}}.Tables>(index).ToArray();
                public (int Checks, string Failures) Conform() => ConformingView.Run<{{type}}.Conformance>(this);
                public byte[] Save() { byte[] all = new byte[{{type}}.SnapshotBytes]; return _view.TrySave(all) ? all : throw new InvalidOperationException(); }
                public RestoreOutcome Restore(byte[] snapshot) => _view.Restore(snapshot{{restoring}});

            """);
        if (hooks)
        {
            WriteHooks(text, block, view, policies);
        }

        return text.Append("}\n").ToString();
    }

    private static void WriteHooks(StringBuilder text, BlockModel block, ViewModel view, PolicyModel[] policies)
    {
        string outer = "Registers." + block.TypeName + ".";
        HashSet<string> methods = [];
        text.Append(CultureInfo.InvariantCulture, $"    private struct Hooks : {outer}I{view.TypeName}Hooks\n    {{\n");
        if (policies.Any(static policy => policy.Kind == PolicyKind.Passthrough))
        {
            text.Append("        public Hardware Hardware;\n");
            text.Append("        public ulong ReadHardware(uint offset, AccessWidth width) => Hardware?.Read(offset, width) ?? 0;\n");
            text.Append("        public void WriteHardware(uint offset, AccessWidth width, ulong value) => Hardware?.Write(offset, width, value);\n");
        }

        foreach (PolicyModel policy in policies)
        {
            RegisterModel register = block.Registers[policy.Register];
            bool isArray = register.Dimension.IsArray;
            string element = isArray ? "uint element, " : "";
            string which = isArray ? "element" : "0u";
            string value = outer + register.TypeName;
            string carrier = register.WidthBits switch { 8 => "byte", 16 => "ushort", 32 => "uint", _ => "ulong" };
            string stored = isArray ? $"view.Get{register.TypeName}(element)" : $"view.{register.TypeName}";
            string Store(string bits) => isArray ? $"view.Set{register.TypeName}(element, new(unchecked(({carrier}){bits})))" : $"view.{register.TypeName} = new(unchecked(({carrier}){bits}))";
            string reference = $"ref {outer}{view.TypeName} view";
            if (policy.HooksRead && register.Window is not null)
            {
                text.Append($"        public {value} Read{register.TypeName}({reference}, {element}uint index) => new(unchecked(({carrier})AgreedHooks.Behind({stored}.Value, index, {which})));\n");
            }
            else if (policy.HooksRead && (register.Fifo & FifoKind.Pop) != 0)
            {
                string popped = $"new(unchecked(({carrier})AgreedHooks.Popped(stored, {which})))";
                text.Append($"        public {value} Pop{register.TypeName}({reference}{(isArray ? ", uint element" : "")}) {{ ulong stored = {stored}.Value; {Store("AgreedHooks.AfterPop(stored)")}; return {popped}; }}\n");
            }
            else if (policy.HooksRead)
            {
                text.Append($"        public {value} Read{register.TypeName}(ref {outer}{view.TypeName} view, {element}{value} stored, Lanes lanes) => new(unchecked(({carrier})AgreedHooks.Shown(stored.Value, {which}, lanes.Bits)));\n");
            }

            if (policy.HooksWrite && register.Window is not null)
            {
                text.Append($"        public void Write{register.TypeName}({reference}, {element}uint index, {value} value) => {Store($"AgreedHooks.Put(value.Value, index, {which})")};\n");
            }
            else if (policy.HooksWrite && (register.Fifo & FifoKind.Push) != 0)
            {
                text.Append($"        public void Push{register.TypeName}({reference}, {element}{value} value) => {Store($"AgreedHooks.Pushed(value.Value, {which})")};\n");
            }
            else if (policy.HooksWrite)
            {
                string kept = $"new {value}(unchecked(({carrier})AgreedHooks.Kept(old.Value, value.Value, {which}, lanes.Bits)))";
                string set = isArray ? $"view.Set{register.TypeName}(element, {kept})" : $"view.{register.TypeName} = {kept}";
                text.Append($"        public void Write{register.TypeName}(ref {outer}{view.TypeName} view, {element}{value} old, {value} value, Lanes lanes) => {set};\n");
            }

            foreach (SanitizerModel sanitizer in policy.Sanitizers.Where(NeedsHooks))
            {
                FieldModel field = register.Fields[sanitizer.Field];
                string number = field.WidthBits > 32 ? "ulong" : "uint";
                string method = sanitizer.Kind switch
                {
                    SanitizerKind.GuestAddress => $"public bool Accepts{register.TypeName}{field.TypeName}({element}GuestAddress address, ulong sizeBytes) => AgreedHooks.Accepts(address.Untrusted, sizeBytes, {which});",
                    SanitizerKind.OwnedIndex => $"public bool Owns{register.TypeName}{field.TypeName}({element}{number} index) => AgreedHooks.Owns(index, {which});",
                    _ => $"public {number} {sanitizer.Method}({element}{number} value) => unchecked(({number})AgreedHooks.Sanitized(value, {which}));",
                };
                if (methods.Add(method))
                {
                    text.Append("        ").Append(method).Append('\n');
                }
            }
        }

        text.Append("    }\n");
    }

    private static bool NeedsHooks(SanitizerModel sanitizer)
        => sanitizer.Kind is SanitizerKind.GuestAddress or SanitizerKind.OwnedIndex or SanitizerKind.Method;
}
