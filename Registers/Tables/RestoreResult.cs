namespace Sluice.Registers;

/// <summary>What became of an attempt to take a view's state back from a snapshot.</summary>
public enum RestoreResult : byte
{
    /// <summary>The state is that of the snapshot.</summary>
    Restored = 0,

    /// <summary>The snapshot has another length, or was made with another map. Nothing has changed.</summary>
    OtherMap = 1,

    /// <summary>A field holds a value that its sanitizer would not have let in. Nothing has changed.</summary>
    Unsanitized = 2,
}
