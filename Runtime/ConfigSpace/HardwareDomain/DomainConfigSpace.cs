using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.ConfigSpace.HardwareDomain;

/// <summary>
/// Config space as the hardware domain sees it, which drives what no guest owns: allowed unless something says otherwise. A header goes through its description, so that a bridge with
/// functions of guests behind it keeps its numbers and windows and resets nobody; what is described nowhere is the hardware's. Functions can be hidden or be read only, and so can
/// capabilities. It lives in one place.
/// </summary>
/// <typeparam name="TBridge">The host bridge.</typeparam>
/// <param name="bridge">The host bridge.</param>
public struct DomainConfigSpace<TBridge>(TBridge bridge)
    where TBridge : struct, IHostBridge
{
    private const uint HeaderBytes = PciHeader.SizeBytes;
    private const uint ConfigBytes = EcamWindow.FunctionBytes;

    private readonly TBridge _bridge = bridge;
    private DomainFunctions _functions;
    private GuardedRanges _guarded;

    /// <summary>Accesses, in part or as a whole, to what is not there for the domain, and writes to what it may only read.</summary>
    public uint Denied { get; private set; }

    /// <summary>Says what the domain may do with a function: before a guest gets it, and after it is back.</summary>
    /// <param name="function">The function.</param>
    /// <param name="access">What it may do.</param>
    /// <returns>Whether that is so now: not when there are too many functions with something to say about them.</returns>
    public bool TryAllow(RequesterId function, DomainAccess access)
    {
        int entry = access == DomainAccess.Full ? _functions.Find(function) : _functions.FindOrAdd(function);
        if (entry >= 0)
        {
            _functions[entry].Access = access;
        }

        return entry >= 0 || access == DomainAccess.Full;
    }

    /// <summary>Says whether functions of guests are behind a bridge: then the domain can neither renumber nor move what lies behind it, nor cut it off, nor reset it.</summary>
    /// <param name="function">A function with a type-1 header.</param>
    /// <param name="inUse">Whether there are.</param>
    /// <returns>Whether that is so now: not for a function with another header, nor when there are too many.</returns>
    public bool TryUse(RequesterId function, bool inUse)
    {
        int entry = IsBridge(function) ? _functions.FindOrAdd(function) : -1;
        if (entry >= 0)
        {
            _functions[entry].IsInUse = inUse;
        }

        return entry >= 0;
    }

    /// <summary>
    /// Keeps the memory of a guest's function the guest's, before the guest gets it: from now on nothing of the domain begins to decode on a page of it. A function of the domain whose base address
    /// registers are elsewhere is not disturbed; while it decodes, these do not move. SR-IOV and Resizable BAR place memory of their own: where guests have functions, hide them.
    /// </summary>
    /// <param name="function">The guest's function.</param>
    /// <param name="bars">Its registers with their places.</param>
    /// <returns>Whether all of it is guarded: not when there are too many ranges; then none of this function is.</returns>
    public bool TryGuard(RequesterId function, ref readonly HostBars bars) => _guarded.TryAdd(function, in bars);

    /// <summary>Ends what <see cref="TryGuard"/> began, after the function is back.</summary>
    /// <param name="function">The function.</param>
    public void Unguard(RequesterId function) => _guarded.Remove(function);

    /// <summary>Hides a capability from the domain: the list leads past it, and its registers cannot be written. The first of the extended ones has no id instead.</summary>
    /// <param name="function">The function.</param>
    /// <param name="offset">Byte offset of the capability.</param>
    /// <returns>Whether it is hidden: not when there is none, nor when there are too many.</returns>
    public bool TryHideCapability(RequesterId function, uint offset)
    {
        int entry = _functions.FindOrAdd(function);
        return entry >= 0 && _functions[entry].TryHide(new FunctionConfig<TBridge>(_bridge, function), offset);
    }

    /// <summary>Says what a byte is. Every byte is something.</summary>
    /// <param name="function">The function.</param>
    /// <param name="offset">Byte offset; any value.</param>
    public readonly DomainByte Classify(RequesterId function, uint offset)
    {
        int entry = _functions.Find(function);
        if (offset >= ConfigBytes || (entry >= 0 && _functions[entry].Access == DomainAccess.Hidden))
        {
            return DomainByte.Denied;
        }

        bool readOnly = entry >= 0 && (_functions[entry].Access == DomainAccess.ReadOnly || _functions[entry].Hides(offset));
        return readOnly ? DomainByte.ReadOnly : offset < HeaderBytes ? DomainByte.Described : DomainByte.Passed;
    }

    /// <summary>Reads config space.</summary>
    /// <param name="function">Whose.</param>
    /// <param name="offset">Byte offset; any value.</param>
    /// <param name="width">How wide. Eight bytes are two words, the low one first.</param>
    /// <param name="value">What is read, right-aligned, upper bits zero.</param>
    [TrapPath]
    public AccessResult Read(RequesterId function, uint offset, AccessWidth width, out ulong value)
    {
        value = ulong.MaxValue >> (64 - ((int)width * 8));
        if (!AccessBounds.Admit(ConfigBytes, offset, width))
        {
            return Count(AccessResult.Rejected);
        }

        if (width == AccessWidth.DoubleWord)
        {
            AccessResult first = Read(function, offset, AccessWidth.Word, out ulong low);
            AccessResult second = Read(function, offset + 4, AccessWidth.Word, out ulong high);
            value = low | (high << 32);
            return first > second ? first : second;
        }

        int entry = _functions.Find(function);
        if (entry >= 0 && _functions[entry].Access == DomainAccess.Hidden)
        {
            return Count(AccessResult.Denied);
        }

        int shift = (int)((offset & 3) * 8);
        AccessResult result = offset < HeaderBytes ? ReadHeader(entry, function, offset, width, out ulong read) : ReadBody(function, offset, width, out read);
        uint word = (uint)read << shift;
        value &= (entry < 0 ? word : _functions[entry].Patch(offset & ~3u, word)) >> shift;
        return Count(result);
    }

    /// <summary>Writes config space.</summary>
    /// <param name="function">Whose.</param>
    /// <param name="offset">Byte offset; any value.</param>
    /// <param name="width">How wide. Eight bytes are two words, the low one first.</param>
    /// <param name="value">What is written, right-aligned.</param>
    [TrapPath]
    public AccessResult Write(RequesterId function, uint offset, AccessWidth width, GuestValue value)
    {
        if (!AccessBounds.Admit(ConfigBytes, offset, width))
        {
            return Count(AccessResult.Rejected);
        }

        if (width == AccessWidth.DoubleWord)
        {
            AccessResult first = Write(function, offset, AccessWidth.Word, value);
            AccessResult second = Write(function, offset + 4, AccessWidth.Word, new GuestValue(value.Untrusted >> 32));
            return first > second ? first : second;
        }

        // Capabilities begin on words, so that an access has all its bytes in one, or none.
        int entry = _functions.Find(function);
        if (entry >= 0 && (_functions[entry].Access != DomainAccess.Full || _functions[entry].Hides(offset)))
        {
            return Count(AccessResult.Denied);
        }

        if (offset < HeaderBytes)
        {
            return Count(_guarded.Count == 0 ? WriteHeader(entry, function, offset, width, value) : WriteGuarded(entry, function, offset, width, value));
        }

        _bridge.WriteConfig(function, offset, width, (uint)value.Mask(ulong.MaxValue >> (64 - ((int)width * 8))));
        return AccessResult.Done;
    }

    private readonly bool IsBridge(RequesterId function)
        => new PciHeader.Registers<FunctionConfig<TBridge>>(new FunctionConfig<TBridge>(_bridge, function), new RegisterAddress(0)).HeaderType.Read().Layout
            == PciHeader.HeaderTypeLayout.Bridge;

    private readonly AccessResult ReadBody(RequesterId function, uint offset, AccessWidth width, out ulong value)
    {
        value = _bridge.ReadConfig(function, offset, width);
        return AccessResult.Done;
    }

    private readonly AccessResult ReadHeader(int entry, RequesterId function, uint offset, AccessWidth width, out ulong value)
    {
        Hardware hardware = new(_bridge, function);
        if (entry >= 0 && _functions[entry].IsInUse)
        {
            PciBridgeHeader.BridgeInUse used = default;
            return used.Read(offset, width, ref hardware, out value);
        }

        if (IsBridge(function))
        {
            PciBridgeHeader.HardwareDomain free = default;
            return free.Read(offset, width, ref hardware, out value);
        }

        PciHeader.HardwareDomain own = default;
        return own.Read(offset, width, ref hardware, out value);
    }

    /// <summary>Writes what does not make the function decode where a guest's memory is. Of COMMAND, the rest of what is written counts all the same.</summary>
    private readonly AccessResult WriteGuarded(int entry, RequesterId function, uint offset, AccessWidth width, GuestValue value)
    {
        int shift = (int)((offset & 3) * 8);
        uint mask = (uint)(ulong.MaxValue >> (64 - ((int)width * 8))) << shift;
        uint word = (uint)value.Untrusted << shift;
        DomainDecode<TBridge> decode = new(new FunctionConfig<TBridge>(_bridge, function), IsBridge(function));
        bool begins = decode.Begins(offset & ~3u, mask, word);
        if (decode.Allows(offset & ~3u, mask, word, in _guarded))
        {
            return WriteHeader(entry, function, offset, width, value);
        }

        if (begins)
        {
            _ = WriteHeader(entry, function, offset, width, new GuestValue(value.Untrusted & ~(ulong)DomainDecode<TBridge>.MemoryEnable));
        }

        return AccessResult.Denied;
    }

    private readonly AccessResult WriteHeader(int entry, RequesterId function, uint offset, AccessWidth width, GuestValue value)
    {
        Hardware hardware = new(_bridge, function);
        if (entry >= 0 && _functions[entry].IsInUse)
        {
            PciBridgeHeader.BridgeInUse used = default;
            return used.Write(offset, width, value, ref hardware);
        }

        if (IsBridge(function))
        {
            PciBridgeHeader.HardwareDomain free = default;
            return free.Write(offset, width, value, ref hardware);
        }

        PciHeader.HardwareDomain own = default;
        return own.Write(offset, width, value, ref hardware);
    }

    private AccessResult Count(AccessResult result)
    {
        Denied += result == AccessResult.Done ? 0u : 1u;
        return result;
    }

    private readonly struct Hardware(TBridge bridge, RequesterId function)
        : PciHeader.IHardwareDomainHooks, PciBridgeHeader.IHardwareDomainHooks, PciBridgeHeader.IBridgeInUseHooks
    {
        private readonly TBridge _bridge = bridge;
        private readonly RequesterId _function = function;

        public ulong ReadHardware(uint offset, AccessWidth width) => _bridge.ReadConfig(_function, offset, width);

        public void WriteHardware(uint offset, AccessWidth width, [HardwareSink] ulong value) => _bridge.WriteConfig(_function, offset, width, (uint)value);
    }
}
