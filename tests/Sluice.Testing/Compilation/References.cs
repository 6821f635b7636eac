using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Sluice.Registers;

namespace Sluice.Testing.Compilation;

/// <summary>What test code is compiled against: the framework and Sluice.Registers, whatever else the test host has loaded.</summary>
public static class References
{
    private static readonly Lazy<ImmutableArray<MetadataReference>> s_all = new(Load);

    /// <summary>All references.</summary>
    public static ImmutableArray<MetadataReference> All => s_all.Value;

    private static ImmutableArray<MetadataReference> Load()
    {
        string trusted = (string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "";
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location) ?? "";
        IEnumerable<string> paths = trusted.Split(Path.PathSeparator)
            .Where(path => string.Equals(Path.GetDirectoryName(path), framework, StringComparison.Ordinal))
            .Append(typeof(RegisterFile).Assembly.Location)
            .Order(StringComparer.Ordinal);
        return [.. paths.Select(static path => MetadataReference.CreateFromFile(path))];
    }
}
