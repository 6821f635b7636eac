using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Registers.Description;

namespace Sluice.Registers.Tests.Interpreter;

/// <summary>
/// A view carried out slowly and plainly from the model: byte by byte, bit by bit. It shares nothing with the tables that are tested against it;
/// it does not know masks, slots or words' flags.
/// </summary>
public sealed class InterpretedView : IViewUnderTest
{
    private readonly BlockModel _block;
    private readonly bool _absentOnes;
    private readonly List<InterpretedRegister> _registers = [];
    private readonly List<PolicyModel> _policies = [];

    public InterpretedView(BlockModel block, ViewModel view)
    {
        _block = block;
        _absentOnes = view.AbsentOnes;
        foreach (PolicyModel policy in view.Policies.Where(static policy => policy.Kind != PolicyKind.Denied))
        {
            _policies.Add(policy);
            for (uint element = 0; element < block.Registers[policy.Register].Dimension.Count; element++)
            {
                _registers.Add(new InterpretedRegister(block.Registers[policy.Register], policy, element));
            }
        }

        _registers.Sort(static (left, right) => left.Offset.CompareTo(right.Offset));
        Reset(ResetKind.PowerOn);
    }

    public AccessResult Read(uint offset, AccessWidth width, out ulong value)
    {
        int bytes = (int)width;
        value = Ones(bytes);
        if (offset % bytes != 0 || (ulong)offset + (uint)bytes > _block.SizeBytes)
        {
            return AccessResult.Rejected;
        }

        AccessResult result = AccessResult.Done;
        value = 0;
        uint[] words = bytes < 8 ? [0] : IsHighFirst(offset) ? [4, 0] : [0, 4];
        foreach (uint word in words)
        {
            uint lanes = LanesOf(offset, System.Math.Min(bytes, 4));
            AccessResult one = ReadWord((offset & ~3u) + word, lanes, bytes, out uint bits);
            result = one > result ? one : result;
            value |= (ulong)(bits >> (int)(offset % 4 * 8)) << (int)(word * 8);
        }

        value &= bytes == 8 ? ulong.MaxValue : (1ul << (bytes * 8)) - 1;
        return result;
    }

    public AccessResult Write(uint offset, AccessWidth width, ulong value)
    {
        int bytes = (int)width;
        if (offset % bytes != 0 || (ulong)offset + (uint)bytes > _block.SizeBytes)
        {
            return AccessResult.Rejected;
        }

        if (bytes < 8)
        {
            return WriteWord(offset & ~3u, LanesOf(offset, bytes), bytes, (uint)value << (int)(offset % 4 * 8));
        }

        if (_registers.FirstOrDefault(register => register.Offset == offset && register.IsSeenWide) is { } wide)
        {
            return WriteWide(wide, value);
        }

        AccessResult result = AccessResult.Done;
        uint[] words = IsHighFirst(offset) ? [4, 0] : [0, 4];
        foreach (uint word in words)
        {
            AccessResult one = WriteWord(offset + word, 0xF, bytes, (uint)(value >> (int)(word * 8)));
            result = one > result ? one : result;
        }

        return result;
    }

    public AccessResult ReadWord(uint offset, uint lanes, out uint value) => ReadWord(offset, lanes, System.Numerics.BitOperations.PopCount(lanes), out value);

    public AccessResult WriteWord(uint offset, uint lanes, uint value) => WriteWord(offset, lanes, System.Numerics.BitOperations.PopCount(lanes), value);

    private AccessResult ReadWord(uint offset, uint lanes, int bytes, out uint value)
    {
        uint start = offset & ~3u;
        ulong word = 0;
        uint described = 0;
        foreach ((InterpretedRegister register, uint registerLanes, int shift, uint wordLanes, Answer answer, _) in Asked(Touched(start, lanes), bytes))
        {
            if (answer == Answer.Absent)
            {
                continue;
            }

            described |= wordLanes;
            if (answer == Answer.Zero)
            {
                continue;
            }

            register.Selected = SelectedBy(register);
            ulong shown = register.Read(registerLanes);
            ulong part = shift >= 0 ? shown << (shift * 8) : shown >> (-shift * 8);
            word |= part & BytesMask(wordLanes);
        }

        value = ((uint)word | ((uint)Ones(4) & ~BytesMask(described))) & BytesMask(lanes);
        return (lanes & ~described & 0xF) == 0 ? AccessResult.Done : AccessResult.Denied;
    }

