using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;

namespace Sluice.Testing.Api;

/// <summary>The public surface of an assembly as text, one member a line, in a fixed order.</summary>
public static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    /// <summary>Writes the surface.</summary>
    /// <param name="assembly">Whose.</param>
    /// <param name="generated">The namespace of what is generated from descriptions, which are held by tests of their own; left out.</param>
    public static string Of(Assembly assembly, string? generated = null)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().Where(type => type.Namespace != generated).OrderBy(static type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Kind(type)).Append(' ').Append(TypeText.Of(type)).Append(Bases(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
        }

        return text.ToString();
    }

    private static string Kind(Type type)
    {
        string modifier = type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract && type.IsClass ? "abstract " : type.IsSealed && type.IsClass ? "sealed " : "";
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : "class";
        return modifier + kind;
    }

    private static string Bases(Type type)
    {
        if (type.IsEnum)
        {
            return " : " + TypeText.Of(Enum.GetUnderlyingType(type));
        }

        IEnumerable<string> bases = type.GetInterfaces().Select(TypeText.Of).Order(StringComparer.Ordinal);
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType))
        {
            bases = bases.Prepend(TypeText.Of(parent));
        }

        string list = string.Join(", ", bases);
        return list.Length == 0 ? "" : " : " + list;
    }

    private static IEnumerable<string> Members(Type type)
    {
        foreach (FieldInfo field in type.GetFields(Declared).Where(static field => (field.IsPublic || field.IsFamily) && !field.IsSpecialName))
        {
            string value = field.IsLiteral ? " = " + Convert.ToString(field.GetRawConstantValue(), System.Globalization.CultureInfo.InvariantCulture) : "";
            yield return (field.IsLiteral ? "const " : field.IsStatic ? "static " : "") + TypeText.Of(field.FieldType) + " " + field.Name + value;
        }

        foreach (ConstructorInfo constructor in type.GetConstructors(Declared).Where(IsVisible))
        {
            yield return "new(" + TypeText.Parameters(constructor) + ")";
        }

        foreach (PropertyInfo property in type.GetProperties(Declared).Where(static property => property.GetAccessors(nonPublic: true).Any(IsVisible)))
        {
            string accessors = string.Concat(
                property.GetMethod is { } getter && IsVisible(getter) ? "get; " : "",
                property.SetMethod is { } setter && IsVisible(setter) ? (TypeText.IsInit(setter) ? "init; " : "set; ") : "");
            yield return Modifier(property.GetAccessors(nonPublic: true)[0]) + TypeText.Of(property.PropertyType) + " " + property.Name + " { " + accessors + "}";
        }

        foreach (MethodInfo method in type.GetMethods(Declared).Where(static method => IsVisible(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))))
        {
            yield return Modifier(method) + TypeText.Of(method.ReturnType) + " " + method.Name + TypeText.Arguments(method) + "(" + TypeText.Parameters(method) + ")";
        }
    }

    private static string Modifier(MethodBase method)
        => (method.IsStatic ? "static " : "") + (method.IsAbstract ? "abstract " : method.IsVirtual && !method.IsFinal ? "virtual " : "");

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;
}
