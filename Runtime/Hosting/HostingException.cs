using System;

namespace Sluice.Hosting;

/// <summary>Something outside this process does not serve: the message says what was wanted, where, why it failed and what can be done.</summary>
public sealed class HostingException : Exception
{
    /// <summary>Makes one.</summary>
    /// <param name="reason">Why, for programs.</param>
    /// <param name="message">What, where, why and what to do, for people.</param>
    /// <param name="inner">What caused it, if that is known.</param>
    public HostingException(HostingFailure reason, string message, Exception? inner = null)
        : base(message, inner)
    {
        Reason = reason;
    }

    /// <summary>Why it failed.</summary>
    public HostingFailure Reason { get; }
}
