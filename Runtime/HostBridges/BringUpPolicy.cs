namespace Sluice.Runtime.HostBridges;

/// <summary>Who brings a host bridge up. A board says it as data, per bridge; whoever it is, nothing behind the bridge is assigned before its checklist passes.</summary>
public enum BringUpPolicy : byte
{
    /// <summary>A boot loader did. The core only looks, and writes nothing.</summary>
    Firmware = 0,

    /// <summary>The core runs the bring-up sequence, and takes it back when a step fails.</summary>
    Hypervisor = 1,

    /// <summary>A hardware domain does with its own driver, whose writes are trapped and sanitized. The core looks when the domain says that it is done.</summary>
    HardwareDomain = 2,
}
