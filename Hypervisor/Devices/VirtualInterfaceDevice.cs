using System.Threading;

namespace Sluice.Hypervisor.Devices;

/// <summary>The control side of the GICv2 virtual CPU interface: the list registers and their maintenance interrupt. Source: Arm IHI 0048, §5.3.</summary>
internal readonly unsafe struct VirtualInterfaceDevice
{
    private const uint Control = 0x00;
    private const uint Type = 0x04;
    private const uint EndStatus = 0x20;
    private const uint EmptyStatus = 0x30;
    private const uint ActivePriorities = 0xF0;
    private const uint Lists = 0x100;
    private const uint Enable = 1;
    private const uint ReportUnderflow = 1 << 1;

    private readonly byte* _base;

    public VirtualInterfaceDevice(ulong address)
    {
        _base = (byte*)address;
        Count = (int)(Volatile.Read(ref *(uint*)(_base + Type)) & 0x3F) + 1;
        Count = Count > 32 ? 32 : Count;
    }

    /// <summary>How many list registers are used: those there are, at most 32.</summary>
    public int Count { get; }

    /// <summary>A bit for each list register that holds nothing.</summary>
    public uint Empty => Read32(EmptyStatus);

    /// <summary>A bit for each list register whose interrupt the guest has ended, where that was to be reported.</summary>
    public uint Ended => Read32(EndStatus);

    public ListRegister this[int index]
    {
        get => new(Read32(Lists + ((uint)index * 4)));
        set => Volatile.Write(ref *(uint*)(_base + Lists + ((uint)index * 4)), value.Value);
    }

    public void Initialize()
    {
        for (int index = 0; index < Count; index++)
        {
            this[index] = default;
        }

        Volatile.Write(ref *(uint*)(_base + ActivePriorities), 0);
        WaitForRoom(false);
    }

    /// <summary>Whether the maintenance interrupt comes when at most one list register is still in use.</summary>
    public void WaitForRoom(bool wait)
    {
        Volatile.Write(ref *(uint*)(_base + Control), Enable | (wait ? ReportUnderflow : 0));
    }

    private uint Read32(uint offset)
    {
        return Volatile.Read(ref *(uint*)(_base + offset));
    }
}
