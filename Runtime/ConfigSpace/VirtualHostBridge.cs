using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>
/// The generic PCI host bridge that a guest sees: bus 0, with the functions that the guest owns and nothing else, whatever devices and buses of the machine they are on. Every other
/// function reads as all ones. Software finds a device by its function 0, so that others are found only together with it. It lives in one place and is passed by reference.
/// </summary>
/// <typeparam name="TBridge">The host bridge.</typeparam>
/// <typeparam name="TGuest">The guest: its stage 2, its interrupts, its time.</typeparam>
/// <typeparam name="TEntries">Memory for the guest's MSI-X tables.</typeparam>
public struct VirtualHostBridge<TBridge, TGuest, TEntries>
    where TBridge : struct, IHostBridge
    where TGuest : struct, IGuest
    where TEntries : struct, IMsixEntries
{
    /// <summary>How many functions there is room for.</summary>
    public const int Capacity = FunctionSlots<TBridge, TGuest, TEntries>.Count;

    private const int LastPlace = 0xFF;
    private const uint FunctionsOfDevice = 8;

    private FunctionSlots<TBridge, TGuest, TEntries> _slots;
    private SlotIndex _index;

    /// <summary>Accesses to functions that are not there, to memory that is none, and accesses that no function could take.</summary>
    public uint Denied { get; private set; }

    /// <summary>Reads config space through the guest's ECAM window.</summary>
    /// <param name="offset">Byte offset in the window; any value.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is read, right-aligned, upper bits zero.</param>
    /// <returns>Rejected for a misaligned access and for one that passes the end of a function; Denied when any byte is.</returns>
    [TrapPath]
    public AccessResult ReadConfig(ulong offset, AccessWidth width, out ulong value)
    {
        value = Ones(width);
        uint within = (uint)offset & (EcamWindow.FunctionBytes - 1);
        if (!IsAligned(offset, width))
        {
            Denied++;
            return AccessResult.Rejected;
        }

        int slot = SlotAt(offset);
        if (slot < 0)
        {
            Denied++;
            return AccessResult.Denied;
        }

        ref GuestFunction<TBridge, TGuest, TEntries> function = ref _slots[slot].Function;
        if (width == AccessWidth.DoubleWord)
        {
            AccessResult first = function.ReadConfig(within, Lanes.Word, out uint low);
            AccessResult second = function.ReadConfig(within + 4, Lanes.Word, out uint high);
            value = low | ((ulong)high << 32);
            return first > second ? first : second;
        }

        AccessResult result = function.ReadConfig(within & ~3u, Lanes.Within(within, width), out uint word);
        value = (word >> (int)((within & 3) * 8)) & Ones(width);
        return result;
    }

    /// <summary>Writes config space through the guest's ECAM window.</summary>
    /// <param name="offset">Byte offset in the window; any value.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is written, right-aligned.</param>
    /// <returns>Rejected for a misaligned access and for one that passes the end of a function; Denied when any byte is.</returns>
    [TrapPath]
    public AccessResult WriteConfig(ulong offset, AccessWidth width, GuestValue value)
    {
        uint within = (uint)offset & (EcamWindow.FunctionBytes - 1);
        if (!IsAligned(offset, width))
        {
            Denied++;
            return AccessResult.Rejected;
        }

        int slot = SlotAt(offset);
        if (slot < 0)
        {
            Denied++;
            return AccessResult.Denied;
        }

        ref GuestFunction<TBridge, TGuest, TEntries> function = ref _slots[slot].Function;
        if (width == AccessWidth.DoubleWord)
        {
            AccessResult first = function.WriteConfig(within, Lanes.Word, value);
            AccessResult second = function.WriteConfig(within + 4, Lanes.Word, new GuestValue(value.Untrusted >> 32));
            return first > second ? first : second;
        }

        return function.WriteConfig(within & ~3u, Lanes.Within(within, width), new GuestValue(value.Untrusted << (int)((within & 3) * 8)));
    }

    /// <summary>Reads at an address in one of the bridge's memory windows that stage 2 does not map: a page that traps, or nothing.</summary>
    /// <param name="address">The guest's address.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is read, right-aligned, upper bits zero.</param>
    /// <returns>Denied when nothing is there, or any byte is denied.</returns>
    [TrapPath]
    public AccessResult ReadMemory(GuestAddress address, AccessWidth width, out ulong value)
    {
        for (int slot = 0; slot < Capacity; slot++)
        {
            if (_slots[slot].IsUsed && _slots[slot].Function.TryFind(address, width, out uint bar, out ulong offset))
            {
                return _slots[slot].Function.ReadMemory(bar, offset, width, out value);
            }
        }

        Denied++;
        value = Ones(width);
        return AccessResult.Denied;
    }

    /// <summary>Writes at an address in one of the bridge's memory windows that stage 2 does not map.</summary>
    /// <param name="address">The guest's address.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is written, right-aligned.</param>
    /// <returns>Denied when nothing is there, or any byte is denied.</returns>
    [TrapPath]
    public AccessResult WriteMemory(GuestAddress address, AccessWidth width, GuestValue value)
    {
        for (int slot = 0; slot < Capacity; slot++)
        {
            if (_slots[slot].IsUsed && _slots[slot].Function.TryFind(address, width, out uint bar, out ulong offset))
            {
                return _slots[slot].Function.WriteMemory(bar, offset, width, value);
            }
        }

        Denied++;
        return AccessResult.Denied;
    }

    /// <summary>Takes a physical message for one of the guest's functions.</summary>
    /// <param name="vector">The controller's vector.</param>
    /// <returns>Whether it is one of theirs.</returns>
    [TrapPath]
    public bool Deliver(uint vector)
    {
        for (int slot = 0; slot < Capacity; slot++)
        {
            if (_slots[slot].IsUsed && _slots[slot].Function.Deliver(vector))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Asks the functions that drive one of the machine's INTx lines whether they assert it, and shows the guest so.</summary>
    /// <param name="line">The machine's line.</param>
    /// <returns>Whether the guest sees any of them asserted: then the line stays masked until the guest has served it.</returns>
    [TrapPath]
    public bool SampleIntx(uint line)
    {
        bool asserted = false;
        for (int slot = 0; slot < Capacity; slot++)
        {
            ref GuestFunction<TBridge, TGuest, TEntries> function = ref _slots[slot].Function;
            asserted |= _slots[slot].IsUsed && function.IntxPin != 0 && function.IntxLine == line && function.SampleIntx();
        }

        return asserted;
    }

    /// <summary>Whether the guest sees any function asserted that drives one of the machine's INTx lines, as was last asked.</summary>
    /// <param name="line">The machine's line.</param>
    [TrapPath]
    public readonly bool AssertsIntx(uint line)
    {
        bool asserted = false;
        for (int slot = 0; slot < Capacity; slot++)
        {
            asserted |= _slots[slot].IsUsed && _slots[slot].Function.AssertsIntx && _slots[slot].Function.IntxLine == line;
        }

        return asserted;
    }

    /// <summary>Gives the guest a function.</summary>
    /// <param name="place">Where the guest sees it: a device on bus 0, any function of it.</param>
    /// <param name="function">The function.</param>
    /// <param name="slot">Which slot it took; -1 when it took none.</param>
    /// <returns>Whether there was room, and the place was free.</returns>
    public bool TryAdd(RequesterId place, in GuestFunction<TBridge, TGuest, TEntries> function, out int slot)
    {
        slot = -1;
        for (int candidate = Capacity - 1; candidate >= 0; candidate--)
        {
            if (_slots[candidate].IsUsed && _slots[candidate].Place.Is(place))
            {
                slot = -1;
                return false;
            }

            slot = _slots[candidate].IsUsed ? slot : candidate;
        }

        // There is one bus: another would be behind a bridge, and the guest sees none.
        if (slot < 0 || place.Bus != 0)
        {
            slot = -1;
            return false;
        }

        _slots[slot].Function = function;
        _slots[slot].Place = place;
        _slots[slot].IsUsed = true;
        _index[(int)place.Value] = (byte)(slot + 1);
        ShowSiblings(place.Device);
        return true;
    }

    /// <summary>Takes a function from the guest: it reads as all ones from now on. It must have been stopped.</summary>
    /// <param name="slot">Which slot.</param>
    public void Remove(int slot)
    {
        RequesterId place = _slots[slot].Place;
        _index[(int)(place.Value & LastPlace)] = 0;
        _slots[slot].IsUsed = false;
        _slots[slot].Function = default;
        ShowSiblings(place.Device);
    }

    /// <summary>Whether there is a function in a slot.</summary>
    /// <param name="slot">Below <see cref="Capacity"/>.</param>
    public readonly bool IsUsed(int slot) => _slots[slot].IsUsed;

    /// <summary>Where the guest sees the function of a slot.</summary>
    /// <param name="slot">Below <see cref="Capacity"/>.</param>
    public readonly RequesterId PlaceOf(int slot) => _slots[slot].Place;

    /// <summary>The function of a slot.</summary>
    /// <param name="slot">Below <see cref="Capacity"/>.</param>
    [UnscopedRef]
    public ref GuestFunction<TBridge, TGuest, TEntries> FunctionOf(int slot) => ref _slots[slot].Function;

    private static ulong Ones(AccessWidth width) => ulong.MaxValue >> (64 - ((int)width * 8));

    // The word of an aligned access never passes the end of a function.
    private static bool IsAligned(ulong offset, AccessWidth width) => (offset & ((ulong)width - 1)) == 0;

    private readonly int SlotAt(ulong offset)
    {
        // The offset's upper bits are a requester id; on other buses there is nothing.
        ulong place = offset / EcamWindow.FunctionBytes;
        return place <= LastPlace ? _index[(int)place] - 1 : -1;
    }

    // A device says that it has more than one function exactly when the guest sees more than one of it.
    private void ShowSiblings(uint device)
    {
        int functions = 0;
        for (uint function = 0; function < FunctionsOfDevice; function++)
        {
            functions += _index[(int)new RequesterId(0, device, function).Value] != 0 ? 1 : 0;
        }

        for (uint function = 0; function < FunctionsOfDevice; function++)
        {
            int slot = _index[(int)new RequesterId(0, device, function).Value] - 1;
            if (slot >= 0)
            {
                _slots[slot].Function.ShowSiblings(functions > 1);
            }
        }
    }

    [InlineArray(LastPlace + 1)]
    private struct SlotIndex
    {
        private byte _slot;
    }
}
