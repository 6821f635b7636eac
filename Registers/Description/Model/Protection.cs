namespace Sluice.Registers.Description;

/// <summary>SVD <c>protection</c>: which accesses the hardware lets through. Views and accessors do not look at it; it is said in the documentation.</summary>
public enum Protection
{
    /// <summary>The description does not say.</summary>
    Unsaid,

    /// <summary>Secure accesses only.</summary>
    Secure,

    /// <summary>Non-secure accesses too.</summary>
    NonSecure,

    /// <summary>Privileged accesses only.</summary>
    Privileged,
}
