using System.Collections.Generic;
using System.Linq;
using Sluice.Registers.Description;

namespace Sluice.Registers.Tests.Interpreter;

/// <summary>One element of one register as a view keeps it: each bit is looked up in its field and treated alone.</summary>
public sealed class InterpretedRegister(RegisterModel register, PolicyModel policy, uint element)
{
    private readonly HashSet<int> _writtenOnce = [];
    private ulong? _heldRead;
    private ulong _heldWrite;
    private uint _heldLanes;

    private readonly FieldModel?[] _fieldOfBit =
        [.. Enumerable.Range(0, register.WidthBits).Select(bit => register.Fields.Count == 0 ? Whole(register) : register.Fields.FirstOrDefault(field => bit >= field.LowBit && bit < field.LowBit + field.WidthBits))];

    public RegisterModel Register { get; } = register;

    public PolicyModel Policy { get; } = policy;

    public uint Element { get; } = element;

    public uint Offset => Register.Offset + (Element * Register.Dimension.StrideBytes);

    public ulong Stored { get; private set; }

    /// <summary>Whether the halves wait for each other: an entry of a queue is one, however the bus brings it.</summary>
    public bool HoldsHalves
        => Register.WidthBits == 64 && Policy.Kind != PolicyKind.Constant && (Register.Order is WideOrder.LowFirst or WideOrder.HighFirst || Register.Fifo != FifoKind.None);

    /// <summary>Whether an access is made upper half first.</summary>
    public bool IsHighFirst => HoldsHalves && Register.Order == WideOrder.HighFirst;

    /// <summary>The fields that a lock closes for the write that is being made.</summary>
    public HashSet<string> Locked { get; } = [];

    /// <summary>What the register selects from: given by whoever knows the other registers.</summary>
    public uint Selected { get; set; }

    /// <summary>Whether an eight-byte write is one write for whoever looks at it.</summary>
    public bool IsSeenWide => Register.WidthBits == 64 && !HoldsHalves
        && (Policy.HooksWrite || Policy.Sanitizers.Any(static sanitizer => sanitizer.Kind != SanitizerKind.Mask) || IsConstrained);

    private bool IsConstrained => StoredBits().Length != 0 && (Register.Constraint.Kind == WriteConstraintKind.Range
        || Register.Fields.Any(one => one.Constraint.Kind is WriteConstraintKind.Range or WriteConstraintKind.EnumeratedValues && StoredBits().Intersect(Bits(one)).Any()));

    public void Reset(ResetKind kind)
    {
        for (int bit = 0; bit < Register.WidthBits; bit++)
        {
            bool survives = kind == ResetKind.Warm && Policy.Kind != PolicyKind.Constant && FieldAt(bit) is { } field && (field.IsSticky || field.IsHardwareInitialised);
            if (!survives)
            {
                Set(bit, Bit(Policy.ResetOf(Register, Element), bit));
                _writtenOnce.Remove(bit);
            }
        }

        _heldRead = null;
        _heldLanes = 0;
    }

    /// <summary>Takes a stored value; nothing was written once, nothing waits.</summary>
    public void Load(ulong stored)
    {
        Stored = Policy.Kind == PolicyKind.Constant ? Stored : stored;
        _writtenOnce.Clear();
    }

    /// <summary>What a read shows, without its effects.</summary>
    public ulong Shown()
    {
        ulong shown = 0;
        for (int bit = 0; bit < Register.WidthBits; bit++)
        {
            if (Shows(bit) && Bit(Stored, bit))
            {
                shown |= 1ul << bit;
            }
        }

        return shown;
    }

    /// <summary>A read of some bytes: what it shows, after which the bits change that reading changes.</summary>
    public ulong Read(uint lanes)
    {
        if (HoldsHalves && !IsFirst(lanes) && _heldRead is { } held)
        {
            return held;
        }

        ulong answered = Answer(lanes);
        _heldRead = HoldsHalves && IsFirst(lanes) ? answered : _heldRead;
        return answered;
    }

