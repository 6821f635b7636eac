using System.Diagnostics.CodeAnalysis;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Domains;

/// <summary>
/// The functions behind a host bridge, the bridges between them, and what each says about keeping them apart. Made by reading config space; nothing is written, but by
/// <see cref="EnableAccessControl"/>. The answers are not trusted: the work and the memory are bounded whatever they are, a function keeps its entry as it was found while
/// somebody owns it, and what leads nowhere is taken for not isolated.
/// </summary>
public struct PciTopology
{
    /// <summary>How many functions there is room for, bridges included.</summary>
    public const int Capacity = TopologyFunctions.Capacity;

    private const uint ConfigBytes = 0x1000;
    private const uint AcsId = 0x000D;
    private const uint SriovId = 0x0010;
    private const uint AcsLength = 8;
    private const uint SriovLength = 0x40;
    private const uint MostVirtual = 256;
    private const uint PageShift = 12;

    private TopologyFunctions _functions;
    private uint _firstBus;

    /// <summary>How many functions there are.</summary>
    public int Count { get; private set; }

    /// <summary>Whether the last survey had room for all functions. If not, nothing can be said of any group.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>One function.</summary>
    /// <param name="index">Below <see cref="Count"/>.</param>
    [UnscopedRef]
    public readonly ref readonly TopologyFunction this[int index] => ref _functions[index];

