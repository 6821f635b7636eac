using System.Runtime.CompilerServices;
using Sluice.Registers;

namespace Sluice.Runtime.HostBridges;

/// <summary>The six base address registers of a function, and the one of its expansion ROM (PCI Local Bus Specification 3.0, sections 6.2.5.1 and 6.2.5.2).</summary>
[InlineArray(Places)]
public struct HostBars
{
    /// <summary>How many there are in a type-0 header.</summary>
    public const int Count = 6;

    /// <summary>Index of the expansion ROM, behind the base address registers.</summary>
    public const int Rom = Count;

    /// <summary>How many registers hold the place of memory: base address registers and expansion ROM.</summary>
    public const int Places = Count + 1;

    private const uint FirstOffset = 0x10;
    private const uint RomOffset = 0x30;
    private const uint RomAddressMask = 0xFFFF_F800;
    private const ulong LargestRomBytes = 1UL << 24;
    private const uint IoSpace = 1;
    private const uint TypeMask = 0x6;
    private const uint Type64 = 0x4;
    private const uint Prefetchable = 0x8;
    private const uint MemoryAddressMask = 0xFFFF_FFF0;
    private const uint IoAddressMask = 0xFFFF_FFFC;
    private const ulong LargestBytes = 1UL << 40;

    private HostBar _bar;

    /// <summary>
    /// Sizes the registers by the all-ones probe and puts back what they held. The function must not decode while this runs. Answers are not
    /// trusted: a size that is no power of two, a reserved type, a 64-bit register without an upper half make it absent.
    /// </summary>
    /// <typeparam name="TBridge">The host bridge.</typeparam>
    /// <param name="config">The function's config space.</param>
    /// <param name="bars">What was found; none has a place yet.</param>
    public static void Probe<TBridge>(FunctionConfig<TBridge> config, out HostBars bars)
        where TBridge : struct, IHostBridge
    {
        Probe(config, Count, out bars);
        ProbeRom(config, RomOffset, ref bars[Rom]);
    }

    /// <summary>As <see cref="Probe{TBridge}(FunctionConfig{TBridge}, out HostBars)"/>, for a header with fewer registers, and without its expansion ROM.</summary>
    /// <typeparam name="TBridge">The host bridge.</typeparam>
    /// <param name="config">The function's config space.</param>
    /// <param name="count">How many there are: six in a type-0 header, two in a type-1 header.</param>
    /// <param name="bars">What was found.</param>
    internal static void Probe<TBridge>(FunctionConfig<TBridge> config, int count, out HostBars bars)
        where TBridge : struct, IHostBridge
    {
        bars = default;
        for (int index = 0; index < count; index++)
        {
            uint low = Size(config, index, out uint kept);
            bool wide = (kept & (IoSpace | TypeMask)) == Type64;
            uint high = wide && index + 1 < count ? Size(config, index + 1, out _) : 0;
            Decide(ref bars[index], low, high, kept, index + 1 < count);
            if (wide && index + 1 < count)
            {
                bars[index + 1].Kind = bars[index].Kind == BarKind.Memory64 ? BarKind.UpperHalf : BarKind.Absent;
                index++;
            }
        }
    }

    /// <summary>
    /// Marks the registers of a function that are smaller than a page and lie on one that holds memory of another function too. Places that are given by
    /// <see cref="TryPlace"/> own their pages whole; this is for places that somebody else has chosen.
    /// </summary>
    /// <param name="bars">The function's registers.</param>
    /// <param name="others">Those of another function, of another owner.</param>
    public static void MarkShared(ref HostBars bars, ref readonly HostBars others)
    {
        for (int index = 0; index < Places; index++)
        {
            for (int other = 0; bars[index].IsPlaced && other < Places; other++)
            {
                bars[index].IsPageShared |= others[other].IsPlaced
                    && FirstPage(in bars[index]) <= LastPage(in others[other]) && FirstPage(in others[other]) <= LastPage(in bars[index]);
            }
        }
    }

