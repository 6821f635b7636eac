namespace Sluice.Registers.Description;

/// <summary>SVD <c>usage</c>: in which direction a named value has its name.</summary>
public enum ValueUsage
{
    /// <summary>Read and written.</summary>
    ReadWrite,

    /// <summary>It is what a read gives; a write of it means something else, or nothing.</summary>
    Read,

    /// <summary>It is what is written; a read never gives it, or it means something else.</summary>
    Write,
}
