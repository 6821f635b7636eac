namespace Sluice.Registers;

/// <summary>The result of taking a view's state back, and which register the snapshot was refused for.</summary>
public readonly struct RestoreOutcome
{
    /// <summary>Makes an outcome that no single register decided.</summary>
    public RestoreOutcome(RestoreResult result)
    {
        Result = result;
        Register = -1;
    }

    /// <summary>Makes the outcome of a register that holds what its sanitizers refuse.</summary>
    /// <param name="register">Its index in the view, as <see cref="RegisterNames"/> counts them.</param>
    /// <param name="element">Which element, when it is an array.</param>
    public RestoreOutcome(int register, uint element)
    {
        Result = RestoreResult.Unsanitized;
        Register = register;
        Element = element;
    }

    /// <summary>What became of it.</summary>
    public RestoreResult Result { get; }

    /// <summary>The register for which the snapshot was refused, as <see cref="RegisterNames"/> counts them; -1 when it was none.</summary>
    public int Register { get; }

    /// <summary>Which element of that register.</summary>
    public uint Element { get; }

    /// <summary>Whether the state is that of the snapshot.</summary>
    public bool IsRestored => Result == RestoreResult.Restored;
}
