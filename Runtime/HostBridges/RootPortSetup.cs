using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.HostBridges;

/// <summary>The header of a bridge's own root port: which buses lie behind it, and what it passes on.</summary>
/// <typeparam name="TBridge">The host bridge.</typeparam>
/// <param name="bridge">The host bridge.</param>
/// <param name="window">Its buses; the root port is device 0 of the first one.</param>
/// <param name="windows">What it is to pass on to the link.</param>
/// <param name="policy">Who brought it up: what the hypervisor wrote must be there as it was written, what others chose must hold what the board names.</param>
internal readonly struct RootPortSetup<TBridge>(TBridge bridge, EcamWindow window, PortWindows windows, BringUpPolicy policy)
    where TBridge : struct, IHostBridge
{
    private const uint BridgeLayout = 1;
    private const uint LayoutMask = 0x7F;
    private const uint BridgeClass = 0x0604;
    private const uint BusMask = 0x00FF_FFFF;
    private const uint Word = 0xFFFF_FFFC;
    private const uint Forwards = 6;
    private const uint WindowBits = 0xFFF0_FFF0;

    private readonly TBridge _bridge = bridge;
    private readonly EcamWindow _window = window;
    private readonly PortWindows _windows = windows;
    private readonly bool _isOwn = policy == BringUpPolicy.Hypervisor;

    /// <summary>The three bus numbers as one word.</summary>
    public uint Buses => Read(PciBridgeHeader.Offsets.PrimaryBus) & BusMask;

    /// <summary>What they should be.</summary>
    public uint OwnBuses => _window.FirstBus | ((_window.FirstBus + 1) << 8) | ((uint)_window.LastBus << 16);

    /// <summary>The bus numbers, read twice: a port that does not answer the same is not numbered, because it could not be put back.</summary>
    /// <param name="list">Gets the register when it does not.</param>
    /// <param name="buses">The numbers.</param>
    public bool TryReadBuses(ref BridgeChecklist list, out uint buses)
    {
        buses = Buses;
        return list.Require(BridgeBlock.RootPort, PciBridgeHeader.Offsets.PrimaryBus, Buses, BusMask, buses);
    }

    /// <summary>Writes the bus numbers.</summary>
    /// <param name="buses">Primary in bits 7:0, secondary in 15:8, subordinate in 23:16.</param>
    public void Number(uint buses)
    {
        // The latency timer beside them stays.
        uint timer = Read(PciBridgeHeader.Offsets.PrimaryBus) & ~BusMask;
        Write(PciBridgeHeader.Offsets.PrimaryBus, timer | (buses & BusMask));
    }

    /// <summary>What the port passes on now.</summary>
    /// <param name="list">Gets the register when one does not answer: what could not be put back is not changed.</param>
    /// <param name="state">What it is.</param>
    public bool TryReadWindows(ref BridgeChecklist list, out RootPortState state)
    {
        state = default;
        if (_windows.IsNone)
        {
            return list.Passes;
        }

        if (!list.Require(BridgeBlock.Settings, 0, (uint)_windows.Memory, 0, _windows.AreSound ? 0u : 1u))
        {
            return false;
        }

        state = new RootPortState
        {
            Command = Read(PciBridgeHeader.Offsets.Command) & ushort.MaxValue,
            Memory = Read(PciBridgeHeader.Offsets.MemoryBase),
            Prefetchable = Read(PciBridgeHeader.Offsets.PrefMemoryBase),
            PrefetchableBaseUpper = Read(PciBridgeHeader.Offsets.PrefBaseUpper32),
            PrefetchableLimitUpper = Read(PciBridgeHeader.Offsets.PrefLimitUpper32),
        };
        Same(ref list, PciBridgeHeader.Offsets.Command, state.Command, ushort.MaxValue);
        Same(ref list, PciBridgeHeader.Offsets.MemoryBase, state.Memory, uint.MaxValue);
        Same(ref list, PciBridgeHeader.Offsets.PrefMemoryBase, state.Prefetchable, uint.MaxValue);
        Same(ref list, PciBridgeHeader.Offsets.PrefBaseUpper32, state.PrefetchableBaseUpper, uint.MaxValue);
        return Same(ref list, PciBridgeHeader.Offsets.PrefLimitUpper32, state.PrefetchableLimitUpper, uint.MaxValue);
    }

    /// <summary>Opens the board's windows, then lets memory accesses down and DMA up.</summary>
    /// <param name="before">What there was.</param>
    public void Open(in RootPortState before)
    {
        if (!_windows.IsNone)
        {
            Put(new RootPortState
            {
                Command = before.Command | Forwards,
                Memory = _windows.MemoryWord,
                Prefetchable = _windows.PrefetchableWord,
                PrefetchableBaseUpper = _windows.PrefetchableBaseUpper,
                PrefetchableLimitUpper = _windows.PrefetchableLimitUpper,
            });
        }
    }

    /// <summary>Puts back what there was.</summary>
    /// <param name="before">What there was.</param>
    public void Restore(in RootPortState before)
    {
        if (!_windows.IsNone)
        {
            Put(before with { Command = before.Command & ~Forwards });
            Write(PciBridgeHeader.Offsets.Command, before.Command);
        }
    }

    /// <summary>Whether there is a root port whose buses are the board's, and which passes on all that the board names.</summary>
    public bool Check(ref BridgeChecklist list)
    {
        uint identity = Read(PciBridgeHeader.Offsets.VendorId);
        uint vendor = identity & ushort.MaxValue;
        list.Require(BridgeBlock.RootPort, PciBridgeHeader.Offsets.VendorId, vendor == ushort.MaxValue ? uint.MaxValue : vendor, 0, 0);
        uint layout = (Read(PciBridgeHeader.Offsets.HeaderType & Word) >> 16) & byte.MaxValue;
        list.Require(BridgeBlock.RootPort, PciBridgeHeader.Offsets.HeaderType, layout, LayoutMask, BridgeLayout);
        list.Require(BridgeBlock.RootPort, PciBridgeHeader.Offsets.ClassDevice, Read(PciBridgeHeader.Offsets.ClassDevice & Word) >> 16, ushort.MaxValue, BridgeClass);
        uint buses = Buses;

        // Firmware may have routed fewer buses than there is room for.
        bool routesLess = buses >> 16 > _window.FirstBus && (int)(buses >> 16) <= _window.LastBus;
        list.Require(BridgeBlock.RootPort, PciBridgeHeader.Offsets.PrimaryBus, buses, routesLess ? ushort.MaxValue : BusMask, routesLess ? OwnBuses & ushort.MaxValue : OwnBuses);
        return _windows.IsNone || !list.Passes ? list.Passes : CheckWindows(ref list);
    }

    // Firmware may have opened more than the board names, as another board of the same kind needs it.
    private bool CheckWindows(ref BridgeChecklist list)
    {
        list.Require(BridgeBlock.Settings, 0, (uint)_windows.Memory, 0, _windows.AreSound ? 0u : 1u);
        list.Require(BridgeBlock.RootPort, PciBridgeHeader.Offsets.Command, Read(PciBridgeHeader.Offsets.Command) & ushort.MaxValue, Forwards, Forwards);
        uint memory = Read(PciBridgeHeader.Offsets.MemoryBase);
        bool holds = _windows.MemoryBytes == 0 || (Base(memory) <= _windows.Memory && Limit(memory) >= _windows.Memory + _windows.MemoryBytes - 1);
        Holds(ref list, PciBridgeHeader.Offsets.MemoryBase, memory, WindowBits, holds, _windows.MemoryWord);
        uint low = Read(PciBridgeHeader.Offsets.PrefMemoryBase);
        uint baseUpper = Read(PciBridgeHeader.Offsets.PrefBaseUpper32);
        uint limitUpper = Read(PciBridgeHeader.Offsets.PrefLimitUpper32);
        bool isEmpty = _windows.PrefetchableBytes == 0;
        bool begins = isEmpty || (((ulong)baseUpper << 32) | Base(low)) <= _windows.Prefetchable;
        bool ends = isEmpty || (((ulong)limitUpper << 32) | Limit(low)) >= _windows.Prefetchable + _windows.PrefetchableBytes - 1;
        Holds(ref list, PciBridgeHeader.Offsets.PrefBaseUpper32, baseUpper, uint.MaxValue, begins, _windows.PrefetchableBaseUpper);
        Holds(ref list, PciBridgeHeader.Offsets.PrefLimitUpper32, limitUpper, uint.MaxValue, ends, _windows.PrefetchableLimitUpper);

        // A port without such a window shows zeros.
        uint expected = isEmpty && (low & WindowBits) == 0 ? 0 : _windows.PrefetchableWord;
        return Holds(ref list, PciBridgeHeader.Offsets.PrefMemoryBase, low, WindowBits, begins && ends, expected);
    }

    private static uint Base(uint word) => (word & 0xFFF0) << 16;

    private static uint Limit(uint word) => (word & 0xFFF0_0000) | 0xF_FFFF;

    // The halves of a 64-bit limit are two registers: the one that differs is the one to name.
    private bool Holds(ref BridgeChecklist list, uint offset, uint value, uint mask, bool holds, uint expected)
    {
        bool isExact = (value & mask) == expected;
        bool passes = isExact || (holds && !_isOwn);
        return list.Require(BridgeBlock.RootPort, offset, value, passes ? 0 : mask, passes ? 0 : expected);
    }

    private bool Same(ref BridgeChecklist list, uint offset, uint value, uint mask)
        => list.Require(BridgeBlock.RootPort, offset, Read(offset) & mask, mask, value & mask);

    private void Put(in RootPortState state)
    {
        Write(PciBridgeHeader.Offsets.MemoryBase, state.Memory);
        Write(PciBridgeHeader.Offsets.PrefMemoryBase, state.Prefetchable);
        Write(PciBridgeHeader.Offsets.PrefBaseUpper32, state.PrefetchableBaseUpper);
        Write(PciBridgeHeader.Offsets.PrefLimitUpper32, state.PrefetchableLimitUpper);
        Write(PciBridgeHeader.Offsets.Command, state.Command);
    }

    private RequesterId RootPort => new(_window.FirstBus, 0, 0);

    // Whole words, as every config window takes them. In that of the command register are the status bits, of which zeros clear none.
    private void Write(uint offset, uint value) => _bridge.WriteConfig(RootPort, offset, AccessWidth.Word, value);

    private uint Read(uint offset) => _bridge.ReadConfig(RootPort, offset, AccessWidth.Word);
}
