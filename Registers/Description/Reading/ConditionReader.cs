using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>
/// Reads what names a field of some register of the block: <c>REGISTER.FIELD</c>, or <c>FIELD</c> of the register itself; in a condition with
/// <c>=VALUE</c> or <c>!=VALUE</c> behind it.
/// </summary>
internal sealed class ConditionReader(BlockProblems problems, IReadOnlyList<RegisterModel> registers)
{
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);

    /// <summary>Reads a condition.</summary>
    /// <param name="attribute">Where it stands.</param>
    /// <param name="owner">The index of the register that it is about.</param>
    /// <returns>The condition; null when it is reported.</returns>
    public ConditionModel? Read(MarkupAttribute attribute, int owner)
    {
        string text = attribute.Text;
        int sign = text.IndexOf('=');
        bool isNegated = sign > 0 && text[sign - 1] == '!';
        ulong value = 1;
        if (sign >= 0 && !NumberText.TryParse(text.Substring(sign + 1).Trim(), out value))
        {
            Refuse(attribute, owner, "it is 'REGISTER.FIELD', with '=' or '!=' and a number behind it");
            return null;
        }

        string path = sign < 0 ? text : text.Substring(0, isNegated ? sign - 1 : sign).Trim();
        if (!TryFind(attribute, path, owner, out int register, out int field))
        {
            return null;
        }

        FieldModel subject = registers[register].Fields[field];
        if (value > MaskComputation.All(subject.WidthBits))
        {
            Refuse(attribute, owner, "'" + subject.Name + "' has " + Number(subject.WidthBits) + " bits only");
            return null;
        }

        return new ConditionModel(register, field, value, isNegated);
    }

    /// <summary>Finds a field of which something depends.</summary>
    /// <param name="attribute">Where it is named.</param>
    /// <param name="path">Its name.</param>
    /// <param name="owner">The index of the register that depends on it.</param>
    /// <param name="register">The index of its register.</param>
    /// <param name="field">Its index in there.</param>
    /// <returns>Whether it is there and can be asked; if not, that is reported.</returns>
    public bool TryFind(MarkupAttribute attribute, string path, int owner, out int register, out int field)
    {
        int dot = path.LastIndexOf('.');
        field = -1;
        if (!TryFindRegister(attribute, dot < 0 ? "" : path.Substring(0, dot), owner, out register))
        {
            return false;
        }

        RegisterModel subject = registers[register];
        string name = path.Substring(dot + 1);
        for (int index = 0; index < subject.Fields.Count && field < 0; index++)
        {
            field = subject.Fields[index].Name == name ? index : -1;
        }

        if (field < 0)
        {
            string hint = Spelling.DidYouMean(name, subject.Fields.Select(known => known.Name));
            problems.Add(ProblemRules.UnknownReference, attribute.File, attribute.ValueRange, "field", name, "in '" + subject.Name + "'", hint);
            return false;
        }

        FieldModel found = subject.Fields[field];
        if (found.LowBit / 32 != (found.LowBit + found.WidthBits - 1) / 32)
        {
            Refuse(attribute, owner, "'" + found.Name + "' lies in both halves of '" + subject.Name + "', which may change one after the other");
            return false;
        }

        if (subject.Dimension.IsArray && subject.Dimension.Count != registers[owner].Dimension.Count)
        {
            string why = "'" + subject.Name + "' is an array of " + subject.Dimension.Count.ToString(CultureInfo.InvariantCulture)
                + " elements, and which of them is meant is not clear";
            Refuse(attribute, owner, why);
            return false;
        }

        return true;
    }

    private bool TryFindRegister(MarkupAttribute attribute, string name, int owner, out int register)
    {
        register = owner;
        if (name.Length == 0)
        {
            return true;
        }

        if (_indices.Count == 0)
        {
            for (int index = 0; index < registers.Count; index++)
            {
                _indices[registers[index].Name] = index;
            }
        }

        // Beside the register first, then further out: the names of clusters stand before it.
        string own = registers[owner].Name;
        for (int end = own.LastIndexOf('_'); end > 0; end = own.LastIndexOf('_', end - 1))
        {
            if (_indices.TryGetValue(own.Substring(0, end + 1) + name, out register))
            {
                return true;
            }
        }

        if (_indices.TryGetValue(name, out register))
        {
            return true;
        }

        string hint = problems.WantsSuggestion ? Spelling.DidYouMean(name, registers.Select(known => known.Name)) : "";
        problems.Add(ProblemRules.UnknownReference, attribute.File, attribute.ValueRange, "register", name, "in its block", hint);
        return false;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private void Refuse(MarkupAttribute at, int owner, string why)
        => problems.Add(ProblemRules.UnfitCondition, at.File, at.ValueRange, at.Text, registers[owner].Name, why);
}
