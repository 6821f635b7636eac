namespace Sluice.Registers;

/// <summary>The hardware behind a view with passthrough registers. Each call is one access of the register's own width.</summary>
[TrapPath]
public interface IPassthroughHooks
{
    /// <summary>Reads a register of the hardware.</summary>
    /// <param name="offset">Byte offset in the block.</param>
    /// <param name="width">The width of the access.</param>
    /// <returns>What the hardware gave, right-aligned.</returns>
    ulong ReadHardware(uint offset, AccessWidth width);

    /// <summary>Writes a register of the hardware.</summary>
    /// <param name="offset">Byte offset in the block.</param>
    /// <param name="width">The width of the access.</param>
    /// <param name="value">
    /// All bits of the register: those that the party may write, sanitized, and for the others what the hardware holds or what changes nothing.
    /// </param>
    void WriteHardware(uint offset, AccessWidth width, [HardwareSink] ulong value);
}
