namespace Sluice.Runtime.Firmware;

/// <summary>The property <c>reg</c> below a node whose addresses and sizes have two cells each.</summary>
internal static class RegProperty
{
    public static void Write(ref FdtWriter tree, GuestRange first, GuestRange second = default, GuestRange third = default)
    {
        tree.BeginProperty("reg"u8);
        Append(ref tree, first);
        Append(ref tree, second);
        Append(ref tree, third);
        tree.EndProperty();
    }

    private static void Append(ref FdtWriter tree, GuestRange range)
    {
        if (range.Length > 0)
        {
            tree.AppendNumber(range.Start);
            tree.AppendNumber(range.Length);
        }
    }
}
