namespace Sluice.Registers.Description;

/// <summary>SVD <c>access</c>.</summary>
public enum FieldAccess
{
    /// <summary>Read and write.</summary>
    ReadWrite,

    /// <summary>Read only: a write does nothing.</summary>
    ReadOnly,

    /// <summary>Write only: what a read gives is not defined; a view gives zero.</summary>
    WriteOnly,

    /// <summary>Only the first write counts; not readable.</summary>
    WriteOnce,

    /// <summary>Readable; only the first write counts.</summary>
    ReadWriteOnce,
}
