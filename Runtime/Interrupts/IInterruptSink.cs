namespace Sluice.Runtime.Interrupts;

/// <summary>Where a guest's virtual interrupts go.</summary>
public interface IInterruptSink
{
    /// <summary>Raises an edge interrupt at the guest's interrupt controller. One that is pending already stays pending once.</summary>
    /// <param name="interrupt">The guest's interrupt number (SPI: from 32 on), one that the guest owns.</param>
    void Raise(uint interrupt);

    /// <summary>Takes an edge interrupt back that the guest has not begun to serve; what it has begun goes on.</summary>
    /// <param name="interrupt">The guest's interrupt number, one that the guest owns.</param>
    /// <returns>Whether it was pending and has been taken back.</returns>
    bool Withdraw(uint interrupt);

    /// <summary>
    /// Drives the line of a level interrupt of the guest's interrupt controller. While it is asserted the interrupt is pending, and comes again when the guest has ended it; when it is
    /// deasserted before the guest has taken it, it does not come.
    /// </summary>
    /// <param name="interrupt">The guest's interrupt number (SPI: from 32 on), one that the guest owns.</param>
    /// <param name="asserted">Whether the line is asserted. Saying the same again is no error.</param>
    void SetLevel(uint interrupt, bool asserted);
}
