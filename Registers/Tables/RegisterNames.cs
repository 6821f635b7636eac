using System;

namespace Sluice.Registers;

/// <summary>Finds the hardware name of a register, for traces and counters. Outside the trap path.</summary>
public static class RegisterNames
{
    private const int EntryLength = 5;

    /// <summary>How many registers (an array counts once) the view describes.</summary>
    /// <typeparam name="TTables">The tables of the view.</typeparam>
    public static int Count<TTables>()
        where TTables : struct, IRegisterTables
        => TTables.Registers.Length / EntryLength;

    /// <summary>The name of a register.</summary>
    /// <typeparam name="TTables">The tables of the view.</typeparam>
    /// <param name="index">Which one, below <see cref="Count{TTables}"/>.</param>
    /// <returns>The hardware name in UTF-8; empty when there is no such register.</returns>
    public static ReadOnlySpan<byte> Name<TTables>(int index)
        where TTables : struct, IRegisterTables
    {
        if ((uint)index >= (uint)Count<TTables>())
        {
            return default;
        }

        uint name = TTables.Registers[(index * EntryLength) + 4];
        return TTables.Names.Slice((int)(name >> 8), (int)(name & 0xFF));
    }

    /// <summary>Finds the register at a byte.</summary>
    /// <typeparam name="TTables">The tables of the view.</typeparam>
    /// <param name="offset">Byte offset in the block.</param>
    /// <param name="element">Which element, when the register is an array.</param>
    /// <returns>The register's index, or -1 when the byte is not described.</returns>
    public static int Find<TTables>(uint offset, out uint element)
        where TTables : struct, IRegisterTables
    {
        ReadOnlySpan<uint> registers = TTables.Registers;
        for (int entry = 0; entry < registers.Length; entry += EntryLength)
        {
            uint distance = offset - registers[entry];
            uint count = registers[entry + 2];
            uint stride = registers[entry + 3];
            element = count == 1 ? 0 : distance / stride;
            if (offset >= registers[entry] && element < count && distance - (element * stride) < registers[entry + 1])
            {
                return entry / EntryLength;
            }
        }

        element = 0;
        return -1;
    }
}
