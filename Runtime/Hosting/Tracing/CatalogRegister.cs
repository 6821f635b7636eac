using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Sluice.Registers.Description;

namespace Sluice.Hosting;

/// <summary>A register that was found at an address.</summary>
public readonly struct CatalogRegister
{
    private readonly RegisterModel _register;
    private readonly uint _element;
    private readonly uint _byte;

    internal CatalogRegister(string block, RegisterModel register, uint element, uint startByte)
    {
        Block = block;
        _register = register;
        _element = element;
        _byte = startByte;
    }

    /// <summary>Which block, or which instance of it.</summary>
    public string Block { get; }

    /// <summary>The register's name as the hardware has it, with its index when it is an array, and the first byte when the access does not begin with the register.</summary>
    public string Name => _register.Name
        + (_register.Dimension.IsArray ? string.Create(CultureInfo.InvariantCulture, $"[{_element}]") : "")
        + (_byte != 0 ? string.Create(CultureInfo.InvariantCulture, $"+{_byte}") : "");

    /// <summary>The fields that an access touches, with what it gives or gave them; a value that has a name is followed by it.</summary>
    /// <param name="value">What was read or written, right-aligned.</param>
    /// <param name="bytes">How wide the access was.</param>
    public IEnumerable<(string Field, string Value)> Fields(ulong value, int bytes)
    {
        int shift = (int)_byte * 8;
        ulong lanes = (bytes >= 8 ? ulong.MaxValue : (1UL << (bytes * 8)) - 1) << shift;
        ulong placed = value << shift;
        return _register.Fields
            .Where(field => (field.Mask & lanes) != 0)
            .Select(field => (field.Name, Text(field, (placed & lanes & field.Mask) >> field.LowBit)))
            .ToList();
    }

    private static string Text(FieldModel field, ulong value)
    {
        string number = value < 10 ? value.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"0x{value:x}");
        EnumeratedValueModel? named = field.Values.FirstOrDefault(candidate => candidate.Value == value);
        return named is null ? number : $"{number} ({named.Name})";
    }
}
