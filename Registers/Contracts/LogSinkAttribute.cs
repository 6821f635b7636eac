using System;

namespace Sluice.Registers;

/// <summary>
/// The method, or each method of the type, writes to a log. Its text must not be a guest's, and on the trap path it must limit its rate. The analyzers
/// know the loggers of .NET without it.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface)]
public sealed class LogSinkAttribute : Attribute
{
    /// <summary>Whether it drops, and counts, what comes faster than it is meant to.</summary>
    public bool IsRateLimited { get; init; }
}
