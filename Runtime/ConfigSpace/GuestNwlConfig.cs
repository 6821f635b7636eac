using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>
/// The config window of a guest's NWL bridge: its root port alone on bus 0, and on the bus behind it the functions that the virtual host bridge has on its bus 0, at the same device numbers.
/// Whatever the window does not hold, or the link does not reach, reads as all ones without asking any function. It lives in one place.
/// </summary>
/// <typeparam name="TBridge">The machine's host bridge.</typeparam>
/// <typeparam name="TGuest">The guest.</typeparam>
/// <typeparam name="TEntries">Memory for the guest's MSI-X tables.</typeparam>
public struct GuestNwlConfig<TBridge, TGuest, TEntries>
    where TBridge : struct, IHostBridge
    where TGuest : struct, IGuest
    where TEntries : struct, IMsixEntries
{
    private const int BusShift = 20;
    private const ulong BusBytes = 1UL << BusShift;

    private GuestRootPort _port;

    /// <summary>Accesses to functions that are not there, and to a window that is not open.</summary>
    public uint Denied { get; private set; }

    /// <summary>Makes the window of a bridge after reset.</summary>
    public static GuestNwlConfig<TBridge, TGuest, TEntries> Create() => new() { _port = GuestRootPort.Create() };

    /// <summary>Reads config space.</summary>
    /// <param name="bridge">The guest's bridge.</param>
    /// <param name="functions">The guest's functions.</param>
    /// <param name="offset">Byte offset in the window; any value.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is read, right-aligned, upper bits zero.</param>
    [TrapPath]
    public AccessResult Read(
        ref readonly GuestNwlBridge bridge, ref VirtualHostBridge<TBridge, TGuest, TEntries> functions, ulong offset, AccessWidth width, out ulong value)
    {
        switch (Find(in bridge, offset, width))
        {
            case Target.Port:
                return Count(_port.Read((uint)offset, width, out value));
            case Target.Function:
                return functions.ReadConfig(offset & (BusBytes - 1), width, out value);
            case Target.Misaligned:
                value = Ones(width);
                return Count(AccessResult.Rejected);
            default:
                value = Ones(width);
                return Count(AccessResult.Denied);
        }
    }

    /// <summary>Writes config space.</summary>
    /// <param name="bridge">The guest's bridge.</param>
    /// <param name="functions">The guest's functions.</param>
    /// <param name="offset">Byte offset in the window; any value.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is written, right-aligned.</param>
    [TrapPath]
    public AccessResult Write(
        ref readonly GuestNwlBridge bridge, ref VirtualHostBridge<TBridge, TGuest, TEntries> functions, ulong offset, AccessWidth width, GuestValue value)
    {
        switch (Find(in bridge, offset, width))
        {
            case Target.Port:
                AccessResult result = Count(_port.Write((uint)offset, width, value, out bool resetsBus));
                if (resetsBus)
                {
                    Reset(ref functions);
                }

                return result;
            case Target.Function:
                return functions.WriteConfig(offset & (BusBytes - 1), width, value);
            case Target.Misaligned:
                return Count(AccessResult.Rejected);
            default:
                return Count(AccessResult.Denied);
        }
    }

    private static ulong Ones(AccessWidth width) => ulong.MaxValue >> (64 - ((int)width * 8));

    private static void Reset(ref VirtualHostBridge<TBridge, TGuest, TEntries> functions)
    {
        for (int slot = 0; slot < VirtualHostBridge<TBridge, TGuest, TEntries>.Capacity; slot++)
        {
            if (functions.IsUsed(slot))
            {
                functions.FunctionOf(slot).Reset();
            }
        }
    }

    private readonly Target Find(ref readonly GuestNwlBridge bridge, ulong offset, AccessWidth width)
    {
        if (offset >= bridge.OpenConfigBytes)
        {
            return Target.None;
        }

        if ((offset & ((ulong)width - 1)) != 0)
        {
            return Target.Misaligned;
        }

        uint bus = (uint)(offset >> BusShift);
        if (bus == 0)
        {
            return offset < GuestRootPort.SizeBytes ? Target.Port : Target.None;
        }

        return bridge.IsLinkUp && bus == _port.SecondaryBus && _port.Routes(bus) ? Target.Function : Target.None;
    }

    private AccessResult Count(AccessResult result)
    {
        Denied += result == AccessResult.Done ? 0u : 1u;
        return result;
    }

    private enum Target
    {
        None,
        Port,
        Function,
        Misaligned,
    }
}
