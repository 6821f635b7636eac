using System.Diagnostics;
using Sluice.Registers;

namespace Sluice.Hosting;

/// <summary>A bus whose accesses are recorded. The accesses themselves are those of the bus behind it, one for one.</summary>
/// <typeparam name="TBus">The bus behind it.</typeparam>
/// <param name="bus">The bus behind it.</param>
/// <param name="trace">Where accesses are recorded.</param>
public readonly struct TracedBus<TBus>(TBus bus, AccessTrace trace) : IRegisterBus
    where TBus : struct, IRegisterBus
{
    private readonly TBus _bus = bus;

    /// <inheritdoc/>
    public byte Read8(RegisterAddress address)
    {
        long begin = Stopwatch.GetTimestamp();
        byte value = _bus.Read8(address);
        trace.Add(begin, address, AccessWidth.Byte, false, value);
        return value;
    }

    /// <inheritdoc/>
    public ushort Read16(RegisterAddress address)
    {
        long begin = Stopwatch.GetTimestamp();
        ushort value = _bus.Read16(address);
        trace.Add(begin, address, AccessWidth.HalfWord, false, value);
        return value;
    }

    /// <inheritdoc/>
    public uint Read32(RegisterAddress address)
    {
        long begin = Stopwatch.GetTimestamp();
        uint value = _bus.Read32(address);
        trace.Add(begin, address, AccessWidth.Word, false, value);
        return value;
    }

    /// <inheritdoc/>
    public ulong Read64(RegisterAddress address)
    {
        long begin = Stopwatch.GetTimestamp();
        ulong value = _bus.Read64(address);
        trace.Add(begin, address, AccessWidth.DoubleWord, false, value);
        return value;
    }

    /// <inheritdoc/>
    public void Write8([HardwareSink] RegisterAddress address, [HardwareSink] byte value)
    {
        long begin = Stopwatch.GetTimestamp();
        _bus.Write8(address, value);
        trace.Add(begin, address, AccessWidth.Byte, true, value);
    }

    /// <inheritdoc/>
    public void Write16([HardwareSink] RegisterAddress address, [HardwareSink] ushort value)
    {
        long begin = Stopwatch.GetTimestamp();
        _bus.Write16(address, value);
        trace.Add(begin, address, AccessWidth.HalfWord, true, value);
    }

    /// <inheritdoc/>
    public void Write32([HardwareSink] RegisterAddress address, [HardwareSink] uint value)
    {
        long begin = Stopwatch.GetTimestamp();
        _bus.Write32(address, value);
        trace.Add(begin, address, AccessWidth.Word, true, value);
    }

    /// <inheritdoc/>
    public void Write64([HardwareSink] RegisterAddress address, [HardwareSink] ulong value)
    {
        long begin = Stopwatch.GetTimestamp();
        _bus.Write64(address, value);
        trace.Add(begin, address, AccessWidth.DoubleWord, true, value);
    }
}
