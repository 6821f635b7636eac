using Sluice.Registers;

namespace Sluice.Simulation;

/// <summary>A model that is told which stream writes to it, as the interconnect tells a translation service who sent a message.</summary>
public interface IStreamDevice : ISimulatedDevice
{
    /// <summary>One write of a device. The offset is aligned to the width; the value is right-aligned.</summary>
    void Write(uint stream, ulong offset, AccessWidth width, ulong value);
}
