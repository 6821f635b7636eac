namespace Sluice.Runtime.Interrupts;

/// <summary>
/// The machine's side of INTx: lines that functions of a host bridge drive, and a mask for each. A line is a level: it stays asserted until the function is served. Implementations
/// are structs that live in one place.
/// </summary>
public interface IIntxController
{
    /// <summary>How many lines there are: at most 32.</summary>
    uint LineCount { get; }

    /// <summary>Takes a physical interrupt: the lines that are asserted and not masked are masked from now on.</summary>
    /// <param name="interrupt">The interrupt number at the machine's interrupt controller.</param>
    /// <param name="lines">A bit for each of these lines.</param>
    /// <returns>Whether the interrupt is this controller's.</returns>
    bool TryCollect(uint interrupt, out uint lines);

    /// <summary>Masks a line.</summary>
    /// <param name="line">Below <see cref="LineCount"/>.</param>
    void Mask(uint line);

    /// <summary>Unmasks a line. If it is asserted it is raised at once.</summary>
    /// <param name="line">Below <see cref="LineCount"/>.</param>
    void Unmask(uint line);
}
