using System.Runtime.CompilerServices;
using Sluice.Registers;

namespace Sluice.Runtime.HostBridges;

/// <summary>
/// Walks a function's list of extended capabilities (PCI Express Base Specification, section 7.6.3). The list comes from the device and is not trusted: each place is
/// visited at most once, of the 960 that there are; a list that leaves its area or comes back ends there.
/// </summary>
/// <typeparam name="TBridge">The host bridge.</typeparam>
public struct ExtendedCapabilityWalk<TBridge>
    where TBridge : struct, IHostBridge
{
    private const uint ConfigBytes = 0x1000;
    private const uint Absent = uint.MaxValue;

    private readonly FunctionConfig<TBridge> _config;
    private Places _visited;
    private uint _next;

    /// <summary>Begins before the first capability.</summary>
    /// <param name="config">The function's config space.</param>
    public ExtendedCapabilityWalk(FunctionConfig<TBridge> config)
    {
        _config = config;
        _next = FoundCapabilities.FirstExtended;
        HasSpace = config.Read32(new RegisterAddress(FoundCapabilities.FirstExtended)) != Absent;
    }

    /// <summary>Whether the function has extended config space at all. One that has not reads as all ones from 0x100 on.</summary>
    public bool HasSpace { get; }

    /// <summary>Byte offset of the capability in config space: a multiple of 4 from 0x100 to 0xFFC.</summary>
    public uint Offset { get; private set; }

    /// <summary>The capability's id; not 0.</summary>
    [GuestControlled]
    public ushort Id { get; private set; }

    /// <summary>Whether the list ended where no list may end: outside its area, at a place that it had already visited, or at a function that has gone.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Goes to the next capability. A place with the id 0 only leads to the next one.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        while (HasSpace && _next != 0)
        {
            int place = (int)((_next - FoundCapabilities.FirstExtended) >> 2);
            bool known = _next < FoundCapabilities.FirstExtended || _next >= ConfigBytes || (_visited[place >> 6] & (1UL << (place & 63))) != 0;
            uint header = known ? Absent : _config.Read32(new RegisterAddress(_next));
            if (header == Absent)
            {
                IsMalformed = true;
                _next = 0;
                return false;
            }

            _visited[place >> 6] |= 1UL << (place & 63);
            Offset = _next;
            Id = (ushort)header;
            _next = (header >> 20) & 0xFFC;
            if (Id != 0)
            {
                return true;
            }
        }

        return false;
    }

    [InlineArray(Words)]
    private struct Places
    {
        private const int Words = (int)((ConfigBytes - FoundCapabilities.FirstExtended) / 4 / 64);

        private ulong _word;
    }
}
