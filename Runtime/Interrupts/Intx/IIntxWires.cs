namespace Sluice.Runtime.Interrupts;

/// <summary>What knows how a guest's functions drive the INTx wires now.</summary>
public interface IIntxWires
{
    /// <summary>Asks the functions that assert a wire whether they still do, and says which wires are asserted.</summary>
    /// <returns>INTA in bit 0 to INTD in bit 3.</returns>
    uint Sample();
}
