namespace Sluice.Generators;

/// <summary>The steps of the pipeline, in order.</summary>
internal static class TrackingNames
{
    /// <summary>The options of the project.</summary>
    public const string Options = nameof(Options);

    /// <summary>The text of each description file, with its own options.</summary>
    public const string Files = nameof(Files);

    /// <summary>All description files.</summary>
    public const string AllFiles = nameof(AllFiles);

    /// <summary>What was read of each root.</summary>
    public const string Devices = nameof(Devices);

    /// <summary>Each block, with what its source depends on.</summary>
    public const string Blocks = nameof(Blocks);

    /// <summary>The sequences of each root that reach several blocks, as source.</summary>
    public const string Sequences = nameof(Sequences);

    /// <summary>What keeps code from being made.</summary>
    public const string Failures = nameof(Failures);

    /// <summary>The blocks that the project names and nobody describes.</summary>
    public const string Unknown = nameof(Unknown);
}
