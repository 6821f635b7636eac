using Sluice.Registers;
using Sluice.Runtime.Tests.HostBridges;
using Sluice.Simulation.Pci;

namespace Sluice.Runtime.Tests.ConfigSpace;

/// <summary>A function with the largest MSI-X table there is: 2048 entries at the beginning of a BAR of 64 KiB.</summary>
public sealed class LargeTableFunction : BareFunction
{
    public LargeTableFunction()
    {
        Set(0x06, AccessWidth.HalfWord, 0x10);
        Set(0x34, AccessWidth.Byte, 0x40);
        Set(0x40, AccessWidth.Word, 0x07FF_0011, 0xC000_0000);
        Set(0x44, AccessWidth.Word, 0x0000_0000);
        Set(0x48, AccessWidth.Word, 0x0000_8000);
        Bar(new SimulatedBar(0, 0x10000));
    }

    public int TableWrites { get; private set; }

    public override void WriteMemory(int bar, ulong offset, AccessWidth width, ulong value) => TableWrites += offset < 0x8000 ? 1 : 0;
}
