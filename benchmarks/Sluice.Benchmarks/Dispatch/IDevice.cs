using Sluice.Registers;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>A contender: the same block of registers, dispatched in its own way.</summary>
public interface IDevice
{
    /// <summary>Reads.</summary>
    uint Read(uint offset, AccessWidth width);

    /// <summary>Writes.</summary>
    void Write(uint offset, AccessWidth width, uint value);
}
