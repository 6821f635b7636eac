using Sluice.Runtime.Interrupts;

namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>The guest's INTx wires as its NWL bridge asks for them.</summary>
internal readonly struct VirtWires : IIntxWires
{
    public uint Sample()
    {
        ref Passthrough passthrough = ref VirtMachine.Passthrough;
        passthrough.AskLines(passthrough.Lines.Held);
        return passthrough.Wires.Levels;
    }
}
