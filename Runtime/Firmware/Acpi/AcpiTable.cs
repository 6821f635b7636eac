using System;
using System.Buffers.Binary;

namespace Sluice.Runtime.Firmware;

/// <summary>An ACPI table whose header, length and checksum are right. What is in it is still anybody's: its readers bound every access.</summary>
/// <remarks>Source: ACPI 6.5, section 5.2.6. Nothing is allocated, and every work is bounded by the table's length.</remarks>
public readonly ref struct AcpiTable
{
    private readonly ReadOnlySpan<byte> _bytes;

    private AcpiTable(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
    }

    /// <summary>The table's length in bytes, header included.</summary>
    public int Length => _bytes.Length;

    /// <summary>The revision of the table's own format.</summary>
    public byte Revision => _bytes[8];

    /// <summary>Opens a table.</summary>
    /// <param name="bytes">The table, and possibly more behind it.</param>
    /// <param name="signature">The four letters that it must begin with.</param>
    /// <param name="table">The table; not to be used after an error.</param>
    /// <returns>What is wrong with it.</returns>
    public static AcpiError TryOpen(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> signature, out AcpiTable table)
    {
        table = default;
        if (bytes.Length < AcpiFormat.HeaderBytes)
        {
            return AcpiError.Truncated;
        }

        if (signature.Length != 4 || !bytes[..4].SequenceEqual(signature))
        {
            return AcpiError.BadSignature;
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(bytes[AcpiFormat.LengthOffset..]);
        if (length < AcpiFormat.HeaderBytes)
        {
            return AcpiError.BadLength;
        }

        if (length > (uint)bytes.Length)
        {
            return AcpiError.Truncated;
        }

        ReadOnlySpan<byte> all = bytes[..(int)length];
        if (Sum(all) != 0)
        {
            return AcpiError.BadChecksum;
        }

        table = new AcpiTable(all);
        return AcpiError.None;
    }

    /// <summary>The sum of all bytes, modulo 256.</summary>
    internal static byte Sum(ReadOnlySpan<byte> bytes)
    {
        uint sum = 0;
        for (int index = 0; index < bytes.Length; index++)
        {
            sum += bytes[index];
        }

        return (byte)sum;
    }

    /// <summary>A little-endian number.</summary>
    /// <param name="offset">Where; any value.</param>
    /// <param name="bytes">One, two, four or eight.</param>
    /// <param name="value">The number; 0 when it does not lie in the table.</param>
    internal bool TryRead(uint offset, uint bytes, out ulong value)
    {
        value = 0;
        if (offset > (uint)_bytes.Length || bytes > (uint)_bytes.Length - offset)
        {
            return false;
        }

        for (uint index = 0; index < bytes; index++)
        {
            value |= (ulong)_bytes[(int)(offset + index)] << (int)(index * 8);
        }

        return true;
    }
}
