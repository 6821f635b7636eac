namespace Sluice.Registers;

/// <summary>A view whose answers are tested, with whatever hooks it has. Written by hand in a few lines for each view.</summary>
public interface IConformanceSubject
{
    /// <summary>Puts the view through a power-on reset, and its hooks to where they were at the start.</summary>
    void Reset();

    /// <summary>Reads the view.</summary>
    AccessResult Read(uint offset, AccessWidth width, out ulong value);

    /// <summary>Writes the view.</summary>
    AccessResult Write(uint offset, AccessWidth width, ulong value);
}
