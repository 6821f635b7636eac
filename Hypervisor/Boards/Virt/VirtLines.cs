using Sluice.Runtime.Interrupts;

namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>The machine's interrupt controller as the lines of its host bridge need it.</summary>
internal readonly struct VirtLines : IInterruptGate
{
    public void Open(uint interrupt)
    {
        VirtMachine.Distributor.Enable(interrupt);
    }

    public void Close(uint interrupt)
    {
        VirtMachine.Distributor.Disable(interrupt);
    }
}
