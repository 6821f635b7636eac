using Sluice.Registers;

namespace Sluice.Runtime.HostBridges;

/// <summary>
/// Walks a function's extended capabilities (PCI Express Base Specification, "PCI Express Extended Capabilities"). The list comes from the device and is not trusted: it ends after as
/// many steps as there are places, 960, whatever it points at.
/// </summary>
/// <typeparam name="TBridge">The host bridge.</typeparam>
public struct ExtendedCapabilityWalk<TBridge>
    where TBridge : struct, IHostBridge
{
    private const uint FirstOffset = 0x100;
    private const int MostPlaces = 960;

    private readonly FunctionConfig<TBridge> _config;
    private uint _next;
    private int _visited;

    /// <summary>Begins before the first extended capability.</summary>
    /// <param name="config">The config space of a function that has a PCI Express capability.</param>
    public ExtendedCapabilityWalk(FunctionConfig<TBridge> config)
    {
        _config = config;
        _next = FirstOffset;
    }

    /// <summary>Byte offset of the capability in config space: a multiple of 4 from 0x100 on.</summary>
    public uint Offset { get; private set; }

    /// <summary>The capability's id.</summary>
    [GuestControlled]
    public ushort Id { get; private set; }

    /// <summary>Whether the list ended where no list may end: it pointed into conventional space, did not end, or the function has gone.</summary>
    public bool IsMalformed { get; private set; }

    /// <summary>Goes to the next capability.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        while (_next != 0)
        {
            uint header = _visited < MostPlaces ? _config.Read32(new RegisterAddress(_next)) : uint.MaxValue;
            if (header == uint.MaxValue)
            {
                IsMalformed |= _visited != 0;
                _next = 0;
                return false;
            }

            Offset = _next;
            Id = (ushort)header;
            _visited++;
            _next = (header >> 20) & 0xFFC;
            if (_next is > 0 and < FirstOffset)
            {
                IsMalformed = true;
                _next = 0;
            }

            if (Id != 0)
            {
                return true;
            }
        }

        return false;
    }
}
