namespace Internal.Runtime;

/// <summary>The head of the record that ilc emits for each type; nothing at EL2 reads further.</summary>
internal struct MethodTable
{
    public uint Flags;
    public uint BaseSize;
}
