using System.Runtime.CompilerServices;

namespace Sluice.Registers;

/// <summary>A 64-bit register of the hardware that is reached in two halves, in the order that it wants.</summary>
public static class PassthroughHalves
{
    /// <summary>Reads the lower half, then the upper one, which the hardware holds.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ulong ReadLowFirst<THooks>(ref THooks hooks, uint offset)
        where THooks : struct, IPassthroughHooks
    {
        ulong low = (uint)hooks.ReadHardware(offset, AccessWidth.Word);
        return low | (hooks.ReadHardware(offset + 4, AccessWidth.Word) << 32);
    }

    /// <summary>Reads the upper half, then the lower one, which the hardware holds.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ulong ReadHighFirst<THooks>(ref THooks hooks, uint offset)
        where THooks : struct, IPassthroughHooks
    {
        ulong high = hooks.ReadHardware(offset + 4, AccessWidth.Word) << 32;
        return high | (uint)hooks.ReadHardware(offset, AccessWidth.Word);
    }

    /// <summary>Reads the upper half, the lower and the upper again; the lower once more when the upper has moved in between.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ulong ReadSplit<THooks>(ref THooks hooks, uint offset)
        where THooks : struct, IPassthroughHooks
    {
        uint before = (uint)hooks.ReadHardware(offset + 4, AccessWidth.Word);
        uint low = (uint)hooks.ReadHardware(offset, AccessWidth.Word);
        uint after = (uint)hooks.ReadHardware(offset + 4, AccessWidth.Word);
        low = before == after ? low : (uint)hooks.ReadHardware(offset, AccessWidth.Word);
        return low | ((ulong)after << 32);
    }

    /// <summary>Writes the lower half, then the upper one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void WriteLowFirst<THooks>(ref THooks hooks, uint offset, [HardwareSink] ulong value)
        where THooks : struct, IPassthroughHooks
    {
        hooks.WriteHardware(offset, AccessWidth.Word, (uint)value);
        hooks.WriteHardware(offset + 4, AccessWidth.Word, value >> 32);
    }

    /// <summary>Writes the upper half, then the lower one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void WriteHighFirst<THooks>(ref THooks hooks, uint offset, [HardwareSink] ulong value)
        where THooks : struct, IPassthroughHooks
    {
        hooks.WriteHardware(offset + 4, AccessWidth.Word, value >> 32);
        hooks.WriteHardware(offset, AccessWidth.Word, (uint)value);
    }
}
