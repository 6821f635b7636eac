using System;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>Runs a trace on a device. The device is a type parameter, so that nothing but its own dispatch is paid for.</summary>
public static class Runner
{
    /// <summary>Runs the trace.</summary>
    /// <returns>A sum over all that was read: contenders that agree give the same one.</returns>
    public static uint Run<TDevice>(ref TDevice device, ReadOnlySpan<Access> trace)
        where TDevice : struct, IDevice
    {
        uint sum = 0;
        foreach (ref readonly Access access in trace)
        {
            if (access.IsWrite)
            {
                device.Write(access.Offset, access.Width, access.Value);
            }
            else
            {
                sum = (sum * 31) + device.Read(access.Offset, access.Width);
            }
        }

        return sum;
    }
}
