using System.Runtime.InteropServices;
using System.Threading;
using Sluice.Registers;
using Sluice.Runtime.Memory;

namespace Sluice.Benchmarks.Hardware;

/// <summary>This process's own memory.</summary>
internal readonly unsafe struct ProcessMemory : IMachineMemory
{
    public ulong Read64(MachineAddress address) => Volatile.Read(ref *(ulong*)address.Value);

    public void Write64([HardwareSink] MachineAddress address, [HardwareSink] ulong value) => Volatile.Write(ref *(ulong*)address.Value, value);

    public void Zero([HardwareSink] MachineAddress address, ulong bytes) => NativeMemory.Clear((void*)address.Value, (nuint)bytes);

    public void Clean(MachineAddress address, ulong bytes)
    {
        // Nobody else looks at it.
    }

    public void Discard(MachineAddress address, ulong bytes)
    {
        // Nobody else writes it.
    }

    public void Barrier() => Thread.MemoryBarrier();
}
