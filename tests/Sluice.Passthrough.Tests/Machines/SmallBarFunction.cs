using Sluice.Simulation.Pci;

namespace Sluice.Passthrough.Tests.Machines;

/// <summary>The reference function with a register block of 2 KiB in BAR 5 as well: less than a page.</summary>
internal sealed class SmallBarFunction : DmaFunction
{
    public SmallBarFunction()
    {
        DefineBar(new SimulatedBar(5, 0x800));
    }
}
