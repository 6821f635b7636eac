using Sluice.Registers;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Domains;

/// <summary>One stage-2 table of a domain: its processors', its devices', or one that both walk. A small struct that is copied freely; the table lives elsewhere, in one place.</summary>
public interface IDomainTable
{
    /// <summary>Pages of 4 KiB that the table takes now, its root included.</summary>
    uint TablePages { get; }

    /// <summary>Maps a range: all of it or nothing.</summary>
    /// <param name="input">The domain's address, a multiple of 4 KiB.</param>
    /// <param name="output">The machine's address, a multiple of 4 KiB.</param>
    /// <param name="length">Bytes, a multiple of 4 KiB.</param>
    /// <param name="attributes">What may be done there.</param>
    MappingResult Map(ulong input, [HardwareSink] MachineAddress output, [HardwareSink] ulong length, PageAttributes attributes);

    /// <summary>Unmaps a range, all of which is mapped.</summary>
    /// <param name="input">The domain's address, a multiple of 4 KiB.</param>
    /// <param name="length">Bytes, a multiple of 4 KiB.</param>
    /// <returns>Done only when nobody who walks the table can still use what was there; a timeout is never taken for that.</returns>
    MappingResult Unmap(ulong input, ulong length);
}