    /// <summary>Gives each memory register a place of whole pages and writes it to the function, which must not decode while this runs.</summary>
    /// <typeparam name="TBridge">The host bridge.</typeparam>
    /// <param name="config">The function's config space.</param>
    /// <param name="bars">The registers; their places on success.</param>
    /// <param name="low">Memory below 4 GiB on the PCI side.</param>
    /// <param name="high">Memory for 64-bit prefetchable registers; may be empty.</param>
    /// <returns>
    /// Whether all of them have a place. If not, the windows are as they were and the registers hold 0. An expansion ROM may stay without: nothing depends on it.
    /// </returns>
    public static bool TryPlace<TBridge>(FunctionConfig<TBridge> config, ref HostBars bars, ref MemoryWindow low, ref MemoryWindow high)
        where TBridge : struct, IHostBridge
    {
        MemoryWindow lowBefore = low;
        MemoryWindow highBefore = high;
        for (int index = 0; index < Count; index++)
        {
            ref HostBar bar = ref bars[index];
            if (!bar.IsMemory)
            {
                continue;
            }

            bool placed = bar.Kind == BarKind.Memory64 && bar.IsPrefetchable && high.TryTake(bar.SizeBytes, out MemoryPlace place)
                ? true
                : low.TryTake(bar.SizeBytes, out place);
            if (!placed)
            {
                low = lowBefore;
                high = highBefore;
                Clear(config, ref bars);
                return false;
            }

            bar.MachineAddress = place.MachineAddress;
            bar.PciAddress = place.PciAddress;
            Write(config, index, bar.Kind, place.PciAddress);
        }

        if (bars[Rom].IsMemory && low.TryTake(bars[Rom].SizeBytes, out MemoryPlace rom))
        {
            bars[Rom].MachineAddress = rom.MachineAddress;
            bars[Rom].PciAddress = rom.PciAddress;
            Write(config, Rom, BarKind.Rom, rom.PciAddress);
        }

        return true;
    }

    /// <summary>Writes the places of a function's memory to it again, as after a reset. It must not decode while this runs.</summary>
    /// <typeparam name="TBridge">The host bridge.</typeparam>
    /// <param name="config">The function's config space.</param>
    /// <param name="bars">The registers with their places.</param>
    public static void Restore<TBridge>(FunctionConfig<TBridge> config, ref readonly HostBars bars)
        where TBridge : struct, IHostBridge
    {
        for (int index = 0; index < Places; index++)
        {
            if (bars[index].IsMemory)
            {
                Write(config, index, bars[index].Kind, bars[index].PciAddress);
            }
        }
    }

    /// <summary>Whether the registers hold the places that were written to them.</summary>
    /// <typeparam name="TBridge">The host bridge.</typeparam>
    /// <param name="config">The function's config space.</param>
    /// <param name="bars">The registers with their places.</param>
    /// <param name="register">Byte offset of the first one that does not.</param>
    /// <param name="value">What it holds.</param>
    public static bool Hold<TBridge>(FunctionConfig<TBridge> config, ref readonly HostBars bars, out uint register, out uint value)
        where TBridge : struct, IHostBridge
    {
        for (int index = 0; index < Count; index++)
        {
            for (int half = 0; bars[index].IsMemory && half < (bars[index].Kind == BarKind.Memory64 ? 2 : 1); half++)
            {
                uint mask = half == 0 ? MemoryAddressMask : uint.MaxValue;
                register = FirstOffset + ((uint)(index + half) * 4);
                value = config.Read32(Register(index + half));
                if (((value ^ (uint)(bars[index].PciAddress >> (half * 32))) & mask) != 0)
                {
                    return false;
                }
            }
        }

        register = 0;
        value = 0;
        return true;
    }

    /// <summary>Takes the places that stand in the registers, if they are the bridge's: aligned, in one of its windows, and no two of them on one page.</summary>
    /// <typeparam name="TBridge">The host bridge.</typeparam>
    /// <param name="config">The function's config space.</param>
    /// <param name="bars">The registers; their places on success.</param>
    /// <param name="low">Memory below 4 GiB on the PCI side.</param>
    /// <param name="high">Memory for 64-bit prefetchable registers; may be empty.</param>
    /// <returns>Whether they all are. Nothing is written.</returns>
    public static bool TryKeep<TBridge>(FunctionConfig<TBridge> config, ref HostBars bars, in MemoryWindow low, in MemoryWindow high)
        where TBridge : struct, IHostBridge
    {
        for (int index = 0; index < Count; index++)
        {
            ref HostBar bar = ref bars[index];
            if (!bar.IsMemory)
            {
                continue;
            }

            ulong address = config.Read32(Register(index)) & MemoryAddressMask;
            address |= bar.Kind == BarKind.Memory64 ? (ulong)config.Read32(Register(index + 1)) << 32 : 0;
            ulong size = bar.SizeBytes;
            if (address == 0 || (address & (size - 1)) != 0 || !(low.TryHold(address, size, out MemoryPlace place) || high.TryHold(address, size, out place)))
            {
                return false;
            }

            bar.MachineAddress = place.MachineAddress;
            bar.PciAddress = place.PciAddress;
        }

        return true;
    }

