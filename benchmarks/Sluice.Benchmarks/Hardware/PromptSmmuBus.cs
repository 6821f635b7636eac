using System.Threading;
using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Benchmarks.Hardware;

/// <summary>An SMMUv3 that has done everything by the time it is asked: memory, of which three registers show what was written to their neighbours.</summary>
internal readonly unsafe struct PromptSmmuBus(ulong start) : IRegisterBus
{
    private readonly ulong _start = start;

    public byte Read8(RegisterAddress address) => Volatile.Read(ref *(byte*)address.Value);

    public ushort Read16(RegisterAddress address) => Volatile.Read(ref *(ushort*)address.Value);

    public uint Read32(RegisterAddress address)
    {
        uint offset = (uint)(address.Value - _start);
        uint shown = offset switch
        {
            Smmuv3.Offsets.Cr0Ack => Smmuv3.Offsets.Cr0,
            Smmuv3.Offsets.IrqCtrlAck => Smmuv3.Offsets.IrqCtrl,
            Smmuv3.Offsets.CmdqCons => Smmuv3.Offsets.CmdqProd,
            _ => offset,
        };
        uint value = Volatile.Read(ref *(uint*)(_start + shown));
        return offset == Smmuv3.Offsets.Gbpa ? value & 0x7FFF_FFFF : value;
    }

    public ulong Read64(RegisterAddress address) => Volatile.Read(ref *(ulong*)address.Value);

    public void Write8([HardwareSink] RegisterAddress address, [HardwareSink] byte value) => Volatile.Write(ref *(byte*)address.Value, value);

    public void Write16([HardwareSink] RegisterAddress address, [HardwareSink] ushort value) => Volatile.Write(ref *(ushort*)address.Value, value);

    public void Write32([HardwareSink] RegisterAddress address, [HardwareSink] uint value) => Volatile.Write(ref *(uint*)address.Value, value);

    public void Write64([HardwareSink] RegisterAddress address, [HardwareSink] ulong value) => Volatile.Write(ref *(ulong*)address.Value, value);
}