    private ulong Answer(uint lanes)
    {
        // The bus reads bytes only as it can; a queue of accesses to the register's halves has its own order.
        lanes = Policy.Kind == PolicyKind.Passthrough && (HoldsHalves || !IsOneAccess(lanes)) ? uint.MaxValue : lanes;
        ulong before = Stored;
        ulong shown = Shown();
        for (int bit = 0; bit < Register.WidthBits; bit++)
        {
            if (IsIn(lanes, bit) && Shows(bit) && Policy.Kind != PolicyKind.Constant && FieldAt(bit) is { } field)
            {
                if (field.Read is ReadAction.Clear or ReadAction.Set)
                {
                    Set(bit, field.Read == ReadAction.Set);
                }
            }
        }

        if (Policy.HooksRead)
        {
            // The hook sees the register as the read found it, as far as the read shows it.
            ulong seen = 0;
            for (int bit = 0; bit < Register.WidthBits; bit++)
            {
                seen |= Bit(Shows(bit) && IsInSameWord(lanes, bit) ? before : Stored, bit) ? 1ul << bit : 0;
            }

            ulong answer = Asked(seen, lanes);
            ulong visible = 0;
            for (int bit = 0; bit < Register.WidthBits; bit++)
            {
                visible |= Shows(bit) && Bit(answer, bit) ? 1ul << bit : 0;
            }

            return visible;
        }

        return shown;
    }

    private ulong Asked(ulong seen, uint lanes)
    {
        if (Register.Window is { } window)
        {
            return Selected < window.Count ? AgreedHooks.Behind(Stored, Selected, Element) : 0;
        }

        if ((Register.Fifo & FifoKind.Pop) == 0)
        {
            return AgreedHooks.Shown(seen, Element, lanes);
        }

        ulong popped = AgreedHooks.Popped(Stored, Element);
        Stored = AgreedHooks.Cut(AgreedHooks.AfterPop(Stored), Register);
        return popped;
    }

    /// <summary>A write of some bytes, all of which the register takes.</summary>
    public void Write(uint lanes, ulong value)
    {
        ulong old = Stored;
        if (HoldsHalves && IsFirst(lanes))
        {
            for (int bit = 0; bit < 64; bit++)
            {
                _heldWrite = IsIn(lanes, bit) ? (_heldWrite & ~(1ul << bit)) | (value & (1ul << bit)) : _heldWrite;
            }

            _heldLanes |= lanes;
            return;
        }

        if (HoldsHalves)
        {
            value = IsHighFirst ? (value & uint.MaxValue) | (_heldWrite & ~(ulong)uint.MaxValue) : (value & ~(ulong)uint.MaxValue) | (_heldWrite & uint.MaxValue);
            lanes |= _heldLanes;
            _heldLanes = 0;
            _heldRead = null;
        }

        Merge(lanes, value);
        Complete(lanes, old);
    }

    /// <summary>The bits of some bytes take what is written, and nobody is told yet.</summary>
    public void Merge(uint lanes, ulong value)
    {
        for (int bit = 0; bit < Register.WidthBits; bit++)
        {
            if (IsIn(lanes, bit))
            {
                WriteBit(bit, Bit(value, bit));
            }
        }
    }

    /// <summary>The sanitizers and the hook see what was written.</summary>
    public void Complete(uint lanes, ulong old)
    {
        foreach (SanitizerModel sanitizer in Policy.Sanitizers)
        {
            Sanitize(sanitizer, lanes, old);
        }

        foreach (FieldModel field in Register.Fields.Where(field => IsRefused(field) && Bits(field).Any(bit => IsIn(lanes, bit))))
        {
            foreach (int bit in Bits(field).Where(bit => Bit(Policy.Writable, bit)))
            {
                Set(bit, Bit(old, bit));
            }
        }

        if (!IsTakenWhole())
        {
            foreach (int bit in StoredBits())
            {
                Set(bit, Bit(old, bit));
            }
        }

        if (Policy.HooksWrite && Register.Window is { } window)
        {
            Stored = Selected < window.Count ? AgreedHooks.Cut(AgreedHooks.Put(Stored, Selected, Element), Register) : Stored;
        }
        else if (Policy.HooksWrite && (Register.Fifo & FifoKind.Push) != 0)
        {
            Stored = AgreedHooks.Cut(AgreedHooks.Pushed(Stored, Element), Register);
        }
        else if (Policy.HooksWrite)
        {
            Stored = AgreedHooks.Cut(AgreedHooks.Kept(old, Stored, Element, lanes), Register);
        }
    }

