namespace Sluice.Runtime.Interrupts;

/// <summary>Where a guest's virtual interrupts go.</summary>
public interface IInterruptSink
{
    /// <summary>Raises an edge interrupt at the guest's interrupt controller. One that is pending already stays pending once.</summary>
    /// <param name="interrupt">The guest's interrupt number (SPI: from 32 on), one that the guest owns.</param>
    void Raise(uint interrupt);
}
