using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Registers.Description;

namespace Sluice.Generators.Emit;

/// <summary>The names that a block's class and its views have for themselves: a register named like one of them gets a suffix in code.</summary>
internal static class ReservedNames
{
    private const string Suffix = "Register";

    private static readonly HashSet<string> s_names = new(StringComparer.Ordinal)
    {
        "BaseAddress", "SizeBytes", "CapabilityId", "Offsets", "Registers", "Tables", "Storage", "SlotCount", "SnapshotBytes", "Reset", "Read",
        "Write", "ReadWord", "WriteWord", "Peek", "TrySave", "Restore", "Conformance", "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone",
        "ReferenceEquals", "Finalize",
    };

    /// <summary>The block with registers whose names clash with none of the class's own.</summary>
    public static BlockModel Avoid(BlockModel block)
    {
        HashSet<string> taken = new(s_names, StringComparer.Ordinal) { block.TypeName };
        foreach (ViewModel view in block.Views)
        {
            taken.Add(view.TypeName);
            taken.Add("I" + view.TypeName + "Hooks");
        }

        taken.UnionWith(block.Sequences.SelectMany(static sequence => SequenceEmitter.MethodNames(sequence)));
        return block.Registers.Any(register => taken.Contains(register.TypeName))
            ? block with { Registers = new EquatableArray<RegisterModel>([.. block.Registers.Select(Rename)]) }
            : block;

        RegisterModel Rename(RegisterModel register)
            => taken.Contains(register.TypeName) ? register with { TypeName = register.TypeName + Suffix } : register;
    }
}