    private AccessResult WriteWord(uint offset, uint lanes, int bytes, uint value)
    {
        uint start = offset & ~3u;
        uint described = 0;
        foreach ((InterpretedRegister register, uint registerLanes, int shift, uint wordLanes, Answer answer, string[] locked) in Asked(Touched(start, lanes), bytes))
        {
            described |= answer == Answer.Absent ? 0 : wordLanes;
            if (answer == Answer.Open)
            {
                register.Locked.Clear();
                register.Locked.UnionWith(locked);
                register.Selected = SelectedBy(register);
                register.Write(registerLanes, shift >= 0 ? (ulong)value >> (shift * 8) : (ulong)value << (-shift * 8));
            }
        }

        return (lanes & ~described & 0xF) == 0 ? AccessResult.Done : AccessResult.Denied;
    }

    // One write for whoever looks at it; the lower half is stored first, and may close the register for the upper one.
    private AccessResult WriteWide(InterpretedRegister register, ulong value)
    {
        ulong old = register.Stored;
        uint seen = 0;
        AccessResult result = AccessResult.Done;
        foreach (uint lanes in new uint[] { 0x0F, 0xF0 })
        {
            (Answer answer, string[] locked) = Ask(register, 8);
            result = answer == Answer.Absent ? AccessResult.Denied : result;
            if (answer == Answer.Open)
            {
                register.Locked.Clear();
                register.Locked.UnionWith(locked);
                register.Merge(lanes, value);
                seen |= lanes;
            }
        }

        if (seen != 0)
        {
            register.Selected = SelectedBy(register);
            register.Complete(seen, old);
        }

        return result;
    }

    private bool IsHighFirst(uint offset) => _registers.Any(register => register.Offset == offset && register.IsHighFirst);

    // All conditions of an access are asked before it changes anything.
    private List<(InterpretedRegister Register, uint RegisterLanes, int Shift, uint WordLanes, Answer Answer, string[] Locked)> Asked(
        List<(InterpretedRegister Register, uint RegisterLanes, int Shift, uint WordLanes)> touched,
        int bytes)
        => [.. touched.Select(one =>
        {
            (Answer answer, string[] locked) = Ask(one.Register, bytes);
            return (one.Register, one.RegisterLanes, one.Shift, one.WordLanes, answer, locked);
        })];

    private (Answer Answer, string[] Locked) Ask(InterpretedRegister register, int bytes)
    {
        RegisterModel model = register.Register;
        if (!Holds(model.Present, register))
        {
            return (Answer.Absent, []);
        }

        if (model.Widths.Permitted != 0 && model.Widths.Otherwise != OtherWidths.Lanes && !(bytes is 1 or 2 or 4 or 8 && (model.Widths.Permitted & bytes) != 0))
        {
            return (model.Widths.Otherwise == OtherWidths.Zero ? Answer.Zero : Answer.Absent, []);
        }

        bool isLockable = register.Policy.Kind is PolicyKind.Emulated or PolicyKind.Hooked;
        string[] locked = isLockable ? [.. model.Fields.Where(field => !Holds(field.WriteEnable, register)).Select(static field => field.Name)] : [];
        return isLockable && !Holds(model.WriteEnable, register) ? (Answer.Locked, locked) : (Answer.Open, locked);
    }

    private bool Holds(ConditionModel? condition, InterpretedRegister owner)
        => condition is null || (FieldOf(condition.Register, condition.Field, owner) == condition.Value) != condition.IsNegated;

    private uint SelectedBy(InterpretedRegister owner)
        => owner.Register.Window is { } window ? (uint)FieldOf(window.Register, window.Field, owner) : 0;

    private ulong FieldOf(int register, int field, InterpretedRegister owner)
    {
        RegisterModel model = _block.Registers[register];
        uint element = model.Dimension.IsArray ? owner.Element : 0;
        InterpretedRegister asked = _registers.Single(one => one.Register == model && one.Element == element);
        return (asked.Stored & model.Fields[field].Mask) >> model.Fields[field].LowBit;
    }

    /// <summary>What becomes of an access to one register.</summary>
    private enum Answer
    {
        Open,
        Locked,
        Zero,
        Absent,
    }

    public uint Peek(uint offset)
    {
        uint start = offset & ~3u;
        uint word = 0;
        uint described = 0;
        foreach ((InterpretedRegister register, _, int shift, uint wordLanes) in Touched(start, 0xF).Where(one => Holds(one.Register.Register.Present, one.Register)))
        {
            described |= wordLanes;
            ulong shown = register.Shown();
            word |= (uint)(shift >= 0 ? shown << (shift * 8) : shown >> (-shift * 8)) & BytesMask(wordLanes);
        }

        return word | ((uint)Ones(4) & ~BytesMask(described));
    }

