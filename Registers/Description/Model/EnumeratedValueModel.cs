namespace Sluice.Registers.Description;

/// <summary>A named value of a field.</summary>
/// <param name="Name">The hardware's name.</param>
/// <param name="TypeName">The name in code, .NET style.</param>
/// <param name="Description">What it means.</param>
/// <param name="Value">The value, right-aligned.</param>
public sealed record EnumeratedValueModel(string Name, string TypeName, string Description, ulong Value);
