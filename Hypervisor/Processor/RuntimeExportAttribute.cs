namespace System.Runtime;

/// <summary>
/// ilc knows this attribute by its name: the method gets that symbol and keeps its plain calling convention, where an unmanaged entry point
/// would first switch modes for a collector that is not here.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class RuntimeExportAttribute : Attribute
{
    public RuntimeExportAttribute(string entry)
    {
        Entry = entry;
    }

    public string Entry { get; }
}