    private void WriteBit(int bit, bool one)
    {
        if (Policy.Kind == PolicyKind.Constant || !Bit(Policy.Writable, bit) || FieldAt(bit) is not { } field
            || field.Reserved != ReservedKind.None || field.IsHardwareInitialised || field.Access == FieldAccess.ReadOnly
            || Locked.Contains(field.Name) || IsPreserved(field))
        {
            return;
        }

        bool once = field.Access is FieldAccess.WriteOnce or FieldAccess.ReadWriteOnce;
        if (once && !_writtenOnce.Add(bit))
        {
            return;
        }

        bool now = Bit(Stored, bit);
        Set(bit, field.Write switch
        {
            WriteAction.OneToClear => now && !one,
            WriteAction.OneToSet => now || one,
            WriteAction.OneToToggle => now != one,
            WriteAction.ZeroToClear => now && one,
            WriteAction.ZeroToSet => now || !one,
            WriteAction.ZeroToToggle => now == one,
            WriteAction.Clear => false,
            WriteAction.Set => true,
            _ => one,
        });
    }

    // What is to be written as it was read, a write does not change.
    private static bool IsPreserved(FieldModel field) => field is { Constraint.Kind: WriteConstraintKind.WriteAsRead, Write: WriteAction.Store };

    // Whether the register's own constraint takes what is stored of a write; all else counts as zero.
    private bool IsTakenWhole()
    {
        if (Register.Constraint.Kind != WriteConstraintKind.Range || !StoredBits().Any())
        {
            return true;
        }

        ulong value = StoredBits().Aggregate(0ul, (all, bit) => all | (Stored & (1ul << bit)));
        return value >= Register.Constraint.Minimum && value <= Register.Constraint.Maximum;
    }

    private int[] StoredBits()
        => [.. Enumerable.Range(0, Register.WidthBits).Where(bit => Bit(Policy.Writable, bit) && Policy.Kind != PolicyKind.Constant && FieldAt(bit) is { Write: WriteAction.Store, Reserved: ReservedKind.None, IsHardwareInitialised: false } field
            && field.Access != FieldAccess.ReadOnly && !IsPreserved(field))];

    // Whether a field holds what its constraint does not take. A sanitizer of the constraint's kind stands in its place.
    private bool IsRefused(FieldModel field)
    {
        SanitizerKind? sanitizer = Policy.Sanitizers.Where(one => Register.Fields[one.Field] == field).Select(static one => (SanitizerKind?)one.Kind).FirstOrDefault();
        ulong value = (Stored >> field.LowBit) & (ulong.MaxValue >> (64 - field.WidthBits));
        return StoredBits().Intersect(Bits(field)).Any() && field.Constraint.Kind switch
        {
            WriteConstraintKind.Range => sanitizer != SanitizerKind.Range && (value < field.Constraint.Minimum || value > field.Constraint.Maximum),
            WriteConstraintKind.EnumeratedValues => sanitizer != SanitizerKind.Enumerated && field.Values.All(named => named.Value != value),
            _ => false,
        };
    }

    private static int[] Bits(FieldModel field) => [.. Enumerable.Range(field.LowBit, field.WidthBits)];

    private bool IsAtReset(IEnumerable<int> bits) => bits.All(bit => Bit(Stored, bit) == Bit(Policy.ResetOf(Register, Element), bit));

    /// <summary>Whether every sanitized field holds what its sanitizer lets in, or its reset value.</summary>
    public bool IsSound()
    {
        bool isRefused = (!IsTakenWhole() && !IsAtReset(StoredBits()))
            || Register.Fields.Any(field => IsRefused(field) && !IsAtReset(Bits(field).Where(bit => Bit(Policy.Writable, bit))));
        if (isRefused)
        {
            return false;
        }

        foreach (SanitizerModel sanitizer in Policy.Sanitizers)
        {
            FieldModel field = Register.Fields[sanitizer.Field];
            int[] bits = [.. Enumerable.Range(field.LowBit, field.WidthBits).Where(bit => Bit(Policy.Writable, bit))];
            ulong checkedValue = Checked(sanitizer, ~Stored);
            bool isReset = bits.All(bit => Bit(Stored, bit) == Bit(Policy.ResetOf(Register, Element), bit));
            if (!isReset && bits.Any(bit => Bit(checkedValue, bit - field.LowBit) != Bit(Stored, bit)))
            {
                return false;
            }
        }

        return true;
    }

