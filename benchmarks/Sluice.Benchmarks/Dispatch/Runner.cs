using System;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>Runs a trace on a device. The device is a type parameter, so that nothing but its own dispatch is paid for; the loop costs little, so that the dispatch shows.</summary>
public static class Runner
{
    /// <summary>Runs the trace.</summary>
    /// <param name="devices">The device is the first one: in an array, as a hypervisor has them.</param>
    /// <param name="trace">The trace.</param>
    /// <returns>A sum over all that was read: contenders that agree give the same one.</returns>
    public static uint Run<TDevice>(TDevice[] devices, ReadOnlySpan<Access> trace)
        where TDevice : struct, IDevice
    {
        uint sum = 0;
        ref TDevice device = ref devices[0];
        ref Access access = ref MemoryMarshal.GetReference(trace);
        ref Access end = ref Unsafe.Add(ref access, trace.Length);
        while (Unsafe.IsAddressLessThan(ref access, ref end))
        {
            if (access.IsWrite)
            {
                device.Write(access.Offset, access.Width, access.Value);
            }
            else
            {
                sum = BitOperations.RotateLeft(sum, 1) ^ device.Read(access.Offset, access.Width);
            }

            access = ref Unsafe.Add(ref access, 1);
        }

        return sum;
    }
}
