using System;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using Sluice.Generators.Emit;
using Sluice.Generators.Layout;
using Sluice.Generators.Pipeline;
using Sluice.Registers.Description;

namespace Sluice.Generators;

/// <summary>
/// Register descriptions among the additional files become typed accessors and trap tables, one file a block. Neither the compilation nor
/// any position takes part: an edit elsewhere, a moved line or a comment writes nothing anew.
/// </summary>
[Generator(LanguageNames.CSharp)]
public sealed class RegisterGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<GeneratorOptions> options = context.AnalyzerConfigOptionsProvider
            .Select(static (provider, _) => GeneratorOptions.Of(provider.GlobalOptions))
            .WithTrackingName(TrackingNames.Options);

        IncrementalValuesProvider<DescriptionFile> files = context.AdditionalTextsProvider
            .Where(static text => DescriptionRoots.IsPart(text.Path))
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, ct) => DescriptionFile.Of(pair.Left, pair.Right, ct))
            .WithTrackingName(TrackingNames.Files);

        IncrementalValueProvider<EquatableArray<DescriptionFile>> all = files
            .Collect()
            .Select(static (collected, _) => DescriptionStep.Sort(collected))
            .WithTrackingName(TrackingNames.AllFiles);

        // What is read with it is the same as without: it only saves that an edit of one block reads all others.
        ReadingMemory memory = new();
        IncrementalValuesProvider<DeviceOutput> devices = files
            .Where(static file => file.IsRoot)
            .Combine(all)
            .Combine(options)
            .Select((input, ct) => DescriptionStep.Read(input.Left.Left, input.Left.Right, input.Right, memory, ct))
            .WithTrackingName(TrackingNames.Devices);

        IncrementalValuesProvider<BlockOutput> blocks = devices
            .SelectMany(static (device, _) => device.Blocks)
            .WithTrackingName(TrackingNames.Blocks);

        IncrementalValuesProvider<SequencesOutput> sequences = devices
            .SelectMany(static (device, _) => device.Sequences)
            .WithTrackingName(TrackingNames.Sequences);

        IncrementalValuesProvider<Failure> failures = devices
            .SelectMany(static (device, _) => device.Failures)
            .WithTrackingName(TrackingNames.Failures);

        IncrementalValuesProvider<(string Property, string Name)> unknown = devices
            .Collect()
            .Combine(options)
            .SelectMany(static (input, _) => DescriptionStep.Unknown(input.Left, input.Right))
            .WithTrackingName(TrackingNames.Unknown);

        context.RegisterSourceOutput(unknown, static (output, named) => output.ReportDiagnostic(
            Diagnostic.Create(
                GenerationRules.UnknownBlock, Location.None, named.Property, named.Name, named.Property == GeneratorOptions.RegistersProperty ? "register" : "block")));
        context.RegisterSourceOutput(blocks, static (output, block) => Generate(output, block));
        context.RegisterSourceOutput(sequences, static (output, device) => output.AddSource(device.HintName, SourceText.From(device.Source, Encoding.UTF8)));
        context.RegisterSourceOutput(failures, static (output, failure) => output.ReportDiagnostic(
            ProblemDiagnostic.Of(failure.Problem, ProblemDiagnostic.Descriptor(failure.Problem.Rule), failure.Span)));
    }

    private static void Generate(SourceProductionContext output, BlockOutput block)
    {
        BlockModel model = ReservedNames.Avoid(block.Block);
        ViewLayout[] layouts = [.. model.Views.Select(view => ViewLayout.Of(model, view))];
        foreach (ViewLayout layout in layouts)
        {
            output.ReportDiagnostic(layout.Fits ? Shape(layout) : Diagnostic.Create(
                GenerationRules.TooMuch,
                Location.None,
                layout.View.Name,
                layout.Block.Name,
                layout.Hooks.Count,
                layout.Effects.Count,
                ViewLayout.MostEntries));
        }

        if (layouts.All(static layout => layout.Fits))
        {
            output.AddSource(block.HintName, BlockEmitter.Emit(block with { Block = model }, layouts));
        }
    }

    private static Diagnostic Shape(ViewLayout layout)
        => Diagnostic.Create(
            GenerationRules.Shape,
            Location.None,
            layout.View.Name,
            layout.Block.Name,
            layout.Slots.Length,
            layout.Hooks.Count,
            layout.Effects.Count,
            layout.Index.Name + (layout.LongArrays.Count == 0 ? "" : FormattableString.Invariant($", and {layout.LongArrays.Sum(static array => array.Words.Count)} of the words stand for all elements of long arrays")));
}