    /// <summary>Whether any memory of one function is on a 4 KiB page of the other's.</summary>
    /// <param name="others">The other function's registers with their places.</param>
    public readonly bool MeetsPagesOf(ref readonly HostBars others)
    {
        for (int index = 0; index < Count; index++)
        {
            for (int other = 0; other < Count; other++)
            {
                if (this[index].IsMemory && others[other].IsMemory && FirstPage(in this[index]) <= LastPage(in others[other]) && FirstPage(in others[other]) <= LastPage(in this[index]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static ulong FirstPage(ref readonly HostBar bar) => bar.MachineAddress.Value / MemoryWindow.PageBytes;

    private static ulong LastPage(ref readonly HostBar bar) => (bar.MachineAddress.Value + bar.SizeBytes - 1) / MemoryWindow.PageBytes;

    private static void Clear<TBridge>(FunctionConfig<TBridge> config, ref HostBars bars)
        where TBridge : struct, IHostBridge
    {
        for (int index = 0; index < Places; index++)
        {
            if (bars[index].IsMemory)
            {
                bars[index].MachineAddress = default;
                bars[index].PciAddress = 0;
                Write(config, index, bars[index].Kind, 0);
            }
        }
    }

    private static RegisterAddress Register(int index) => new(index == Rom ? RomOffset : FirstOffset + ((uint)index * 4));

    /// <summary>Sizes an expansion ROM. Its enable bit is off while that is done, and afterwards.</summary>
    /// <typeparam name="TBridge">The host bridge.</typeparam>
    /// <param name="config">The function's config space.</param>
    /// <param name="offset">Byte offset of its register.</param>
    /// <param name="rom">What was found.</param>
    internal static void ProbeRom<TBridge>(FunctionConfig<TBridge> config, uint offset, ref HostBar rom)
        where TBridge : struct, IHostBridge
    {
        RegisterAddress register = new(offset);
        uint kept = config.Read32(register) & RomAddressMask;
        config.Write32(register, RomAddressMask);
        uint answer = config.Read32(register) & RomAddressMask;
        config.Write32(register, kept);
        ulong size = answer == 0 ? 0 : (uint)(~answer + 1);
        if (size != 0 && (size & (size - 1)) == 0 && size <= LargestRomBytes)
        {
            rom.Kind = BarKind.Rom;
            rom.SizeBytes = size;
        }
    }

    private static uint Size<TBridge>(FunctionConfig<TBridge> config, int index, out uint kept)
        where TBridge : struct, IHostBridge
    {
        kept = config.Read32(Register(index));
        config.Write32(Register(index), uint.MaxValue);
        uint answer = config.Read32(Register(index));
        config.Write32(Register(index), kept);
        return answer;
    }

    private static void Decide(ref HostBar bar, uint low, uint high, uint kept, bool hasUpperHalf)
    {
        if ((low & IoSpace) != 0)
        {
            bar.Kind = (low & IoAddressMask) is 0 or IoAddressMask ? BarKind.Absent : BarKind.Io;
            return;
        }

        uint type = low & TypeMask;
        bool wide = type == Type64;
        if ((low & MemoryAddressMask) == 0 && high == 0 || ((low ^ kept) & (IoSpace | TypeMask)) != 0 || (type != 0 && !wide) || (wide && !hasUpperHalf))
        {
            return;
        }

        ulong mask = wide ? ((ulong)high << 32) | (low & MemoryAddressMask) : 0xFFFF_FFFF_0000_0000 | (low & MemoryAddressMask);
        ulong size = ~mask + 1;
        if (size == 0 || (size & (size - 1)) != 0 || size > LargestBytes)
        {
            return;
        }

        bar.Kind = wide ? BarKind.Memory64 : BarKind.Memory32;
        bar.IsPrefetchable = (low & Prefetchable) != 0;
        bar.SizeBytes = size;
    }

    private static void Write<TBridge>(FunctionConfig<TBridge> config, int index, BarKind kind, ulong pciAddress)
        where TBridge : struct, IHostBridge
    {
        config.Write32(Register(index), (uint)pciAddress);
        if (kind == BarKind.Memory64)
        {
            config.Write32(Register(index + 1), (uint)(pciAddress >> 32));
        }
    }
}
