using System.Runtime.CompilerServices;
using System.Threading;
using Sluice.Registers;
using Sluice.Runtime.Memory;

namespace Sluice.Hypervisor.Processor;

/// <summary>
/// The machine's memory at EL2, where an address is its own pointer. Table walkers and devices on this machine snoop the caches (VTCR_EL2
/// and the SMMU are set up so), which leaves nothing to clean.
/// </summary>
internal readonly unsafe struct PhysicalMemory : IMachineMemory
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Read64(MachineAddress address)
    {
        return Volatile.Read(ref *(ulong*)address.Value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write64([HardwareSink] MachineAddress address, [HardwareSink] ulong value)
    {
        Volatile.Write(ref *(ulong*)address.Value, value);
    }

    public void Zero([HardwareSink] MachineAddress address, ulong bytes)
    {
        for (ulong offset = 0; offset < bytes; offset += sizeof(ulong))
        {
            Volatile.Write(ref *(ulong*)(address.Value + offset), 0);
        }
    }

    public void Clean(MachineAddress address, ulong bytes)
    {
    }

    public void Discard(MachineAddress address, ulong bytes)
    {
    }

    public void Barrier()
    {
        SystemRegisters.Barrier();
    }
}
