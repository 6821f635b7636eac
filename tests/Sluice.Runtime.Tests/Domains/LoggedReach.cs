using System;
using System.Buffers.Binary;
using Sluice.Runtime.Interrupts;
using Sluice.Simulation;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>DMA as the log has it: what a stream reads of a guest's memory is the name of the guest that it is attached to.</summary>
/// <param name="log">The log.</param>
internal sealed class LoggedReach(IsolationLog log) : IDmaPath
{
    /// <summary>Where every guest has its name.</summary>
    public const ulong Canary = 0x8000_0000;

    public bool TryRead(uint stream, ulong address, Span<byte> into)
    {
        if (!log.Reaches.TryGetValue(stream, out OwnerId owner))
        {
            return false;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(into, owner.Value);
        return true;
    }

    public bool TryWrite(uint stream, ulong address, ReadOnlySpan<byte> from) => false;
}
