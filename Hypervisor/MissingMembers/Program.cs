using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Sluice.MissingMembers;

/// <summary>
/// <c>Sluice.MissingMembers CORE-FOLDER ASSEMBLY...</c> prints each member of the base class library that an assembly refers to and the core
/// library lacks. Not every one of them is reached at EL2, but the one that ilc stopped at is among them.
/// </summary>
internal static class Program
{
    private static readonly SignatureText s_text = new();

    private static int Main(string[] arguments)
    {
        if (arguments.Length < 2)
        {
            Console.Error.WriteLine("usage: Sluice.MissingMembers CORE-FOLDER ASSEMBLY...");
            return 2;
        }

        string[] core = Directory.GetFiles(arguments[0], "*.dll");
        HashSet<string> present = Read(Path.Combine(arguments[0], "System.Runtime.dll"), Defined).ToHashSet(StringComparer.Ordinal);
        HashSet<string> names = core.Select(Path.GetFileNameWithoutExtension).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (string assembly in arguments.Skip(1))
        {
            foreach ((string scope, string member) in Read(assembly, Referenced).Distinct().Order())
            {
                string reason = !names.Contains(scope) ? $"no facade for {scope}" : present.Contains(member) ? "" : "not in the core library";
                if (reason.Length != 0 && !IsOnlyMetadata(member))
                {
                    Console.WriteLine($"{Path.GetFileName(assembly)}: {member}: {reason}");
                }
            }
        }

        return 0;
    }

    /// <summary>ilc passes over an attribute that it cannot find.</summary>
    private static bool IsOnlyMetadata(string member) =>
        member.Contains("Attribute", StringComparison.Ordinal) || member.StartsWith("System.Security.", StringComparison.Ordinal)
            || member == "System.Diagnostics.DebuggerBrowsableState";

    private static List<T> Read<T>(string path, Func<MetadataReader, IEnumerable<T>> select)
    {
        using var stream = File.OpenRead(path);
        using var file = new PEReader(stream);
        return select(file.GetMetadataReader()).ToList();
    }

    private static IEnumerable<string> Defined(MetadataReader reader)
    {
        foreach (TypeDefinitionHandle handle in reader.TypeDefinitions)
        {
            TypeDefinition type = reader.GetTypeDefinition(handle);
            string name = SignatureText.NameOf(reader, handle);
            yield return name;
            foreach (MethodDefinitionHandle method in type.GetMethods())
            {
                MethodDefinition definition = reader.GetMethodDefinition(method);
                yield return $"{name}.{reader.GetString(definition.Name)}{SignatureText.Of(definition.DecodeSignature(s_text, null))}";
            }

            foreach (FieldDefinitionHandle field in type.GetFields())
            {
                yield return $"{name}.{reader.GetString(reader.GetFieldDefinition(field).Name)}";
            }
        }
    }

    private static IEnumerable<(string Scope, string Member)> Referenced(MetadataReader reader)
    {
        foreach (TypeReferenceHandle handle in reader.TypeReferences)
        {
            if (ScopeOf(reader, handle) is string scope)
            {
                yield return (scope, SignatureText.NameOf(reader, handle));
            }
        }

        foreach (MemberReferenceHandle handle in reader.MemberReferences)
        {
            MemberReference member = reader.GetMemberReference(handle);
            if (TypeOf(reader, member.Parent) is TypeReferenceHandle type && ScopeOf(reader, type) is string scope)
            {
                string name = $"{SignatureText.NameOf(reader, type)}.{reader.GetString(member.Name)}";
                string signature = member.GetKind() == MemberReferenceKind.Method ? SignatureText.Of(member.DecodeMethodSignature(s_text, null)) : "";
                yield return (scope, name + signature);
            }
        }
    }

    private static TypeReferenceHandle? TypeOf(MetadataReader reader, EntityHandle parent)
    {
        switch (parent.Kind)
        {
            case HandleKind.TypeReference:
                return (TypeReferenceHandle)parent;
            case HandleKind.TypeSpecification:
                BlobReader blob = reader.GetBlobReader(reader.GetTypeSpecification((TypeSpecificationHandle)parent).Signature);
                if (blob.ReadSignatureTypeCode() != SignatureTypeCode.GenericTypeInstance)
                {
                    return null;
                }

                _ = blob.ReadByte();
                EntityHandle generic = blob.ReadTypeHandle();
                return generic.Kind == HandleKind.TypeReference ? (TypeReferenceHandle)generic : null;
            default:
                return null;
        }
    }

    /// <summary>The base class assembly that a type is looked for in; null when it is one of ours.</summary>
    private static string? ScopeOf(MetadataReader reader, TypeReferenceHandle handle)
    {
        EntityHandle scope = reader.GetTypeReference(handle).ResolutionScope;
        while (scope.Kind == HandleKind.TypeReference)
        {
            scope = reader.GetTypeReference((TypeReferenceHandle)scope).ResolutionScope;
        }

        if (scope.Kind != HandleKind.AssemblyReference)
        {
            return null;
        }

        string name = reader.GetString(reader.GetAssemblyReference((AssemblyReferenceHandle)scope).Name);
        return name.StartsWith("Sluice.", StringComparison.Ordinal) ? null : name;
    }
}