    public void Reset(ResetKind kind)
    {
        foreach (InterpretedRegister register in _registers)
        {
            register.Reset(kind);
        }
    }

    /// <summary>Takes a state as the tables keep it: the words by their byte offset.</summary>
    public void Load(Func<uint, uint> words)
    {
        Reset(ResetKind.PowerOn);
        foreach (InterpretedRegister register in _registers)
        {
            register.Load(Bits(register, words));
        }
    }

    /// <summary>What an element of a register holds.</summary>
    public ulong StoredOf(int register, uint element) => _registers.Single(one => one.Policy.Register == register && one.Element == element).Stored;

    /// <summary>The first register that accesses pass through to and of which the hardware holds something else; null when there is none.</summary>
    public string? DiffersFrom(Hardware hardware)
        => _registers.FirstOrDefault(register => register.Policy.Kind == PolicyKind.Passthrough && register.Stored != hardware.StoredOf(register.Policy.Register, register.Element)) is { } other
            ? FormattableString.Invariant($"{other.Register.Name} of element {other.Element} is 0x{hardware.StoredOf(other.Policy.Register, other.Element):X}, not 0x{other.Stored:X}")
            : null;

    /// <summary>Whether something of a word is the hardware's, at which a peek does not look.</summary>
    public bool IsHardwares(uint offset) => Touched(offset & ~3u, 0xF).Any(static one => one.Register.Policy.Kind == PolicyKind.Passthrough);

    /// <summary>The first register that the tables keep otherwise; null when there is none.</summary>
    public string? Differs(Func<uint, uint> words)
        => _registers.FirstOrDefault(register => register.Stored != Bits(register, words))?.Register.Name;

    private static ulong Bits(InterpretedRegister register, Func<uint, uint> words)
    {
        ulong low = words(register.Offset & ~3u) >> (int)(register.Offset % 4 * 8);
        ulong all = register.Register.WidthBits == 64 ? low | ((ulong)words(register.Offset + 4) << 32) : low;
        return AgreedHooks.Cut(all, register.Register);
    }

    public byte[] Save() => [];

    public RestoreOutcome Restore(byte[] snapshot)
    {
        for (int policy = 0; policy < _policies.Count; policy++)
        {
            if (_registers.Where(register => register.Policy == _policies[policy]).OrderBy(static register => register.Element).FirstOrDefault(static register => !register.IsSound()) is { } unsound)
            {
                Reset(ResetKind.PowerOn);
                return new RestoreOutcome(policy, unsound.Element);
            }
        }

        return new RestoreOutcome(RestoreResult.Restored);
    }

    // The registers of a word by lane, with the touched lanes as each sees them, where it begins in the word in bytes, and the same lanes as the word sees them.
    private List<(InterpretedRegister Register, uint RegisterLanes, int Shift, uint WordLanes)> Touched(uint start, uint lanes)
    {
        List<(InterpretedRegister, uint, int, uint)> touched = [];
        foreach (InterpretedRegister register in _registers.Where(register => register.Offset < (ulong)start + 4 && register.Offset + 8ul > start))
        {
            uint registerLanes = 0;
            uint wordLanes = 0;
            for (int lane = 0; lane < 4; lane++)
            {
                long position = (long)start + lane - register.Offset;
                if (((lanes >> lane) & 1) != 0 && position >= 0 && position < register.Register.WidthBits / 8)
                {
                    registerLanes |= 1u << (int)position;
                    wordLanes |= 1u << lane;
                }
            }

            if (wordLanes != 0)
            {
                touched.Add((register, registerLanes, (int)((long)register.Offset - start), wordLanes));
            }
        }

        return touched;
    }

    private ulong Ones(int bytes) => !_absentOnes ? 0 : bytes == 8 ? ulong.MaxValue : (1ul << (bytes * 8)) - 1;

    private static uint LanesOf(uint offset, int bytes) => ((1u << bytes) - 1) << (int)(offset % 4);

    private static uint BytesMask(uint lanes)
    {
        uint mask = 0;
        for (int lane = 0; lane < 4; lane++)
        {
            mask |= ((lanes >> lane) & 1) != 0 ? 0xFFu << (lane * 8) : 0;
        }

        return mask;
    }
}
