using System;
using Sluice.Registers;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>Turns counts by byte into counts by register. Outside the trap path.</summary>
internal static class TrapTally
{
    /// <summary>Tells the counts of one block, in the order of its registers.</summary>
    /// <typeparam name="TTables">The tables of the guest's view of the block.</typeparam>
    /// <typeparam name="TVisitor">Who is told.</typeparam>
    /// <param name="counts">The counts by byte of config space.</param>
    /// <param name="start">Where it lies in config space.</param>
    /// <param name="first">Which byte of the block that is.</param>
    /// <param name="length">How many bytes of it the guest sees from there on.</param>
    /// <param name="block">The block's name.</param>
    /// <param name="visitor">Who is told.</param>
    public static void Visit<TTables, TVisitor>(
        ref readonly TrapCounts counts, uint start, uint first, uint length, ReadOnlySpan<byte> block, ref TVisitor visitor)
        where TTables : struct, IRegisterTables
        where TVisitor : struct, ITrapVisitor
    {
        int current = -1;
        uint total = 0;
        for (uint offset = 0; offset < length; offset++)
        {
            int register = RegisterNames.Find<TTables>(first + offset, out _);
            if (register != current)
            {
                Tell<TTables, TVisitor>(block, current, total, ref visitor);
                current = register;
                total = 0;
            }

            total += counts.At(start + offset);
        }

        Tell<TTables, TVisitor>(block, current, total, ref visitor);
    }

    private static void Tell<TTables, TVisitor>(ReadOnlySpan<byte> block, int register, uint total, ref TVisitor visitor)
        where TTables : struct, IRegisterTables
        where TVisitor : struct, ITrapVisitor
    {
        if (total != 0)
        {
            visitor.Visit(block, register < 0 ? "not described"u8 : RegisterNames.Name<TTables>(register), total);
        }
    }
}
