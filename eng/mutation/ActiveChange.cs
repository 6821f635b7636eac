using System;
using System.IO;
using System.Linq;
using System.Reflection;

namespace Sluice.Mutation;

/// <summary>
/// Which change of the core is active, told to the changed assemblies once a run. Left alone, they look it up in a shared file for each of their expressions, which makes long tests ten times as
/// long, and a run that is too long counts as a change that was noticed.
/// </summary>
internal static class ActiveChange
{
    private const BindingFlags AnyStatic = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Lazy<Type[]> s_controls = new(Find);

    /// <summary>Reads what the tool has written, and tells it. Does nothing while the tool asks which expressions a test reaches.</summary>
    /// <exception cref="InvalidDataException">The tool's own code in the changed assembly is not as this expects: then a run would say nothing.</exception>
    public static void Tell()
    {
        string? file = Environment.GetEnvironmentVariable("STRYKER_MUTANT_FILE");
        if (string.IsNullOrEmpty(file) || Environment.GetEnvironmentVariable("STRYKER_COVERAGE_FILE") is not null)
        {
            return;
        }

        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using BinaryReader reader = new(stream);
        int active = reader.ReadInt32();
        foreach (Type control in s_controls.Value)
        {
            Field(control, "_mutantFilePathCached").SetValue(null, true);
            Field(control, "_cachedMutantFilePath").SetValue(null, string.Empty);
            Field(control, "ActiveMutant").SetValue(null, active);
        }
    }

    private static FieldInfo Field(Type control, string name)
        => control.GetField(name, AnyStatic) ?? throw new InvalidDataException($"{control.FullName} has no field {name}: this is written for the version of the tool in .config/dotnet-tools.json.");

    private static Type[] Find()
        => [.. Assembly.GetExecutingAssembly().GetReferencedAssemblies()
            .Where(static name => name.Name?.StartsWith("Sluice.", StringComparison.Ordinal) == true)
            .SelectMany(static name => Assembly.Load(name).GetTypes())
            .Where(static type => type.Name == "MutantControl")];
}
