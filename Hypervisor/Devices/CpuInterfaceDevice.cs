using System.Threading;

namespace Sluice.Hypervisor.Devices;

/// <summary>
/// The machine's GICv2 CPU interface. Ending an interrupt has two steps here: the priority is dropped at once, the interrupt is deactivated
/// when its guest has served it. Source: Arm IHI 0048, §4.4.
/// </summary>
internal readonly unsafe struct CpuInterfaceDevice
{
    /// <summary>The first of the numbers that stand for "no interrupt".</summary>
    public const uint FirstSpecial = 1020;

    private const uint Control = 0x00;
    private const uint PriorityMask = 0x04;
    private const uint Acknowledgement = 0x0C;
    private const uint EndOfInterrupt = 0x10;
    private const uint Deactivation = 0x1000;
    private const uint Enable = 1;
    private const uint SplitEnd = 1 << 9;

    private readonly byte* _base;

    public CpuInterfaceDevice(ulong address)
    {
        _base = (byte*)address;
    }

    public void Initialize()
    {
        Volatile.Write(ref *(uint*)(_base + PriorityMask), 0xFF);
        Volatile.Write(ref *(uint*)(_base + Control), Enable | SplitEnd);
    }

    /// <summary>The number of the interrupt that is now active; <see cref="FirstSpecial"/> or above when there is none.</summary>
    public uint Acknowledge()
    {
        return Volatile.Read(ref *(uint*)(_base + Acknowledgement)) & 0x3FF;
    }

    public void DropPriority(uint interrupt)
    {
        Volatile.Write(ref *(uint*)(_base + EndOfInterrupt), interrupt);
    }

    public void Deactivate(uint interrupt)
    {
        Volatile.Write(ref *(uint*)(_base + Deactivation), interrupt);
    }
}
