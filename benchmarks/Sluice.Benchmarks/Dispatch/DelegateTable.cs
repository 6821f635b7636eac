using System;
using Sluice.Registers;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>A delegate for each register, indexed by its word: the shape of many emulators.</summary>
public struct DelegateTable : IDevice
{
    private readonly Func<uint, AccessWidth, uint>[] _reads;
    private readonly Action<uint, AccessWidth, uint>[] _writes;

    /// <summary>Makes the delegates.</summary>
    public DelegateTable(int registers)
    {
        _reads = new Func<uint, AccessWidth, uint>[registers];
        _writes = new Action<uint, AccessWidth, uint>[registers];
        for (uint word = 0; word < registers; word++)
        {
            RegisterObject register = new(WordKind.Of(word));
            _reads[word] = register.Read;
            _writes[word] = register.Write;
        }
    }

    /// <inheritdoc/>
    public readonly uint Read(uint offset, AccessWidth width) => offset >> 2 < _reads.Length ? _reads[offset >> 2](offset, width) : 0;

    /// <inheritdoc/>
    public readonly void Write(uint offset, AccessWidth width, uint value)
    {
        if (offset >> 2 < _writes.Length)
        {
            _writes[offset >> 2](offset, width, value);
        }
    }
}
