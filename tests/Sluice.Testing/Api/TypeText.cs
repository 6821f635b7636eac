using System;
using System.Linq;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Sluice.Testing.Api;

/// <summary>Types and parameters as C# writes them.</summary>
internal static class TypeText
{
    public static string Of(Type type)
    {
        if (type.IsByRef)
        {
            return "ref " + Of(type.GetElementType()!);
        }

        if (type.IsArray)
        {
            return Of(type.GetElementType()!) + "[]";
        }

        if (type.IsPointer)
        {
            return Of(type.GetElementType()!) + "*";
        }

        string name = type.IsGenericParameter || type.DeclaringType is null ? type.Name : Of(type.DeclaringType) + "." + type.Name;
        int tick = name.LastIndexOf('`');
        return !type.IsGenericType || tick < 0 ? name : name[..tick] + "<" + string.Join(", ", type.GetGenericArguments().Select(Of)) + ">";
    }

    public static string Arguments(MethodInfo method)
        => method.IsGenericMethodDefinition ? "<" + string.Join(", ", method.GetGenericArguments().Select(Of)) + ">" : "";

    public static string Parameters(MethodBase method)
        => string.Join(", ", method.GetParameters().Select(static parameter => Attributes(parameter) + (parameter.IsOut ? "out " + Of(parameter.ParameterType)[4..] : Of(parameter.ParameterType)) + " " + parameter.Name));

    public static bool IsInit(MethodInfo setter)
        => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Attributes(ParameterInfo parameter)
        => string.Concat(parameter.GetCustomAttributesData()
            .Where(static attribute => attribute.AttributeType.Namespace == "Sluice.Registers")
            .Select(static attribute => "[" + attribute.AttributeType.Name.Replace("Attribute", "", StringComparison.Ordinal) + "] "));
}
