using Sluice.Registers;

namespace Sluice.Simulation;

/// <summary>A model of something with registers, on the simulated machine's bus.</summary>
public interface ISimulatedDevice
{
    /// <summary>One read. The offset is aligned to the width; the value is right-aligned.</summary>
    ulong Read(ulong offset, AccessWidth width);

    /// <summary>One write. The offset is aligned to the width; the value is right-aligned.</summary>
    void Write(ulong offset, AccessWidth width, ulong value);
}
