using System;

namespace Sluice.Simulation;

/// <summary>The way of a simulated device's own memory accesses: straight to the machine, or through an SMMU.</summary>
public interface IDmaPath
{
    /// <summary>Reads memory on behalf of a stream. False when the access was aborted; nothing that lies behind the abort has been read.</summary>
    bool TryRead(uint stream, ulong address, Span<byte> into);

    /// <summary>Writes memory, or a register such as an MSI doorbell, on behalf of a stream. False when the access was aborted.</summary>
    bool TryWrite(uint stream, ulong address, ReadOnlySpan<byte> from);
}