    private void Sanitize(SanitizerModel sanitizer, uint lanes, ulong old)
    {
        FieldModel field = Register.Fields[sanitizer.Field];
        int[] bits = [.. Enumerable.Range(field.LowBit, field.WidthBits)];
        bool isUnchanged = bits.All(bit => Bit(Stored, bit) == Bit(old, bit));
        if (!bits.Any(bit => IsIn(lanes, bit)) || (field.WriteEnable is not null && isUnchanged))
        {
            return;
        }

        ulong next = Checked(sanitizer, old);
        foreach (int bit in bits.Where(bit => Bit(Policy.Writable, bit)))
        {
            Set(bit, Bit(next, bit - field.LowBit));
        }
    }

    private ulong Checked(SanitizerModel sanitizer, ulong old)
    {
        FieldModel field = Register.Fields[sanitizer.Field];
        ulong value = (Stored >> field.LowBit) & (ulong.MaxValue >> (64 - field.WidthBits));
        ulong former = old >> field.LowBit;
        ulong address = value << field.LowBit;
        return sanitizer.Kind switch
        {
            SanitizerKind.Range when value >= sanitizer.Minimum && value <= sanitizer.Maximum => value,
            SanitizerKind.Range when sanitizer.Clamps => value < sanitizer.Minimum ? sanitizer.Minimum : sanitizer.Maximum,
            SanitizerKind.Range => former,
            SanitizerKind.Enumerated => field.Values.Any(named => named.Value == value) ? value : former,
            SanitizerKind.GuestAddress => address % System.Math.Max(1, sanitizer.AlignmentBytes) == 0 && AgreedHooks.Accepts(address, sanitizer.SizeBytes, Element) ? value : former,
            SanitizerKind.OwnedIndex => AgreedHooks.Owns(value, Element) ? value : former,
            SanitizerKind.Method => AgreedHooks.Sanitized(value, Element),
            _ => value,
        };
    }

    // A register without fields acts as one field.
    private static FieldModel Whole(RegisterModel register)
    {
        BitMasks masks = register.Masks;
        FieldAccess access = masks.Writable == 0 ? FieldAccess.ReadOnly
            : masks.Readable == 0 ? (masks.WriteOnce == 0 ? FieldAccess.WriteOnly : FieldAccess.WriteOnce)
            : masks.WriteOnce == 0 ? FieldAccess.ReadWrite : FieldAccess.ReadWriteOnce;
        WriteAction write = masks.OneToClear != 0 ? WriteAction.OneToClear
            : masks.OneToSet != 0 ? WriteAction.OneToSet
            : masks.OneToToggle != 0 ? WriteAction.OneToToggle
            : masks.ZeroToClear != 0 ? WriteAction.ZeroToClear
            : masks.ZeroToSet != 0 ? WriteAction.ZeroToSet
            : masks.ZeroToToggle != 0 ? WriteAction.ZeroToToggle
            : masks.AnyClears != 0 ? WriteAction.Clear
            : masks.AnySets != 0 ? WriteAction.Set : WriteAction.Store;
        ReadAction read = masks.ReadClears != 0 ? ReadAction.Clear : masks.ReadSets != 0 ? ReadAction.Set : ReadAction.None;
        return new FieldModel(register.Name, register.TypeName, "", 0, register.WidthBits, access, write, read, ReservedKind.None, false, false, default, "");
    }

    private static bool IsOneAccess(uint lanes) => lanes is 1 or 2 or 4 or 8 or 0x10 or 0x20 or 0x40 or 0x80 or 3 or 0xC or 0x30 or 0xC0 or 0xF or 0xF0 or 0xFF;

    private bool IsFirst(uint lanes) => (lanes & (IsHighFirst ? 0xF0u : 0x0Fu)) != 0;

    private bool Shows(int bit)
        => Policy.Kind == PolicyKind.Constant
            || (Bit(Policy.Visible, bit)
                && FieldAt(bit) is { Reserved: ReservedKind.None, Access: FieldAccess.ReadWrite or FieldAccess.ReadOnly or FieldAccess.ReadWriteOnce });

    private FieldModel? FieldAt(int bit) => _fieldOfBit[bit];

    private void Set(int bit, bool one) => Stored = one ? Stored | (1ul << bit) : Stored & ~(1ul << bit);

    private static bool Bit(ulong value, int bit) => ((value >> bit) & 1) != 0;

    private static bool IsIn(uint lanes, int bit) => ((lanes >> (bit / 8)) & 1) != 0;

    // A read works on the 32-bit word that it meets; the other half of a 64-bit register is not part of it.
    private static bool IsInSameWord(uint lanes, int bit) => (lanes & (bit < 32 ? 0x0Fu : 0xF0u)) != 0;
}
