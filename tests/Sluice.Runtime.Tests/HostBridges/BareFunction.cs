using Sluice.Registers;
using Sluice.Simulation.Pci;

namespace Sluice.Runtime.Tests.HostBridges;

/// <summary>A function with nothing but an identity; a test gives it what it needs.</summary>
public class BareFunction : SimulatedFunction
{
    public BareFunction()
    {
        Define(0x00, AccessWidth.Word, 0x0001_1234);
        Define(0x04, AccessWidth.HalfWord, 0, 0x0547);
    }

    public void Set(uint offset, AccessWidth width, uint value, uint writable = 0) => Define(offset, width, value, writable);

    public void Bar(SimulatedBar bar) => DefineBar(bar);

    public override ulong ReadMemory(int bar, ulong offset, AccessWidth width) => 0;

    public override void WriteMemory(int bar, ulong offset, AccessWidth width, ulong value)
    {
    }
}
