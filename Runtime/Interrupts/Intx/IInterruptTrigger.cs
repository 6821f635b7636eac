namespace Sluice.Runtime.Interrupts;

/// <summary>Makes an interrupt of the machine pending by software, as GICD_ISPENDR does.</summary>
public interface IInterruptTrigger
{
    /// <summary>Makes an interrupt pending, once.</summary>
    /// <param name="interrupt">The machine's interrupt number.</param>
    void Raise(uint interrupt);
}
