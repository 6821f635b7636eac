using System;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis.Emit;

namespace Sluice.Testing.Compilation;

/// <summary>A compilation that was emitted and loaded, to be run by a test.</summary>
public sealed class LoadedCode : IDisposable
{
    private readonly AssemblyLoadContext _context = new("test code", isCollectible: true);

    private LoadedCode(Stream image)
    {
        Assembly = _context.LoadFromStream(image);
    }

    /// <summary>The assembly.</summary>
    public Assembly Assembly { get; }

    /// <summary>Emits and loads; what does not compile is an exception with the compiler's words.</summary>
    public static LoadedCode Of(Microsoft.CodeAnalysis.Compilation compilation)
    {
        using MemoryStream image = new();
        EmitResult result = compilation.Emit(image);
        if (!result.Success)
        {
            throw new InvalidOperationException(string.Join("\n", result.Diagnostics.Take(20)));
        }

        image.Position = 0;
        return new LoadedCode(image);
    }

    /// <summary>A type, by its full name.</summary>
    public Type Type(string name) => Assembly.GetType(name, throwOnError: true)!;

    /// <inheritdoc/>
    public void Dispose() => _context.Unload();
}
