using System;

namespace Sluice.Registers.Tests.Interpreter;

/// <summary>The tables of some view, whatever their generated type is: the library's own methods over them, without the hooks.</summary>
public interface IRawTables
{
    /// <summary>The words that the view under test keeps.</summary>
    Span<uint> State { get; }

    uint SlotOf(uint offset);

    AccessOutcome RawRead(Span<uint> words, uint offset, Lanes lanes, out uint value);

    AccessOutcome RawWrite(Span<uint> words, uint offset, Lanes lanes, uint value);

    uint RawPeek(ReadOnlySpan<uint> words, uint offset);

    void RawReset(Span<uint> words, ResetKind kind);

    bool RawRestore(Span<uint> words, ReadOnlySpan<byte> source);

    int Find(uint offset, out uint element);

    byte[] Name(int index);
}
