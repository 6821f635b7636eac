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

    public InterpretedView(BlockModel block, ViewModel view)
    {
        _block = block;
        _absentOnes = view.AbsentOnes;
        foreach (PolicyModel policy in view.Policies.Where(static policy => policy.Kind != PolicyKind.Denied))
        {
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
        for (uint word = 0; word < bytes; word += 4)
        {
            uint lanes = LanesOf(offset, System.Math.Min(bytes, 4));
            AccessResult one = ReadWord((offset & ~3u) + word, lanes, out uint bits);
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

        if (bytes == 8)
        {
            if (_registers.FirstOrDefault(register => register.Offset == offset && register.IsSeenWide) is { } wide)
            {
                wide.Write(0xFF, value);
                return AccessResult.Done;
            }

            AccessResult low = WriteWord(offset, 0xF, (uint)value);
            AccessResult high = WriteWord(offset + 4, 0xF, (uint)(value >> 32));
            return low > high ? low : high;
        }

        return WriteWord(offset & ~3u, LanesOf(offset, bytes), (uint)value << (int)(offset % 4 * 8));
    }

    public AccessResult ReadWord(uint offset, uint lanes, out uint value)
    {
        uint start = offset & ~3u;
        ulong word = 0;
        uint described = 0;
        foreach ((InterpretedRegister register, uint registerLanes, int shift, uint wordLanes) in Touched(start, lanes))
        {
            described |= wordLanes;
            ulong shown = register.Read(registerLanes);
            ulong part = shift >= 0 ? shown << (shift * 8) : shown >> (-shift * 8);
            word |= part & BytesMask(wordLanes);
        }

        value = ((uint)word | ((uint)Ones(4) & ~BytesMask(described))) & BytesMask(lanes);
        return (lanes & ~described & 0xF) == 0 ? AccessResult.Done : AccessResult.Denied;
    }

    public AccessResult WriteWord(uint offset, uint lanes, uint value)
    {
        uint start = offset & ~3u;
        uint described = 0;
        foreach ((InterpretedRegister register, uint registerLanes, int shift, uint wordLanes) in Touched(start, lanes))
        {
            described |= wordLanes;
            register.Write(registerLanes, shift >= 0 ? (ulong)value >> (shift * 8) : (ulong)value << (-shift * 8));
        }

        return (lanes & ~described & 0xF) == 0 ? AccessResult.Done : AccessResult.Denied;
    }

    public uint Peek(uint offset)
    {
        uint start = offset & ~3u;
        uint word = 0;
        uint described = 0;
        foreach ((InterpretedRegister register, _, int shift, uint wordLanes) in Touched(start, 0xF))
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

    public byte[] Save() => [];

    public bool Restore(byte[] snapshot) => true;

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
