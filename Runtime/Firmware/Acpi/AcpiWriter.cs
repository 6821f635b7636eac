using System;
using System.Buffers.Binary;

namespace Sluice.Runtime.Firmware;

/// <summary>Writes one ACPI table into a buffer: header, little-endian numbers, length and checksum. The first error stays.</summary>
/// <remarks>Source: ACPI 6.5, section 5.2.6.</remarks>
internal ref struct AcpiWriter
{
    private readonly Span<byte> _buffer;

    public AcpiWriter(Span<byte> buffer, ReadOnlySpan<byte> signature, byte revision)
    {
        _buffer = buffer;
        Append(signature);
        AppendNumber(0, 4);
        AppendNumber(revision, 1);
        AppendNumber(0, 1);
        Append("SLUICE"u8);
        Append("SLUICEVM"u8);
        AppendNumber(1, 4);
        Append("SLCE"u8);
        AppendNumber(1, 4);
    }

    public AcpiError Error { get; private set; }

    /// <summary>Where the next byte goes, counted from the table's first.</summary>
    public int Position { get; private set; }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        for (int index = 0; index < bytes.Length; index++)
        {
            AppendNumber(bytes[index], 1);
        }
    }

    public void AppendNumber(ulong value, int bytes)
    {
        if (Error != AcpiError.None || bytes > _buffer.Length - Position)
        {
            Fail(AcpiError.BufferFull);
            return;
        }

        for (int index = 0; index < bytes; index++)
        {
            _buffer[Position + index] = (byte)(value >> (index * 8));
        }

        Position += bytes;
    }

    public void Fail(AcpiError error) => Error = Error == AcpiError.None ? error : Error;

    /// <summary>Sets length and checksum.</summary>
    /// <param name="bytes">The table's length; 0 after an error.</param>
    public AcpiError Finish(out int bytes)
    {
        bytes = 0;
        if (Error == AcpiError.None)
        {
            bytes = Position;
            BinaryPrimitives.WriteUInt32LittleEndian(_buffer[AcpiFormat.LengthOffset..], (uint)bytes);
            _buffer[AcpiFormat.ChecksumOffset] = (byte)-AcpiTable.Sum(_buffer[..bytes]);
        }

        return Error;
    }
}