    /// <summary>Finds a function.</summary>
    /// <param name="id">Which one.</param>
    /// <returns>Its index; -1 when the survey did not find it.</returns>
    public readonly int Find(RequesterId id)
    {
        for (int index = 0; index < Count; index++)
        {
            if (_functions[index].Id.Is(id))
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>Looks at all functions. Those that are pinned stay as they are; others that have gone are forgotten.</summary>
    /// <typeparam name="TBridge">The host bridge.</typeparam>
    /// <param name="bridge">The host bridge; ready.</param>
    /// <param name="firstBus">The first bus.</param>
    /// <param name="lastBus">The last bus, included.</param>
    public void Survey<TBridge>(TBridge bridge, uint firstBus, int lastBus)
        where TBridge : struct, IHostBridge
    {
        _firstBus = firstBus;
        IsComplete = true;
        for (int index = 0; index < Count; index++)
        {
            _functions[index].IsFound = false;
        }

        FunctionEnumerator<TBridge> found = new(bridge, firstBus, lastBus);
        while (found.MoveNext())
        {
            IsComplete &= TryAdd(new FunctionConfig<TBridge>(bridge, found.Current), out int index);
            if (index >= 0 && !_functions[index].IsPinned)
            {
                _functions[index].IsVirtual = false;
            }
        }

        int surveyed = Count;
        for (int index = 0; index < surveyed; index++)
        {
            if (_functions[index].IsFound && _functions[index].VirtualCount != 0)
            {
                AddVirtual(bridge, index);
            }
        }

        Forget();
        Route();
    }

    /// <summary>Notes that a function was reset, or that it has had an owner since.</summary>
    /// <param name="index">Below <see cref="Count"/>.</param>
    /// <param name="lastOwner">Who had it last.</param>
    /// <param name="isFresh">Whether it was reset after that.</param>
    public void Note(int index, OwnerId lastOwner, bool isFresh)
    {
        _functions[index].LastOwner = lastOwner;
        _functions[index].IsFresh = isFresh;
    }

    /// <summary>Keeps a function's entry as it is from now on.</summary>
    /// <param name="index">Below <see cref="Count"/>.</param>
    public void Pin(int index) => _functions[index].IsPinned = true;

    /// <summary>Lets a function be asked again by the next survey.</summary>
    /// <param name="index">Below <see cref="Count"/>.</param>
    public void Unpin(int index) => _functions[index].IsPinned = false;

    /// <summary>
    /// Switches on, at every port and every function of several, what keeps functions apart and is not on; then the topology says what is on in fact.
    /// </summary>
    /// <typeparam name="TBridge">The host bridge.</typeparam>
    /// <param name="bridge">The host bridge.</param>
    public void EnableAccessControl<TBridge>(TBridge bridge)
        where TBridge : struct, IHostBridge
    {
        for (int index = 0; index < Count; index++)
        {
            ref TopologyFunction function = ref _functions[index];
            AccessControl wanted = AccessControl.All & function.AccessAbilities;
            if (function.AccessOffset != 0 && !function.IsPinned && (function.AccessEnabled & wanted) != wanted)
            {
                AcsCapability.Registers<FunctionConfig<TBridge>> registers = new(new FunctionConfig<TBridge>(bridge, function.Id), new RegisterAddress(function.AccessOffset));
                registers.AcsCtrl.Modify(registers.AcsCtrl.Read() with { Sv = Has(wanted, AccessControl.SourceValidation), Rr = Has(wanted, AccessControl.RequestRedirect), Cr = Has(wanted, AccessControl.CompletionRedirect), Uf = Has(wanted, AccessControl.UpstreamForwarding) });
                function.AccessEnabled = EnabledOf(registers.AcsCtrl.Read());
            }
        }
    }

    /// <summary>The ids that a function's requests may carry.</summary>
    /// <param name="index">Below <see cref="Count"/>.</param>
    /// <param name="ids">The ids; the function's own is the first.</param>
    public readonly void RequestersOf(int index, out RequesterIds ids)
    {
        ref readonly TopologyFunction function = ref _functions[index];
        ids = default;
        ids.AddOwn(function.Id);

        // Phantom functions have the upper bits of the function number; a function that has such bits itself has none.
        uint stride = function.Id.Function < function.PhantomStride ? function.PhantomStride : 8;
        for (uint phantom = function.Id.Function + stride; phantom < 8; phantom += stride)
        {
            ids.AddOwn(new RequesterId(function.Id.Bus, function.Id.Device, phantom));
        }

        int above = function.Parent;
        for (int depth = 0; above >= 0 && depth < Capacity; depth++)
        {
            ref readonly TopologyFunction bridge = ref _functions[above];
            if (bridge.Kind is FunctionKind.BridgeToConventional or FunctionKind.ConventionalBridge)
            {
                ids.Add(new RequesterId(bridge.SecondaryBus, 0, 0));
            }

            if (bridge.Kind is FunctionKind.BridgeFromConventional or FunctionKind.ConventionalBridge)
            {
                ids.Add(bridge.Id);
            }

            above = bridge.Parent;
        }
    }

    /// <summary>Whether a function is below a bridge.</summary>
    /// <param name="index">The function; below <see cref="Count"/>.</param>
    /// <param name="bridge">The bridge; below <see cref="Count"/>.</param>
    public readonly bool IsBelow(int index, int bridge)
    {
        int above = _functions[index].Parent;
        for (int depth = 0; above >= 0 && depth < Capacity; depth++)
        {
            if (above == bridge)
            {
                return true;
            }

            above = _functions[above].Parent;
        }

        return false;
    }

    /// <summary>
    /// The line at the host bridge that a function's INTx wire leads to: each bridge swaps the wires of the devices below it (PCI-to-PCI Bridge Architecture 1.2, section 9.1).
    /// </summary>
    /// <param name="index">Below <see cref="Count"/>.</param>
    /// <param name="line">0 to 3.</param>
    /// <returns>Whether it has one.</returns>
    public readonly bool TryFindLine(int index, out uint line)
    {
        uint pin = _functions[index].InterruptPin;
        line = pin - 1;
        for (int depth = 0; index >= 0 && depth < Capacity; depth++)
        {
            line = (line + _functions[index].Id.Device) & 3;
            index = _functions[index].Parent;
        }

        return pin is > 0 and <= 4;
    }

    /// <summary>What a port, or a function of several, lacks to keep what it separates apart. What a root port or an endpoint cannot control it does not do at all.</summary>
    /// <param name="index">Below <see cref="Count"/>.</param>
    public readonly AccessControl MissingAt(int index)
    {
        ref readonly TopologyFunction function = ref _functions[index];
        AccessControl required = function.Kind switch
        {
            FunctionKind.DownstreamPort => AccessControl.All,
            FunctionKind.RootPort => AccessControl.SourceValidation | (AccessControl.All & function.AccessAbilities),
            FunctionKind.UpstreamPort when !function.IsMultifunction => AccessControl.None,
            _ when function.IsVirtual && function.AccessOffset == 0 => AccessControl.None,
            FunctionKind.Endpoint or FunctionKind.LegacyEndpoint or FunctionKind.IntegratedEndpoint or FunctionKind.UpstreamPort when function.AccessOffset != 0
                => AccessControl.All & function.AccessAbilities,
            _ => AccessControl.All,
        };
        AccessControl enabled = function.AccessOffset != 0 ? function.AccessEnabled & function.AccessAbilities : AccessControl.None;
        return required & ~enabled;
    }

    private static bool Has(AccessControl set, AccessControl one) => (set & one) != 0;

    private static AccessControl EnabledOf(AcsCapability.AcsCtrl control) => (AccessControl)control.Value & AccessControl.All;

    private bool TryAdd<TBridge>(FunctionConfig<TBridge> config, out int index)
        where TBridge : struct, IHostBridge
    {
        index = Find(config.Function);
        if (index < 0 && Count == Capacity)
        {
            return false;
        }

        index = index < 0 ? Count++ : index;
        if (!_functions[index].IsPinned)
        {
            Describe(config, ref _functions[index]);
        }

        _functions[index].IsFound = true;
        return true;
    }

    private static void Describe<TBridge>(FunctionConfig<TBridge> config, ref TopologyFunction function)
        where TBridge : struct, IHostBridge
    {
        PciHeader.Registers<FunctionConfig<TBridge>> header = new(config, new RegisterAddress(0));
        PciHeader.HeaderType type = header.HeaderType.Read();
        OwnerId lastOwner = function.Id.Is(config.Function) ? function.LastOwner : default;
        bool isFresh = function.Id.Is(config.Function) && function.IsFresh;
        function = default;
        function.LastOwner = lastOwner;
        function.IsFresh = isFresh;
        function.Id = config.Function;
        function.Parent = -1;
        function.IsBridge = type.Layout != PciHeader.HeaderTypeLayout.Endpoint;
        function.IsMultifunction = config.Function.Function != 0 || type.MultiFunction;
        function.InterruptPin = (uint)header.InterruptPin.Read().Value;
        function.Resets = ResetAbilities.Find(config);
        function.Kind = function.IsBridge ? FunctionKind.ConventionalBridge : FunctionKind.Conventional;
        if (function.IsBridge)
        {
            PciBridgeHeader.Registers<FunctionConfig<TBridge>> bridge = new(config, new RegisterAddress(0));
            function.SecondaryBus = bridge.SecondaryBus.Read().Value;
            function.SubordinateBus = bridge.SubordinateBus.Read().Value;
        }
        else
        {
            ReadPages(config, ref function);
        }

        uint express = function.Resets.ExpressOffset;
        if (express != 0)
        {
            PcieCapability.Registers<FunctionConfig<TBridge>> registers = new(config, new RegisterAddress(express));
            FunctionKind kind = (FunctionKind)((registers.ExpFlags.Read().Value >> 4) & 0xF);
            function.Kind = IsBridgeKind(kind) == function.IsBridge ? kind : function.Kind;
            uint phantom = registers.ExpDevcap.Read().Phantom;
            function.PhantomStride = phantom == 0 || function.IsBridge ? 0 : 8u >> (int)phantom;
            FindExtended(config, ref function);
        }
    }

    private static bool IsBridgeKind(FunctionKind kind) => kind is >= FunctionKind.RootPort and <= FunctionKind.BridgeFromConventional;

    private static void ReadPages<TBridge>(FunctionConfig<TBridge> config, ref TopologyFunction function)
        where TBridge : struct, IHostBridge
    {
        for (int bar = 0; bar < TopologyFunction.BarCount; bar++)
        {
            RegisterAddress register = new(PciHeader.Offsets.Bar + ((uint)bar * 4));
            uint low = config.Read32(register);
            bool wide = (low & 7) == 4 && bar + 1 < TopologyFunction.BarCount;
            ulong address = (low & 1) != 0 ? 0 : (low & ~0xFUL) | (wide ? (ulong)config.Read32(register + 4) << 32 : 0);
            function.Pages[bar] = address >> (int)PageShift;
            bar += wide ? 1 : 0;
        }
    }

    private static void FindExtended<TBridge>(FunctionConfig<TBridge> config, ref TopologyFunction function)
        where TBridge : struct, IHostBridge
    {
        ExtendedCapabilityWalk<TBridge> walk = new(config);
        while (walk.MoveNext())
        {
            if (walk.Id == AcsId && function.AccessOffset == 0 && walk.Offset + AcsLength <= ConfigBytes)
            {
                AcsCapability.Registers<FunctionConfig<TBridge>> registers = new(config, new RegisterAddress(walk.Offset));
                function.AccessOffset = walk.Offset;
                function.AccessAbilities = (AccessControl)registers.AcsCap.Read().Value & AccessControl.All;
                function.AccessEnabled = EnabledOf(registers.AcsCtrl.Read());
            }
            else if (walk.Id == SriovId && function.VirtualCount == 0 && !function.IsBridge && walk.Offset + SriovLength <= ConfigBytes)
            {
                SriovCapability.Registers<FunctionConfig<TBridge>> registers = new(config, new RegisterAddress(walk.Offset));
                function.VirtualOffset = registers.SriovVfOffset.Read().Value;
                function.VirtualStride = registers.SriovVfStride.Read().Value;
                function.VirtualCount = registers.SriovCtrl.Read().Vfe ? registers.SriovNumVf.Read().Count : 0;
            }
        }
    }

    private void AddVirtual<TBridge>(TBridge bridge, int physical)
        where TBridge : struct, IHostBridge
    {
        ref readonly TopologyFunction function = ref _functions[physical];
        for (uint number = 0; number < function.VirtualCount && number < MostVirtual; number++)
        {
            uint id = function.Id.Value + function.VirtualOffset + (number * function.VirtualStride);
            if (function.VirtualOffset == 0 || id > ushort.MaxValue || (number != 0 && function.VirtualStride == 0)
                || !TryAdd(new FunctionConfig<TBridge>(bridge, new RequesterId((ushort)id)), out int index) || index == physical)
            {
                // What such a list would name cannot be told; the physical function is not assigned while it has any.
                return;
            }

            ref TopologyFunction found = ref _functions[index];
            found.IsVirtual |= !found.IsPinned && !found.IsBridge;
            found.Physical = found.IsPinned ? found.Physical : function.Id;
        }
    }

    private void Forget()
    {
        int kept = 0;
        for (int index = 0; index < Count; index++)
        {
            if (_functions[index].IsFound || _functions[index].IsPinned)
            {
                if (kept != index)
                {
                    _functions[kept] = _functions[index];
                }

                kept++;
            }
        }

        Count = kept;
    }

    private void Route()
    {
        for (int index = 0; index < Count; index++)
        {
            ref TopologyFunction function = ref _functions[index];
            function.Parent = -1;
            for (int above = 0; above < Count; above++)
            {
                // Buses below have higher numbers than the bridge's own, so that no way goes round.
                ref readonly TopologyFunction bridge = ref _functions[above];
                uint bus = function.IsVirtual ? function.Physical.Bus : function.Id.Bus;
                if (bridge.IsBridge && bridge.SecondaryBus == bus && bridge.SecondaryBus > bridge.Id.Bus)
                {
                    function.Parent = above;
                    break;
                }
            }

            function.IsUnrouted = function.Parent < 0 && function.Id.Bus != _firstBus && !(function.IsVirtual && function.Physical.Bus == _firstBus);
        }
    }
}
