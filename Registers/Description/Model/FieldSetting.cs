namespace Sluice.Registers.Description;

/// <summary>The value that a step gives a field.</summary>
/// <param name="Field">Index of the field in <see cref="RegisterModel.Fields"/>.</param>
/// <param name="Value">The value, right-aligned.</param>
public readonly record struct FieldSetting(int Field, ulong Value);
