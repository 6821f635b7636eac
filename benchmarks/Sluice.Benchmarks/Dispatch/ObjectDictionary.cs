using System.Collections.Generic;
using Sluice.Registers;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>A dictionary from offset to register object: the shape of the run-time register frameworks.</summary>
public readonly struct ObjectDictionary : IDevice
{
    private readonly Dictionary<uint, RegisterObject> _registers;

    /// <summary>Makes the objects.</summary>
    public ObjectDictionary(int registers)
    {
        _registers = [];
        for (uint word = 0; word < registers; word++)
        {
            _registers.Add(word * 4, new RegisterObject(WordKind.Of(word)));
        }
    }

    /// <inheritdoc/>
    public readonly uint Read(uint offset, AccessWidth width)
        => _registers.TryGetValue(offset & ~3u, out RegisterObject? register) ? register.Read(offset, width) : 0;

    /// <inheritdoc/>
    public readonly void Write(uint offset, AccessWidth width, uint value)
    {
        if (_registers.TryGetValue(offset & ~3u, out RegisterObject? register))
        {
            register.Write(offset, width, value);
        }
    }
}
