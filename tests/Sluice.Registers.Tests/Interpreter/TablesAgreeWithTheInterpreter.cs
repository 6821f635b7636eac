using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Sluice.Registers.Description;
using Sluice.Testing.Compilation;
using Sluice.Testing.Generation;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Sluice.Registers.Tests.Interpreter;

/// <summary>
/// Random maps through the whole chain - text, reader, generator, compiler - against the interpreter. More of them:
/// <c>SLUICE_MAPS=2000 SLUICE_ACCESSES=20000 dotnet test</c>; the same again: <c>SLUICE_SEED=n</c>.
/// </summary>
public sealed class TablesAgreeWithTheInterpreter(ITestOutputHelper output)
{
    private const int MapsPerCompilation = 40;

    [Fact]
    public void On_random_maps_and_random_access_streams()
    {
        int seed = Number("SLUICE_SEED", Environment.TickCount & 0xFFFFFF);
        int maps = Number("SLUICE_MAPS", MapsPerCompilation);
        int accesses = Number("SLUICE_ACCESSES", 2000);
        output.WriteLine($"SLUICE_SEED={seed} SLUICE_MAPS={maps} SLUICE_ACCESSES={accesses}");
        try
        {
            for (int first = 0; first < maps; first += MapsPerCompilation)
            {
                Batch(new Random(seed + first), Math.Min(MapsPerCompilation, maps - first), accesses);
            }
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"With SLUICE_SEED={seed}: {failure.Message}", failure);
        }
    }

    [Fact]
    public void And_not_when_a_bit_of_a_table_is_flipped()
    {
        int seed = Number("SLUICE_SEED", 1);
        output.WriteLine($"SLUICE_SEED={seed}");
        Random random = new(seed);
        (DescriptionResult description, CSharpCompilation compilation) = Compile(Device(Maps(random, 16)));
        List<(BlockModel Block, string Row)> flipped = [];
        foreach (SyntaxTree tree in compilation.SyntaxTrees.Where(static tree => tree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal)))
        {
            if (TableMutation.Flip(tree.ToString(), random) is { } mutant)
            {
                compilation = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(mutant.Source, TestCompilation.ParseOptions, tree.FilePath));
                flipped.Add((description.Model!.Blocks.First(block => block.TypeName + ".g.cs" == Path.GetFileName(tree.FilePath)), mutant.Row));
            }
        }

        using LoadedCode code = LoadedCode.Of(compilation);
        string[] survivors = [.. flipped.Where(mutant => Agrees(code, mutant.Block, random)).Select(static mutant => mutant.Block.Name + ": " + mutant.Row)];
        Assert.True(flipped.Count >= 8, $"only {flipped.Count} tables have a bit to flip");
        // Some flips change nothing that can be seen: a W1C bit that nothing ever sets, a value that its sanitizer never lets pass, a field whose lock is never open.
        Assert.True(survivors.Length * 2 <= flipped.Count, $"{survivors.Length} of {flipped.Count} flipped bits were not noticed, SLUICE_SEED={seed}:\n{string.Join("\n", survivors)}");
    }

    private static bool Agrees(LoadedCode code, BlockModel block, Random random)
    {
        try
        {
            IViewUnderTest tables = (IViewUnderTest)Activator.CreateInstance(code.Type(DriverSource.Name(block, block.Views[0])))!;
            new AccessStream(random, block, tables, new InterpretedView(block, block.Views[0])).Run(3000);
            return true;
        }
        catch (TrueException)
        {
            return false;
        }
    }

    private static void Batch(Random random, int maps, int accesses)
    {
        string[] texts = Maps(random, maps);
        (DescriptionResult description, CSharpCompilation compilation) = Compile(Device(texts));
        using LoadedCode code = LoadedCode.Of(compilation);
        foreach ((BlockModel block, string text) in description.Model!.Blocks.Zip(texts))
        {
            IViewUnderTest tables = (IViewUnderTest)Activator.CreateInstance(code.Type(DriverSource.Name(block, block.Views[0])))!;
            try
            {
                new AccessStream(random, block, tables, new InterpretedView(block, block.Views[0])).Run(accesses);
                string failures = ((IConformingView)tables).Conform().Failures;
                Assert.True(failures.Length == 0, block.Name + " is not as its cases say: " + failures);
            }
            catch (TrueException difference)
            {
                throw new InvalidOperationException(difference.Message + "\n" + text, difference);
            }
        }
    }

    private static (DescriptionResult Description, CSharpCompilation Compilation) Compile(string xml)
    {
        DescriptionResult description = DescriptionReader.Read(new SourceFile("registers.xml", xml), []);
        Assert.True(description is { HasErrors: false, Model: not null }, string.Join("\n", description.Problems.Where(static problem => problem.Rule.DefaultSeverity == ProblemSeverity.Error).Take(9)));
        GeneratorInput input = GeneratorInput.Empty.WithXml("registers.xml", xml);
        foreach (BlockModel block in description.Model.Blocks)
        {
            input = input.WithSource(block.TypeName + ".driver.cs", DriverSource.Write(block, block.Views[0]));
        }

        CSharpCompilation compilation = (CSharpCompilation)input.Run().Compilation;
        return (description, compilation.AddReferences(MetadataReference.CreateFromFile(typeof(IViewUnderTest).Assembly.Location)));
    }

    private static string[] Maps(Random random, int maps) => [.. Enumerable.Range(0, maps).Select(number => new RandomMap(random, number).Write())];

    private static string Device(string[] maps)
        => "<device schemaVersion=\"1.3\" xmlns:trap=\"urn:sluice:trap\"><name>RANDOM</name><version>1</version><description>Random</description>"
            + "<addressUnitBits>8</addressUnitBits><width>32</width><peripherals>\n"
            + string.Concat(maps)
            + "</peripherals></device>\n";

    private static int Number(string name, int otherwise)
        => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out int value) ? value : otherwise;
}
