using System.Numerics;

namespace Sluice.Registers;

/// <summary>Reads of hardware registers that change when they are read.</summary>
public static class PassthroughRead
{
    /// <summary>Reads the lanes that the party reads and no others, so that nothing is cleared that it has not seen.</summary>
    /// <typeparam name="THooks">The hardware.</typeparam>
    /// <param name="hooks">The hardware.</param>
    /// <param name="offset">Byte offset of the register in the block.</param>
    /// <param name="width">The register's width.</param>
    /// <param name="lanes">The lanes of the register that are read; not empty.</param>
    /// <returns>
    /// The register with the lanes that were read where they belong and the others zero. Lanes that no single access can read are read by one of the
    /// register's own width.
    /// </returns>
    public static ulong Narrow<THooks>(ref THooks hooks, uint offset, AccessWidth width, Lanes lanes)
        where THooks : struct, IPassthroughHooks
    {
        int first = BitOperations.TrailingZeroCount(lanes.Bits);
        uint bytes = (uint)BitOperations.PopCount(lanes.Bits);
        uint run = ((1u << (int)bytes) - 1) << first;
        bool single = run == lanes.Bits && BitOperations.PopCount(bytes) == 1 && ((uint)first & (bytes - 1)) == 0;
        return single
            ? hooks.ReadHardware(offset + (uint)first, (AccessWidth)bytes) << (first * 8)
            : hooks.ReadHardware(offset, width);
    }
}
