using Sluice.Registers;

namespace Sluice.Runtime.HostBridges;

/// <summary>
/// Walks a function's capability list (PCI Local Bus Specification 3.0, section 6.7). The list comes from the device and is not trusted: each place is
/// visited at most once, of the 48 that there are; a list that leaves its area or comes back ends there.
/// </summary>
/// <typeparam name="TBridge">The host bridge.</typeparam>
public struct CapabilityWalk<TBridge>
    where TBridge : struct, IHostBridge
{
    private const uint StatusOffset = 0x06;
    private const uint StatusHasCapabilities = 0x10;
    private const uint PointerOffset = 0x34;
    private const uint FirstOffset = 0x40;

    private readonly FunctionConfig<TBridge> _config;
    private ulong _visited;
    private uint _next;

    /// <summary>Begins before the first capability.</summary>
    /// <param name="config">The function's config space.</param>
    public CapabilityWalk(FunctionConfig<TBridge> config)
    {
        _config = config;
        bool has = (config.Read16(new RegisterAddress(StatusOffset)) & StatusHasCapabilities) != 0;
        _next = has ? (uint)config.Read8(new RegisterAddress(PointerOffset)) & 0xFC : 0;
    }

    /// <summary>Byte offset of the capability in config space: a multiple of 4 from 0x40 to 0xFC.</summary>
    public uint Offset { get; private set; }

    /// <summary>The capability's id.</summary>
    [GuestControlled]
    public byte Id { get; private set; }

    /// <summary>Whether the list ended where no list may end: outside its area, at a place that it had already visited, or at a function that has gone.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Goes to the next capability.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        if (_next == 0)
        {
            return false;
        }

        ulong place = 1UL << (int)(_next >> 2);
        uint header = _next < FirstOffset || (_visited & place) != 0 ? uint.MaxValue : _config.Read16(new RegisterAddress(_next));
        if ((header & 0xFF) == 0xFF)
        {
            IsMalformed = true;
            _next = 0;
            return false;
        }

        _visited |= place;
        Offset = _next;
        Id = (byte)header;
        _next = (header >> 8) & 0xFC;
        return true;
    }
}
