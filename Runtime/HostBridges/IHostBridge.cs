using Sluice.Registers;

namespace Sluice.Runtime.HostBridges;

/// <summary>
/// How the machine reaches PCI functions: their config space, and their memory behind the bridge's windows. Each call is at most one access of
/// that width. What is not there reads as all ones and swallows writes.
/// </summary>
public interface IHostBridge
{
    /// <summary>The buses that can be asked.</summary>
    BusRange Buses { get; }

    /// <summary>Whether functions behind the bridge may be assigned now: whoever brought it up, its checklist passes.</summary>
    /// <param name="refusal">The register that says why not, and what it shows.</param>
    bool IsReady(out BridgeRefusal refusal);

    /// <summary>Reads config space.</summary>
    /// <param name="function">Whose.</param>
    /// <param name="offset">Byte offset below 4096, a multiple of the width.</param>
    /// <param name="width">One, two or four bytes.</param>
    uint ReadConfig(RequesterId function, uint offset, AccessWidth width);

    /// <summary>Writes config space.</summary>
    /// <param name="function">Whose.</param>
    /// <param name="offset">Byte offset below 4096, a multiple of the width.</param>
    /// <param name="width">One, two or four bytes.</param>
    /// <param name="value">What to write, right-aligned.</param>
    void WriteConfig(RequesterId function, [HardwareSink] uint offset, AccessWidth width, [HardwareSink] uint value);

    /// <summary>Reads a function's memory.</summary>
    /// <param name="address">Machine address inside a BAR of a function that decodes, a multiple of the width.</param>
    /// <param name="width">One, two, four or eight bytes.</param>
    ulong ReadMemory(RegisterAddress address, AccessWidth width);

    /// <summary>Writes a function's memory.</summary>
    /// <param name="address">Machine address inside a BAR of a function that decodes, a multiple of the width.</param>
    /// <param name="width">One, two, four or eight bytes.</param>
    /// <param name="value">What to write, right-aligned.</param>
    void WriteMemory([HardwareSink] RegisterAddress address, AccessWidth width, [HardwareSink] ulong value);
}
