namespace Sluice.Runtime.Interrupts;

/// <summary>The enable bits of the machine's interrupt controller.</summary>
public interface IInterruptGate
{
    /// <summary>Lets an interrupt through. A level that is asserted comes at once.</summary>
    /// <param name="interrupt">The machine's interrupt number.</param>
    void Open(uint interrupt);

    /// <summary>Keeps an interrupt from coming.</summary>
    /// <param name="interrupt">The machine's interrupt number.</param>
    void Close(uint interrupt);
}
