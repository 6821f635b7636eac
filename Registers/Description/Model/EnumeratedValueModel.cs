namespace Sluice.Registers.Description;

/// <summary>A named value of a field.</summary>
/// <param name="Name">The hardware's name.</param>
/// <param name="TypeName">The name in code, .NET style.</param>
/// <param name="Description">What it means.</param>
/// <param name="Value">The value, right-aligned.</param>
public sealed record EnumeratedValueModel(string Name, string TypeName, string Description, ulong Value)
{
    /// <summary>In which direction the value has this name. A guest's write of a value that is named for reads only is not a named value.</summary>
    public ValueUsage Usage { get; init; }
}
