using Sluice.Registers;

namespace Sluice.Runtime.HostBridges;

/// <summary>
/// Finds the functions on a range of buses. Bounded by the range whatever the functions answer; functions 1 to 7 are asked only where function 0 says that
/// they exist (PCI Local Bus Specification 3.0, section 6.2.1, "Header Type"). Buses behind PCI bridges are found when firmware has numbered them.
/// </summary>
/// <typeparam name="TBridge">The host bridge.</typeparam>
public struct FunctionEnumerator<TBridge>
    where TBridge : struct, IHostBridge
{
    private const uint VendorOffset = 0x00;
    private const uint HeaderTypeOffset = 0x0E;
    private const uint MultiFunction = 0x80;

    private readonly TBridge _bridge;
    private readonly uint _end;
    private uint _next;
    private bool _multiFunction;

    /// <summary>Begins before the first function.</summary>
    /// <param name="bridge">The host bridge.</param>
    /// <param name="firstBus">The first bus to ask.</param>
    /// <param name="lastBus">The last bus to ask, included; below <paramref name="firstBus"/> for none.</param>
    public FunctionEnumerator(TBridge bridge, uint firstBus, int lastBus)
    {
        _bridge = bridge;
        _next = (firstBus & 0xFF) << 8;
        _end = lastBus < 0 ? 0 : ((uint)(lastBus > 255 ? 255 : lastBus) + 1) << 8;
    }

    /// <summary>The function found.</summary>
    public RequesterId Current { get; private set; }

    /// <summary>What it says it is: device id in bits 31:16, vendor id in 15:0.</summary>
    [GuestControlled]
    public uint Identity { get; private set; }

    /// <summary>Goes to the next function.</summary>
    /// <returns>Whether there is one.</returns>
    public bool MoveNext()
    {
        while (_next < _end)
        {
            RequesterId candidate = new((ushort)_next);
            uint identity = _bridge.ReadConfig(candidate, VendorOffset, AccessWidth.Word);
            bool present = (identity & 0xFFFF) is not (0xFFFF or 0);
            if (candidate.Function == 0)
            {
                _multiFunction = present && (_bridge.ReadConfig(candidate, HeaderTypeOffset, AccessWidth.Byte) & MultiFunction) != 0;
            }

            _next += _multiFunction ? 1 : 8 - candidate.Function;
            if (present)
            {
                Current = candidate;
                Identity = identity;
                return true;
            }
        }

        return false;
    }
}
