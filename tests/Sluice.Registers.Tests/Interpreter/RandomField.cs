using System.Globalization;
using System.Text;

namespace Sluice.Registers.Tests.Interpreter;

/// <summary>A field of a random register.</summary>
public sealed record RandomField(
    string Name, int LowBit, int Width, string Access, string WriteAction, string ReadAction, string Reserved, bool IsSticky, bool IsHwInit, ulong? Value)
{
    /// <summary>The condition under which it is writable; empty when it always is.</summary>
    public string Lock { get; init; } = "";

    public ulong Mask => (Width == 64 ? ulong.MaxValue : (1ul << Width) - 1) << LowBit;

    public bool IsReadable => Access is "read-write" or "read-only" or "read-writeOnce" && Reserved.Length == 0;

    /// <summary>What may be written to it: the inner XML of its write constraint; empty when everything may.</summary>
    public string Constraint { get; init; } = "";

    /// <summary>The bounds of a constraint that is a range.</summary>
    public (ulong Minimum, ulong Maximum)? Range { get; init; }

    /// <summary>Whether its register says that it is written as it was read.</summary>
    public bool IsPreserved { get; init; }

    public bool IsWritable => Access != "read-only" && Reserved.Length == 0 && !IsHwInit && !IsWrittenAsRead;

    private bool IsWrittenAsRead => WriteAction.Length == 0 && (Constraint.Length == 0 ? IsPreserved : Constraint.Contains("writeAsRead", System.StringComparison.Ordinal));

    public void Write(StringBuilder text)
    {
        text.Append("<field");
        text.Append(Reserved.Length == 0 ? "" : $" trap:reserved=\"{Reserved}\"");
        text.Append(IsSticky ? " trap:sticky=\"true\"" : "");
        text.Append(IsHwInit ? " trap:hwInit=\"true\"" : "");
        text.Append(Lock.Length == 0 ? "" : $" trap:writeEnable=\"{Lock}\"");
        text.Append(CultureInfo.InvariantCulture, $"><name>{Name}</name><bitOffset>{LowBit}</bitOffset><bitWidth>{Width}</bitWidth><access>{Access}</access>");
        text.Append(WriteAction.Length == 0 ? "" : $"<modifiedWriteValues>{WriteAction}</modifiedWriteValues>");
        text.Append(Constraint.Length == 0 ? "" : $"<writeConstraint>{Constraint}</writeConstraint>");
        text.Append(ReadAction.Length == 0 ? "" : $"<readAction>{ReadAction}</readAction>");
        if (Value is { } value)
        {
            text.Append("<enumeratedValues>");
            text.Append(CultureInfo.InvariantCulture, $"<enumeratedValue><name>FIRST</name><value>{value}</value></enumeratedValue>");
            text.Append(CultureInfo.InvariantCulture, $"<enumeratedValue><name>OTHER</name><value>{value ^ 1}</value></enumeratedValue>");
            text.Append("</enumeratedValues>");
        }

        text.Append("</field>\n");
    }
}
