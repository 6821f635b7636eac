using System;
using System.Runtime.CompilerServices;
using Sluice.Hypervisor.Devices;
using Sluice.Hypervisor.Guests.Interrupts;

namespace Sluice.Hypervisor.Tests.Interrupts;

/// <summary>
/// A GICv2 that is plain memory: it keeps what is written and does nothing by itself. What hardware would do - take an interrupt from a list
/// register, report its end - a test does by hand.
/// </summary>
internal sealed unsafe class GicMemory
{
    private const int ListCount = 4;

    // Pinned for good: the devices keep its address.
    private readonly byte[] _bytes = GC.AllocateArray<byte>(0x1_0000, pinned: true);
    private readonly byte* _memory;

    public GicMemory()
    {
        _memory = (byte*)Unsafe.AsPointer(ref _bytes[0]);
        Word(Lists + 0x04) = ListCount - 1;
        UpdateEmpty();
        var lists = new VirtualInterfaceDevice((ulong)(_memory + Lists));
        lists.Initialize();
        Interrupts = new VirtualInterrupts(
            new DistributorDevice((ulong)(_memory + Distributor)), new CpuInterfaceDevice((ulong)(_memory + CpuInterface)), lists);
    }

    private const int Distributor = 0x0000;
    private const int CpuInterface = 0x2000;
    private const int Lists = 0x8000;

    public VirtualInterrupts Interrupts;

    /// <summary>The number last written to GICC_DIR.</summary>
    public uint Deactivated => Word(CpuInterface + 0x1000);

    /// <summary>Whether the maintenance interrupt is asked for when there is room.</summary>
    public bool WaitsForRoom => (Word(Lists) & 2) != 0;

    public uint PhysicallyEnabled(int word) => Word(Distributor + 0x100 + (word * 4));

    public ListRegister List(int index) => new(Word(Lists + 0x100 + (index * 4)));

    /// <summary>The guest acknowledges and ends what a list register holds.</summary>
    public void Serve(int index, bool report)
    {
        ref uint list = ref Word(Lists + 0x100 + (index * 4));
        list &= ~(3u << 28);
        Word(Lists + 0x20) = report ? 1u << index : 0;
        UpdateEmpty();
    }

    /// <summary>The guest acknowledges what a list register holds: it is active now.</summary>
    public void Acknowledge(int index)
    {
        ref uint list = ref Word(Lists + 0x100 + (index * 4));
        list = (list & ~(1u << 28)) | (1u << 29);
    }

    /// <summary>What the hardware computes of the list registers.</summary>
    public void UpdateEmpty()
    {
        uint empty = 0;
        for (int index = 0; index < ListCount; index++)
        {
            empty |= (Word(Lists + 0x100 + (index * 4)) & (3u << 28)) == 0 ? 1u << index : 0;
        }

        Word(Lists + 0x30) = empty;
    }

    private ref uint Word(int offset) => ref *(uint*)(_memory + offset);
}
