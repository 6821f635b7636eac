namespace Sluice.Hosting;

/// <summary>Why something outside this process does not serve.</summary>
public enum HostingFailure
{
    /// <summary>This process may not do it.</summary>
    Permission,

    /// <summary>It is not there.</summary>
    Absent,

    /// <summary>It did not answer in time.</summary>
    Timeout,

    /// <summary>It answered what the protocol does not have.</summary>
    Protocol,

    /// <summary>It went away.</summary>
    Closed,

    /// <summary>An address or a length that does not fit.</summary>
    Range,
}
