using System.Threading;

namespace Sluice.Hypervisor.Devices;

/// <summary>
/// The machine's GICv2 distributor. Only interrupts that somebody owns are ever enabled; all are group 0 and go to the first CPU.
/// Source: Arm IHI 0048, §4.3.
/// </summary>
internal readonly unsafe struct DistributorDevice
{
    private const uint Control = 0x000;
    private const uint Type = 0x004;
    private const uint SetEnable = 0x100;
    private const uint ClearEnable = 0x180;
    private const uint ClearPending = 0x280;
    private const uint ClearActive = 0x380;
    private const uint Priority = 0x400;
    private const uint Targets = 0x800;
    private const uint Configuration = 0xC00;

    private readonly byte* _base;

    public DistributorDevice(ulong address)
    {
        _base = (byte*)address;
    }

    /// <summary>Every interrupt off, at the middle priority, to the first CPU; then the distributor on.</summary>
    public void Initialize()
    {
        Write32(Control, 0);
        uint words = (Volatile.Read(ref *(uint*)(_base + Type)) & 0x1F) + 1;
        for (uint word = 0; word < words; word++)
        {
            Write32(ClearEnable + (word * 4), uint.MaxValue);
            Write32(ClearPending + (word * 4), uint.MaxValue);
            Write32(ClearActive + (word * 4), uint.MaxValue);
        }

        for (uint interrupt = 0; interrupt < words * 32; interrupt += 4)
        {
            Write32(Priority + interrupt, 0x8080_8080);
            Write32(Targets + interrupt, 0x0101_0101);
        }

        Write32(Control, 1);
    }

    public void Enable(uint interrupt)
    {
        Write32(SetEnable + (interrupt / 32 * 4), 1u << (int)(interrupt % 32));
    }

    public void Disable(uint interrupt)
    {
        Write32(ClearEnable + (interrupt / 32 * 4), 1u << (int)(interrupt % 32));
    }

    /// <summary>Edge-triggered, as a message-signalled interrupt is.</summary>
    public void SetEdgeTriggered(uint interrupt)
    {
        ref uint word = ref *(uint*)(_base + Configuration + (interrupt / 16 * 4));
        Volatile.Write(ref word, Volatile.Read(ref word) | (2u << (int)(interrupt % 16 * 2)));
    }

    private void Write32(uint offset, uint value)
    {
        Volatile.Write(ref *(uint*)(_base + offset), value);
    }
}
