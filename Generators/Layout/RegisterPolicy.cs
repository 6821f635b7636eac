using Sluice.Registers.Description;

namespace Sluice.Generators.Layout;

/// <summary>A register and how the view treats it.</summary>
internal sealed class RegisterPolicy(RegisterModel register, PolicyModel policy)
{
    private WriteCheck[]? _checks;

    /// <summary>The register.</summary>
    public RegisterModel Register { get; } = register;

    /// <summary>How the view treats it.</summary>
    public PolicyModel Policy { get; } = policy;

    /// <summary>All bits of the register.</summary>
    public ulong AllBits => Register.WidthBits >= 64 ? ulong.MaxValue : (1ul << Register.WidthBits) - 1;

    /// <summary>Whether the view keeps no state of the register that an access or a hook could change.</summary>
    public bool IsConstant => Policy.Kind == PolicyKind.Constant;

    /// <summary>Whether accesses reach the hardware.</summary>
    public bool IsPassthrough => Policy.Kind == PolicyKind.Passthrough;

    /// <summary>The bits that a read shows.</summary>
    public ulong Readable => IsConstant ? AllBits : Register.Masks.Readable & Policy.Visible;

    /// <summary>The bits that take the value written. What only a hook knows to act on is stored for the hook to see.</summary>
    public ulong Store
        => IsConstant ? 0 : (Register.Masks.Store | (Policy.HooksWrite ? Register.Masks.WriteModifies : 0)) & Policy.Writable;

    /// <summary>Whether the view itself applies the locks of the register: what passes through, the hardware locks.</summary>
    public bool IsLockable => Policy.Kind is PolicyKind.Emulated or PolicyKind.Hooked;

    /// <summary>Whether accesses to the halves of the register wait for each other.</summary>
    public bool HoldsHalves
        => Register.WidthBits == 64 && !IsConstant && (Register.Order is WideOrder.LowFirst or WideOrder.HighFirst || Register.Fifo != FifoKind.None);

    /// <summary>Whether the upper half comes first.</summary>
    public bool IsHighFirst => Register.Order == WideOrder.HighFirst;

    /// <summary>Whether an access may find the register closed, so that whoever looks at accesses must not be told of all.</summary>
    public bool CanBeUnseen
        => HoldsHalves || Register.Present is not null || (Register.WriteEnable is not null && IsLockable)
            || (Register.Widths.Permitted != 0 && Register.Widths.Otherwise != OtherWidths.Lanes);

    /// <summary>Whether a part of the word is the half that only waits when it is written.</summary>
    public bool OnlyWaits(WordPart part) => HoldsHalves && (part.RegisterByte == 0) != IsHighFirst;

    /// <summary>Whether a write of it is looked at after it was stored.</summary>
    public bool SeesWrites => Policy.HooksWrite || (IsPassthrough && Policy.Writable != 0) || HasChecks;

    /// <summary>Whether a read of it is looked at.</summary>
    public bool SeesReads => Policy.HooksRead || IsPassthrough;

    /// <summary>Whether what is written may turn out not to be fit: a sanitizer that does more than to mask, or a write constraint.</summary>
    public bool HasChecks => Checks.Length != 0;

    /// <summary>What is asked about a write, in this order.</summary>
    public WriteCheck[] Checks => _checks ??= [.. WriteCheck.Of(this)];

    /// <summary>Whether the register's accesses need methods that only the author of the view's hooks can write.</summary>
    public bool NeedsHooks
    {
        get
        {
            foreach (SanitizerModel sanitizer in Policy.Sanitizers)
            {
                if (sanitizer.Kind is SanitizerKind.GuestAddress or SanitizerKind.OwnedIndex or SanitizerKind.Method)
                {
                    return true;
                }
            }

            return Policy.HooksRead || Policy.HooksWrite || IsPassthrough;
        }
    }
}
