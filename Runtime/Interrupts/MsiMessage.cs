using Sluice.Registers;

namespace Sluice.Runtime.Interrupts;

/// <summary>What a function writes to raise one vector of a physical MSI controller. Only controllers make one: it never holds a guest's word.</summary>
/// <param name="address">The doorbell's machine address.</param>
/// <param name="data">What is written there.</param>
public readonly struct MsiMessage(RegisterAddress address, uint data)
{
    /// <summary>The doorbell's machine address.</summary>
    public RegisterAddress Address { get; } = address;

    /// <summary>What is written there.</summary>
    public uint Data { get; } = data;
}
