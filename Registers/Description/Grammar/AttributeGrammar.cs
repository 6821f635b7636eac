namespace Sluice.Registers.Description;

/// <summary>An attribute that elements may have.</summary>
internal sealed class AttributeGrammar(string name, ValueKind kind, WordList? words = null, bool isTrap = false)
{
    /// <summary>Its name without a prefix.</summary>
    public string LocalName { get; } = name;

    /// <summary>Its name as messages and documentation give it.</summary>
    public string Name { get; } = isTrap ? "trap:" + name : name;

    /// <summary>Whether it is in the trap namespace.</summary>
    public bool IsTrap { get; } = isTrap;

    public ValueKind Kind { get; } = kind;

    public WordList? Words { get; } = words;
}
