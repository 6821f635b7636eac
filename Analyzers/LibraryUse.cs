using System.Linq;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace Sluice.Analyzers;

/// <summary>
/// Whether a compilation has to do with the library at all. A reference alone costs its build nothing: only where the sources name the library, or where
/// another reference is built on it and so can carry its marks, are bodies bound and looked at.
/// </summary>
internal static class LibraryUse
{
    private const string Library = "Sluice";

    private static readonly ConditionalWeakTable<Compilation, object> s_known = new();

    public static bool IsIn(Compilation compilation) => (bool)s_known.GetValue(compilation, static asked => Find(asked));

    private static bool Find(Compilation compilation)
        => compilation.SyntaxTrees.Any(tree => tree.GetText().ToString().IndexOf(Library, System.StringComparison.Ordinal) >= 0)
        || compilation.SourceModule.ReferencedAssemblySymbols.Any(IsBuiltOnIt);

    private static bool IsBuiltOnIt(IAssemblySymbol assembly)
        => assembly.Name.StartsWith(Library + ".", System.StringComparison.Ordinal)
        ? assembly.Name != "Sluice.Registers"
        : assembly.Modules.Any(module => module.ReferencedAssemblies.Any(reference => reference.Name == "Sluice.Registers"));
}
