using System;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>Is told how often each register was accessed: a table to be printed, a metric. Names are UTF-8.</summary>
public interface ITrapVisitor
{
    /// <summary>One register.</summary>
    /// <param name="block">A short name of its block.</param>
    /// <param name="register">Its hardware name, an array counts as one; or what else was accessed.</param>
    /// <param name="count">How often an access began in it; not 0.</param>
    void Visit(ReadOnlySpan<byte> block, ReadOnlySpan<byte> register, uint count);
}
