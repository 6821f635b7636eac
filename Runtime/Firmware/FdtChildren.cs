namespace Sluice.Runtime.Firmware;

/// <summary>The children of a node, for <c>foreach</c>.</summary>
public ref struct FdtChildren
{
    private readonly FdtReader _tree;
    private readonly FdtNode _parent;
    private bool _begun;

    internal FdtChildren(FdtReader tree, FdtNode parent)
    {
        _tree = tree;
        _parent = parent;
    }

    /// <summary>The child that the enumeration stands at.</summary>
    public FdtNode Current { get; private set; }

    /// <summary>This.</summary>
    public readonly FdtChildren GetEnumerator() => this;

    /// <summary>Goes on to the next child.</summary>
    public bool MoveNext()
    {
        FdtNode next;
        bool found = _begun ? _tree.TryNextSibling(Current, out next) : _tree.TryFirstChild(_parent, out next);
        _begun = true;
        Current = next;
        return found;
    }
}
