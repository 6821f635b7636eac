using System.Runtime.CompilerServices;
using Sluice.Hypervisor.Processor;
using Sluice.Registers;
using Sluice.Runtime.Traps;

namespace Sluice.Hypervisor.Guests.Exits;

/// <summary>Carries a guest's load or store out against the block that its address map names, and lets it go on behind the instruction.</summary>
internal static class DataAbortExit
{
    /// <summary>The most frequent exit, so everything plain on it is inlined here.</summary>
    /// <returns>False when the guest has to get an abort of its own: nothing has changed then.</returns>
    [TrapPath]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryHandle<TDevices>(ref TrapFrame frame, DataAbort abort, ref AddressMap map, ref TDevices devices, ref ulong denied)
        where TDevices : struct, IGuestDevices
    {
        if (!abort.IsEmulable || !map.TryFind(abort.Address, abort.Width, out uint target, out uint offset))
        {
            return false;
        }

        AccessResult result;
        if (abort.IsWrite)
        {
            result = devices.Write(target, offset, abort.Width, new GuestValue(Truncate(frame[abort.Register], abort.Width)));
        }
        else
        {
            result = devices.Read(target, offset, abort.Width, out ulong value);
            frame[abort.Register] = abort.Extend(value);
        }

        if (result != AccessResult.Done)
        {
            denied++;
        }

        frame.ReturnAddress += abort.InstructionBytes;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Truncate(ulong value, AccessWidth width)
    {
        return value & (ulong.MaxValue >> (64 - ((int)width * 8)));
    }
}
