namespace Sluice.Registers.Description;

/// <summary>SVD <c>modifiedWriteValues</c>: what a write does to the bits that are written.</summary>
public enum WriteAction
{
    /// <summary>They take the value written.</summary>
    Store,

    /// <summary>W1C.</summary>
    OneToClear,

    /// <summary>W1S.</summary>
    OneToSet,

    /// <summary>W1T.</summary>
    OneToToggle,

    /// <summary>W0C.</summary>
    ZeroToClear,

    /// <summary>W0S.</summary>
    ZeroToSet,

    /// <summary>W0T.</summary>
    ZeroToToggle,

    /// <summary>Any write clears.</summary>
    Clear,

    /// <summary>Any write sets.</summary>
    Set,

    /// <summary>The hardware does something of its own with what is written; a view needs a hook.</summary>
    Modify,
}
