using System.Globalization;
using System.Linq;
using Sluice.Registers.Description;

namespace Sluice.Tool.Proof;

/// <summary>A sanitizer in a few words.</summary>
internal static class SanitizerText
{
    public static string Of(SanitizerModel sanitizer, FieldModel field) => sanitizer.Kind switch
    {
        SanitizerKind.Mask when field is { Write: WriteAction.Store, Constraint: { Kind: WriteConstraintKind.Range } constraint }
            => "mask, writeConstraint " + Number(constraint.Minimum) + ".." + Number(constraint.Maximum),
        SanitizerKind.Mask when field is { Write: WriteAction.Store, Constraint.Kind: WriteConstraintKind.EnumeratedValues }
            => "mask, writeConstraint " + string.Join(' ', field.WrittenValues.Order().Select(Number)),
        SanitizerKind.Mask => "mask",
        SanitizerKind.Range => "range " + Number(sanitizer.Minimum) + ".." + Number(sanitizer.Maximum) + (sanitizer.Clamps ? ", else the nearest" : ", else ignored"),
        SanitizerKind.Enumerated => "enumerated " + string.Join(' ', field.WrittenValues.Order().Select(Number)),
        SanitizerKind.GuestAddress => "guest-address of " + sanitizer.Subject + ", " + Hex(sanitizer.SizeBytes) + " bytes, aligned to " + Hex(sanitizer.AlignmentBytes),
        SanitizerKind.OwnedIndex => "owned-index of a " + sanitizer.Subject,
        _ => "method " + sanitizer.Method,
    };

    public static string Hex(ulong value) => "0x" + value.ToString("X", CultureInfo.InvariantCulture);

    /// <summary>What a write does that is no store, in the short terms of the field; empty for a store.</summary>
    public static string Of(WriteAction action) => action switch
    {
        WriteAction.Store => "",
        WriteAction.OneToClear => "W1C",
        WriteAction.OneToSet => "W1S",
        WriteAction.OneToToggle => "W1T",
        WriteAction.ZeroToClear => "W0C",
        WriteAction.ZeroToSet => "W0S",
        WriteAction.ZeroToToggle => "W0T",
        WriteAction.Clear => "WC",
        WriteAction.Set => "WS",
        _ => "modify",
    };

    private static string Number(ulong value) => value.ToString(CultureInfo.InvariantCulture);
}
