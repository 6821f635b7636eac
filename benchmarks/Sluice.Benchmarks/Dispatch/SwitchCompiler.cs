using System;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>Compiles the switch, optimised, into this process.</summary>
public static class SwitchCompiler
{
    /// <summary>Gives the method that runs a trace on a fresh switch device.</summary>
    public static Func<Access[], uint> Compile(int registers)
    {
        string[] platform = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Switch" + registers,
            [CSharpSyntaxTree.ParseText(SwitchSource.Write(registers))],
            platform.Select(path => MetadataReference.CreateFromFile(path)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release));
        using MemoryStream image = new();
        if (!compilation.Emit(image).Success)
        {
            throw new InvalidOperationException("the switch does not compile");
        }

        Type type = Assembly.Load(image.ToArray()).GetType("SwitchRun")!;
        return type.GetMethod("Run")!.CreateDelegate<Func<Access[], uint>>();
    }
}
