using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.ConfigSpace.HardwareDomain;

/// <summary>
/// What a function of the hardware domain would decode after a write to its header. Places are looked at when it begins to decode; while it does, base address registers do not move, and a
/// bridge's windows move only where no guest's memory is.
/// </summary>
/// <typeparam name="TBridge">The host bridge.</typeparam>
/// <param name="config">The function's config space.</param>
/// <param name="isBridge">Whether it has a type-1 header.</param>
/// <remarks>Source: PCI Local Bus Specification 3.0, section 6.2.5; PCI-to-PCI Bridge Architecture Specification 1.2, sections 3.2.5.8 to 3.2.5.10.</remarks>
internal readonly struct DomainDecode<TBridge>(FunctionConfig<TBridge> config, bool isBridge)
    where TBridge : struct, IHostBridge
{
    /// <summary>The memory enable bit in the word of COMMAND and STATUS.</summary>
    public const uint MemoryEnable = 2;

    private const uint CommandWord = 0x04;
    private const uint FirstBar = 0x10;
    private const int BridgeBars = 2;
    private const uint BridgeWindow = 0x20;
    private const uint BridgePrefetchWindow = 0x24;
    private const uint BridgeUpperBase = 0x28;
    private const uint BridgeUpperLimit = 0x2C;
    private const uint Rom = 0x30;
    private const uint BridgeRom = 0x38;
    private const uint RomEnable = 1;
    private const uint RomAddressMask = 0xFFFF_F800;
    private const uint BarAddressMask = 0xFFFF_FFF0;

    private readonly FunctionConfig<TBridge> _config = config;
    private readonly bool _isBridge = isBridge;

    /// <summary>Whether a write would begin to let the function decode memory.</summary>
    /// <param name="word">Byte offset of the word that is written.</param>
    /// <param name="mask">Which bits of it are.</param>
    /// <param name="value">What to.</param>
    public bool Begins(uint word, uint mask, [GuestControlled] uint value) => word == CommandWord && (mask & value & MemoryEnable) != 0 && !Decodes;

    /// <summary>Whether a write may be made.</summary>
    /// <param name="word">Byte offset of the word that is written.</param>
    /// <param name="mask">Which bits of it are.</param>
    /// <param name="value">What to.</param>
    /// <param name="guarded">Where nothing of the domain may decode.</param>
    public bool Allows(uint word, uint mask, [GuestControlled] uint value, ref readonly GuardedRanges guarded)
    {
        if (Begins(word, mask, value))
        {
            return !MeetsBars(in guarded) && !(_isBridge && MeetsWindows(0, 0, 0, in guarded));
        }

        if (!IsPlace(word) || !Decodes)
        {
            return true;
        }

        return IsWindow(word) && !MeetsWindows(word, mask, value, in guarded);
    }

    private bool Decodes => new PciHeader.Registers<FunctionConfig<TBridge>>(_config, new RegisterAddress(0)).Command.Read().Memory;

    private bool IsWindow(uint word) => _isBridge && word is BridgeWindow or BridgePrefetchWindow or BridgeUpperBase or BridgeUpperLimit;

    private bool IsPlace(uint word)
        => _isBridge
            ? word is FirstBar or FirstBar + 4 or BridgeRom || IsWindow(word)
            : word is (>= FirstBar and < FirstBar + (HostBars.Count * 4)) or Rom;

    private bool MeetsBars(ref readonly GuardedRanges guarded)
    {
        PciHeader.Registers<FunctionConfig<TBridge>> header = new(_config, new RegisterAddress(0));
        PciHeader.Command command = header.Command.Read();
        if (command.Io)
        {
            // What is sized must not decode meanwhile; the write that is being looked at says whether it does afterwards.
            header.Command.Modify(command with { Io = false });
        }

        uint rom = _config.Read32(new RegisterAddress(_isBridge ? BridgeRom : Rom));
        HostBars.Probe(_config, _isBridge ? BridgeBars : HostBars.Count, out HostBars bars);
        bool meets = false;
        for (int index = 0; index < HostBars.Count; index++)
        {
            if (bars[index].IsMemory)
            {
                ulong start = Bar(index) & BarAddressMask;
                start |= bars[index].Kind == BarKind.Memory64 ? (ulong)Bar(index + 1) << 32 : 0;
                meets |= guarded.Meets(start, start + (bars[index].SizeBytes - 1));
            }
        }

        HostBars.ProbeRom(_config, _isBridge ? BridgeRom : Rom, ref bars[HostBars.Rom]);
        _config.Write32(new RegisterAddress(_isBridge ? BridgeRom : Rom), rom);
        bool hasRom = bars[HostBars.Rom].IsMemory && (rom & RomEnable) != 0;
        return meets | (hasRom && guarded.Meets(rom & RomAddressMask, (rom & RomAddressMask) + (bars[HostBars.Rom].SizeBytes - 1)));
    }

    private uint Bar(int index) => _config.Read32(new RegisterAddress(FirstBar + ((uint)index * 4)));

    private bool MeetsWindows(uint word, uint mask, [GuestControlled] uint value, ref readonly GuardedRanges guarded)
    {
        uint window = After(BridgeWindow, word, mask, value);
        uint prefetch = After(BridgePrefetchWindow, word, mask, value);
        ulong upperBase = (ulong)After(BridgeUpperBase, word, mask, value) << 32;
        ulong upperLimit = (ulong)After(BridgeUpperLimit, word, mask, value) << 32;
        return Meets(window, 0, 0, in guarded) | Meets(prefetch, upperBase, upperLimit, in guarded);
    }

    // Base in the lower half, limit in the upper one: the upper twelve bits of 32, in units of a megabyte.
    private static bool Meets(uint window, ulong upperBase, ulong upperLimit, ref readonly GuardedRanges guarded)
    {
        ulong first = upperBase | ((ulong)(window & 0xFFF0) << 16);
        ulong last = upperLimit | (window & 0xFFF0_0000) | 0xF_FFFF;
        return first <= last && guarded.Meets(first, last);
    }

    private uint After(uint place, uint word, uint mask, [GuestControlled] uint value)
    {
        uint now = _config.Read32(new RegisterAddress(place));
        return place == word ? (now & ~mask) | (value & mask) : now;
    }
}
