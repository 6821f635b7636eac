using System;
using System.Collections.Generic;

namespace Sluice.Hosting;

/// <summary>How a QEMU is started for its qtest socket.</summary>
public sealed record QtestOptions
{
    /// <summary>The program, by name or path.</summary>
    public string Program { get; init; } = "qemu-system-aarch64";

    /// <summary>Machine, processor and devices, as on QEMU's command line. The sockets, and that nothing is displayed, are added.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>How long QEMU may take until it connects. It is started a second time if the first one takes longer.</summary>
    public TimeSpan StartPatience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it may take for an answer.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Environment variables that are added, for example for where QEMU's own libraries are.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();
}
