using System;

namespace Sluice.Runtime.Firmware;

/// <summary>
/// Writes a flattened device tree into a buffer. The first error stays and everything after it does nothing: look at it once, at the end. Names of properties are
/// kept once. Equal calls give equal bytes.
/// </summary>
/// <remarks>Source: Devicetree Specification 0.4, chapter 5.</remarks>
public ref struct FdtWriter
{
    private const int StructureStart = FdtFormat.HeaderBytes + FdtFormat.ReservationBytes;

    private readonly Span<byte> _buffer;
    private readonly int _stringsStart;
    private int _end;
    private int _stringsEnd;
    private int _depth;
    private int _propertyStart;
    private bool _rootClosed;
    private bool _childSeen;

    /// <summary>Begins a tree.</summary>
    /// <param name="buffer">Where it goes. A quarter, but at most 4 KiB, serves for the names of properties until the tree is finished.</param>
    public FdtWriter(Span<byte> buffer)
    {
        _buffer = buffer;
        int names = buffer.Length / 4 < 0x1000 ? buffer.Length / 4 : 0x1000;
        _stringsStart = buffer.Length - names;
        _stringsEnd = _stringsStart;
        _end = StructureStart;
        Error = _stringsStart < StructureStart ? FdtError.BufferFull : FdtError.None;
    }

    /// <summary>The first error.</summary>
    public FdtError Error { get; private set; }

    /// <summary>Opens a node; the first one is the root and has no name.</summary>
    public void BeginNode(ReadOnlySpan<byte> name)
    {
        OpenNode(name);
        AppendZero();
        CloseText();
    }

    /// <summary>Opens a node with a unit address, in hexadecimal.</summary>
    public void BeginNode(ReadOnlySpan<byte> name, ulong unitAddress)
    {
        OpenNode(name);
        AppendByte((byte)'@');
        AppendDigits(unitAddress);
        AppendZero();
        CloseText();
    }

    /// <summary>Closes the node opened last.</summary>
    public void EndNode()
    {
        if (_depth == 0 || _propertyStart != 0)
        {
            Fail(FdtError.Unbalanced);
            return;
        }

        AppendRaw(FdtFormat.EndNode);
        _depth--;
        _rootClosed = _depth == 0;
        _childSeen = true;
    }

    /// <summary>A property without a value.</summary>
    public void Empty(ReadOnlySpan<byte> name)
    {
        BeginProperty(name);
        EndProperty();
    }

    /// <summary>A property of one cell.</summary>
    public void Cell(ReadOnlySpan<byte> name, uint value)
    {
        BeginProperty(name);
        AppendCell(value);
        EndProperty();
    }

    /// <summary>A property of cells.</summary>
    public void Cells(ReadOnlySpan<byte> name, ReadOnlySpan<uint> values)
    {
        BeginProperty(name);
        for (int index = 0; index < values.Length; index++)
        {
            AppendCell(values[index]);
        }

        EndProperty();
    }

    /// <summary>A property of two cells that are one number.</summary>
    public void Number(ReadOnlySpan<byte> name, ulong value)
    {
        BeginProperty(name);
        AppendNumber(value);
        EndProperty();
    }

    /// <summary>A property of one text; a list of texts has zero bytes between them.</summary>
    public void Text(ReadOnlySpan<byte> name, ReadOnlySpan<byte> text)
    {
        BeginProperty(name);
        AppendText(text);
        AppendText("\0"u8);
        EndProperty();
    }

    /// <summary>Opens a property whose value is appended piece by piece.</summary>
    public void BeginProperty(ReadOnlySpan<byte> name)
    {
        if (_depth == 0 || _childSeen || _propertyStart != 0)
        {
            Fail(FdtError.MisplacedProperty);
            return;
        }

        int nameOffset = Intern(name);
        AppendRaw(FdtFormat.Property);
        AppendRaw(0);
        AppendRaw((uint)nameOffset);
        _propertyStart = Error == FdtError.None ? _end : 0;
    }

    /// <summary>Appends a cell to the open property.</summary>
    public void AppendCell(uint value)
    {
        if (_propertyStart == 0)
        {
            Fail(FdtError.MisplacedProperty);
            return;
        }

        AppendRaw(value);
    }

    /// <summary>Appends a number of two cells to the open property.</summary>
    public void AppendNumber(ulong value)
    {
        AppendCell((uint)(value >> 32));
        AppendCell((uint)value);
    }

    /// <summary>Appends bytes to the open property; end marks are not added.</summary>
    public void AppendText(ReadOnlySpan<byte> text)
    {
        if (_propertyStart == 0)
        {
            Fail(FdtError.MisplacedProperty);
            return;
        }

        for (int index = 0; index < text.Length; index++)
        {
            AppendByte(text[index]);
        }
    }

    /// <summary>Appends a number to the open property as unit addresses are written: lower case, no leading zeros.</summary>
    public void AppendHexadecimal(ulong value)
    {
        if (_propertyStart == 0)
        {
            Fail(FdtError.MisplacedProperty);
            return;
        }

        AppendDigits(value);
    }

    /// <summary>Closes the open property.</summary>
    public void EndProperty()
    {
        if (_propertyStart == 0)
        {
            Fail(FdtError.MisplacedProperty);
            return;
        }

        FdtFormat.WriteCell(_buffer, _propertyStart - (2 * sizeof(uint)), (uint)(_end - _propertyStart));
        _propertyStart = 0;
        CloseText();
    }

    /// <summary>Finishes the tree.</summary>
    /// <param name="bytes">Its length; 0 after an error.</param>
    /// <returns>The first error of all calls.</returns>
    public FdtError Finish(out int bytes)
    {
        bytes = 0;
        if (!_rootClosed)
        {
            Fail(FdtError.Unbalanced);
        }

        AppendRaw(FdtFormat.End);
        if (Error != FdtError.None)
        {
            return Error;
        }

        int names = _stringsEnd - _stringsStart;
        for (int index = 0; index < names; index++)
        {
            _buffer[_end + index] = _buffer[_stringsStart + index];
        }

        bytes = _end + names;
        FdtFormat.WriteCell(_buffer, 0, FdtFormat.Magic);
        FdtFormat.WriteCell(_buffer, 4, (uint)bytes);
        FdtFormat.WriteCell(_buffer, 8, StructureStart);
        FdtFormat.WriteCell(_buffer, 12, (uint)_end);
        FdtFormat.WriteCell(_buffer, 16, FdtFormat.HeaderBytes);
        FdtFormat.WriteCell(_buffer, 20, FdtFormat.Version);
        FdtFormat.WriteCell(_buffer, 24, FdtFormat.LastCompatibleVersion);
        FdtFormat.WriteCell(_buffer, 28, 0);
        FdtFormat.WriteCell(_buffer, 32, (uint)names);
        FdtFormat.WriteCell(_buffer, 36, (uint)(_end - StructureStart));
        for (int offset = FdtFormat.HeaderBytes; offset < StructureStart; offset += sizeof(uint))
        {
            FdtFormat.WriteCell(_buffer, offset, 0);
        }

        return FdtError.None;
    }

    private static bool IsNameByte(byte value) =>
        value is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z') or (>= (byte)'0' and <= (byte)'9')
            or (byte)',' or (byte)'.' or (byte)'_' or (byte)'+' or (byte)'-' or (byte)'?' or (byte)'#' or (byte)'@';

    private void Fail(FdtError error) => Error = Error == FdtError.None ? error : Error;

    private void OpenNode(ReadOnlySpan<byte> name)
    {
        bool isRoot = _depth == 0;
        if (_rootClosed || _propertyStart != 0)
        {
            Fail(FdtError.Unbalanced);
        }

        if (isRoot != (name.Length == 0) || !IsName(name))
        {
            Fail(FdtError.BadName);
        }

        if (_depth == FdtFormat.MostDepth)
        {
            Fail(FdtError.TooDeep);
        }

        AppendRaw(FdtFormat.BeginNode);
        for (int index = 0; index < name.Length; index++)
        {
            AppendByte(name[index]);
        }

        _depth++;
        _childSeen = false;
    }

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        for (int index = 0; index < name.Length; index++)
        {
            if (!IsNameByte(name[index]))
            {
                return false;
            }
        }

        return true;
    }

    private void AppendDigits(ulong value)
    {
        int digits = 1;
        while (digits < 16 && value >> (4 * digits) != 0)
        {
            digits++;
        }

        for (int digit = digits - 1; digit >= 0; digit--)
        {
            uint nibble = (uint)(value >> (4 * digit)) & 0xF;
            AppendByte((byte)(nibble < 10 ? '0' + nibble : 'a' + nibble - 10));
        }
    }

    private void AppendZero() => AppendByte(0);

    private void AppendByte(byte value)
    {
        if (_end >= _stringsStart)
        {
            Fail(FdtError.BufferFull);
        }

        if (Error == FdtError.None)
        {
            _buffer[_end++] = value;
        }
    }

    private void AppendRaw(uint value)
    {
        if (_end > _stringsStart - sizeof(uint))
        {
            Fail(FdtError.BufferFull);
        }

        if (Error == FdtError.None)
        {
            FdtFormat.WriteCell(_buffer, _end, value);
            _end += sizeof(uint);
        }
    }

    private void CloseText()
    {
        while (Error == FdtError.None && _end % sizeof(uint) != 0)
        {
            AppendZero();
        }
    }

    /// <summary>The offset of a property's name among the names; it is added when it is new.</summary>
    private int Intern(ReadOnlySpan<byte> name)
    {
        if (name.Length == 0 || !IsName(name))
        {
            Fail(FdtError.BadName);
        }

        if (Error != FdtError.None)
        {
            return 0;
        }

        int at = _stringsStart;
        while (at < _stringsEnd)
        {
            ReadOnlySpan<byte> rest = _buffer[at.._stringsEnd];
            int length = FdtFormat.IndexOfZero(rest);
            if (FdtFormat.AreEqual(rest[..length], name))
            {
                return at - _stringsStart;
            }

            at += length + 1;
        }

        if (name.Length >= _buffer.Length - _stringsEnd)
        {
            Fail(FdtError.BufferFull);
            return 0;
        }

        for (int index = 0; index < name.Length; index++)
        {
            _buffer[_stringsEnd++] = name[index];
        }

        _buffer[_stringsEnd++] = 0;
        return at - _stringsStart;
    }
}
