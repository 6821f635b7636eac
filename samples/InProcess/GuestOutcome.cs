namespace Sluice.Samples.InProcess;

/// <summary>How the guest's work ended.</summary>
internal enum GuestOutcome
{
    /// <summary>The guest did not find what it was promised.</summary>
    Lost,

    /// <summary>The copy was made, and its interrupt came.</summary>
    Copied,

    /// <summary>The function says that its copy was refused; no interrupt came.</summary>
    CopyRefused,
}
