namespace System.Runtime;

internal sealed class RuntimeExportAttribute : Attribute
{
    public RuntimeExportAttribute(string entry)
    {
        Entry = entry;
    }

    public string Entry { get; }
}

internal sealed class RuntimeImportAttribute : Attribute
{
    public RuntimeImportAttribute(string name)
    {
        Name = name;
    }

    public string Name { get; }
}
