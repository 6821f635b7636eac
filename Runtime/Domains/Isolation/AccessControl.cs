using System;

namespace Sluice.Runtime.Domains;

/// <summary>
/// Access control services that isolation rests on, as bits of the capability's registers (PCI Express Base Specification, "Access Control Services").
/// </summary>
[Flags]
public enum AccessControl : ushort
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Requests whose requester id cannot lie below the port are blocked.</summary>
    SourceValidation = 1,

    /// <summary>Requests to peers go up to the root complex.</summary>
    RequestRedirect = 4,

    /// <summary>Completions to peers go up to the root complex.</summary>
    CompletionRedirect = 8,

    /// <summary>Requests that come from below and name an address above are passed up.</summary>
    UpstreamForwarding = 16,

    /// <summary>All that keeps functions apart.</summary>
    All = SourceValidation | RequestRedirect | CompletionRedirect | UpstreamForwarding,
}
