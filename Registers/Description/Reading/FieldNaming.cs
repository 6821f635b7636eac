namespace Sluice.Registers.Description;

/// <summary>Gives the fields of a register the names in code that depend on the register's own.</summary>
internal static class FieldNaming
{
    /// <summary>The fields of one register; the same array when nothing depends on the register.</summary>
    /// <param name="fields">The fields of its template.</param>
    /// <param name="register">The register's name in code, which no member of it can have.</param>
    /// <param name="names">The names of the block, in which the types of named values are.</param>
    public static EquatableArray<FieldModel> For(EquatableArray<FieldModel> fields, string register, NameScope names)
    {
        FieldModel[]? own = null;
        for (int index = 0; index < fields.Count; index++)
        {
            FieldModel field = fields[index];
            bool isClash = field.TypeName == register;
            if (!isClash && field.Values.Count == 0)
            {
                continue;
            }

            own ??= Copy(fields);
            string wanted = field.EnumName.Length != 0 && names.IsFree(field.EnumName) ? field.EnumName : register + field.TypeName;
            string enumName = field.Values.Count == 0 ? "" : names.TakeQuietly(wanted, "Values");
            own[index] = field with { TypeName = isClash ? Free(fields, field.TypeName + "Field") : field.TypeName, EnumName = enumName };
        }

        return own is null ? fields : new EquatableArray<FieldModel>(own);
    }

    private static string Free(EquatableArray<FieldModel> fields, string wanted)
    {
        foreach (FieldModel field in fields)
        {
            if (field.TypeName == wanted)
            {
                return Free(fields, wanted + "Field");
            }
        }

        return wanted;
    }

    private static FieldModel[] Copy(EquatableArray<FieldModel> fields)
    {
        FieldModel[] copy = new FieldModel[fields.Count];
        for (int index = 0; index < copy.Length; index++)
        {
            copy[index] = fields[index];
        }

        return copy;
    }
}
