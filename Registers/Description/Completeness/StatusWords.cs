using System;

namespace Sluice.Registers.Description;

/// <summary>Tells by its words whether a field is a status flag. Such flags are cleared by a write or by a read as a rule; plain storage is the exception.</summary>
internal static class StatusWords
{
    private static readonly string[] _names = ["STATUS", "STAT", "STS", "FLAG", "FLAGS", "PENDING", "PEND", "OVERRUN", "OVERFLOW", "UNDERRUN"];

    private static readonly string[] _phrases =
    [
        "cleared by", "clear by writing", "to clear", "1 clears", "clears this", "w1c", "rc_w", "cleared on read", "cleared when read", "set by hardware",
    ];

    public static bool Describe(string name, string description)
        => Array.Exists(name.Split('_'), part => Array.Exists(_names, word => string.Equals(part, word, StringComparison.OrdinalIgnoreCase)))
            || Array.Exists(_phrases, phrase => description.IndexOf(phrase, StringComparison.OrdinalIgnoreCase) >= 0);
}
