using Sluice.Runtime.Domains;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>A table that only keeps a log.</summary>
public readonly struct LoggedTable(TableLog log) : IDomainTable
{
    public uint TablePages => log.TablePages;

    public MappingResult Map(ulong input, MachineAddress output, ulong length, PageAttributes attributes) => log.Map(input, output.Value, length, attributes);

    public MappingResult Unmap(ulong input, ulong length) => log.Unmap(input, length);
}
