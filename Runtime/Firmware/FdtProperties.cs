namespace Sluice.Runtime.Firmware;

/// <summary>The properties of a node, for <c>foreach</c>.</summary>
public ref struct FdtProperties
{
    private readonly FdtReader _tree;
    private int _next;

    internal FdtProperties(FdtReader tree, int first)
    {
        _tree = tree;
        _next = first;
    }

    /// <summary>The property that the enumeration stands at.</summary>
    public FdtProperty Current { get; private set; }

    /// <summary>This.</summary>
    public readonly FdtProperties GetEnumerator() => this;

    /// <summary>Goes on to the next property.</summary>
    public bool MoveNext()
    {
        bool found = _tree.TryProperty(ref _next, out FdtProperty property);
        Current = property;
        return found;
    }
}
