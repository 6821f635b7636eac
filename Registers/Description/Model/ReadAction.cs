namespace Sluice.Registers.Description;

/// <summary>SVD <c>readAction</c>: what a read does.</summary>
public enum ReadAction
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It clears the field.</summary>
    Clear,

    /// <summary>It sets the field.</summary>
    Set,

    /// <summary>It changes the field in the hardware's own way; a view needs a hook.</summary>
    Modify,

    /// <summary>It changes something outside the field (a FIFO moves on).</summary>
    ModifyExternal,
}
