namespace Sluice.Registers.Description;

/// <summary>Where an access to a register goes.</summary>
public enum PolicyKind
{
    /// <summary>Nowhere: the register is as if it were not described.</summary>
    Denied,

    /// <summary>It always reads as one value; a write is dropped.</summary>
    Constant,

    /// <summary>To storage of the view, by the register's own semantics.</summary>
    Emulated,

    /// <summary>To storage of the view, and a method of the model's author is called.</summary>
    Hooked,

    /// <summary>To the hardware: reads show its visible bits, writes reach its writable bits after sanitizing.</summary>
    Passthrough,
}
