using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Sluice.Analyzers.Rules;
using Sluice.Testing.Compilation;
using Sluice.Testing.Diagnostics;

namespace Sluice.Analyzers.Tests;

/// <summary>
/// A file of the corpus: each public method is a case. A mark <c>[|…|]</c> must be reported, by the rule that the file is about; <c>{|SLU2005:…|}</c> by
/// another; <c>{|strict:…|}</c> in the strict mode alone. <c>{|miss:…|}</c> should be reported and is known not to be; <c>{|false:…|}</c> is reported and should
/// not be. Both kinds of flaw fail the test as soon as they are gone, so that the list stays true.
/// </summary>
internal sealed class CorpusFile
{
    private const string Uses = "Uses/";

    private readonly string _path;
    private readonly MarkedText _text;

    private CorpusFile(string path)
    {
        _path = path;
        _text = MarkedText.Parse(Read(path), IsUse ? RuleIds.GuestValueAsIndex : RuleIds.GuestValueReachesHardware);
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Corpus");

    /// <summary>Whether the file is about what the host's own code does with a guest's number, not about what reaches hardware.</summary>
    private bool IsUse => _path.StartsWith(Uses, StringComparison.Ordinal);

    /// <summary>The files, by path from the corpus on, without ending.</summary>
    public static IEnumerable<string> Paths() => Directory.GetFiles(Folder, "*.cs", SearchOption.AllDirectories)
        .Select(path => Path.ChangeExtension(Path.GetRelativePath(Folder, path), null).Replace('\\', '/'))
        .Where(path => path != "Setup")
        .Order(StringComparer.Ordinal);

    /// <summary>All cases of the corpus, in the order of its files.</summary>
    public static List<CorpusCase> RunAll(bool isStrict)
    {
        CorpusFile[] files = [.. Paths().Select(path => new CorpusFile(path))];
        return [.. Run(files.Where(file => !file.IsUse), new GuestValueAnalyzer(), isStrict), .. Run(files.Where(file => file.IsUse), new GuestUseAnalyzer(), isStrict)];
    }

    private static List<CorpusCase> Run(IEnumerable<CorpusFile> files, DiagnosticAnalyzer analyzer, bool isStrict)
    {
        CorpusFile[] together = [.. files];
        AnalyzerTest test = new AnalyzerTest { Analyzer = analyzer, Id = "" }.WithSource(Read("Setup"), "Setup.cs");
        test = together.Aggregate(test, (all, file) => all.WithSource(file._text.Text, file._path + ".cs"));
        test = isStrict ? test.WithOption("build_property.SluiceStrict", "true") : test;

        // A hint at an unmarked boundary is no claim about the value that crosses it: its own tests are in Fixes.
        ILookup<string, MarkedSpan> reported = test.Run()
            .Where(diagnostic => diagnostic.Id != RuleIds.UnmarkedParameter)
            .ToLookup(diagnostic => diagnostic.Location.GetLineSpan().Path, diagnostic => new MarkedSpan(diagnostic.Id, diagnostic.Location.SourceSpan));
        return [.. together.SelectMany(file => file.Judge([.. reported[file._path + ".cs"]], isStrict))];
    }

    private IEnumerable<CorpusCase> Judge(MarkedSpan[] reported, bool isStrict)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(_text.Text, TestCompilation.ParseOptions).GetRoot();
        return root.DescendantNodes()
            .OfType<MethodDeclarationSyntax>()
            .Where(method => method.Modifiers.Any(SyntaxKind.PublicKeyword) || method.ExplicitInterfaceSpecifier is not null)
            .Select(method => Judge(method, reported, isStrict));
    }

    private static string Read(string path) => File.ReadAllText(Path.Combine(Folder, path + ".cs"));

    private static bool IsExpected(MarkedSpan mark, bool isStrict) => mark.Id switch
    {
        "miss" => false,
        "strict" => isStrict,
        _ => true,
    };

    private CorpusCase Judge(MethodDeclarationSyntax method, MarkedSpan[] reported, bool isStrict)
    {
        List<string> surprises = [];
        MarkedSpan[] marks = [.. _text.Spans.Where(mark => method.FullSpan.Contains(mark.Span))];
        foreach (MarkedSpan mark in marks)
        {
            bool isAnyRule = mark.Id is "miss" or "strict" or "false";
            bool isReported = reported.Any(found => found.Span == mark.Span && (isAnyRule || found.Id == mark.Id));
            if (isReported != IsExpected(mark, isStrict) && !(isStrict && mark.Id == "miss"))
            {
                surprises.Add((isReported ? "reported: " : "not reported: ") + CaretExcerpt.Of(_path + ".cs", _text.Text, mark.Span));
            }
        }

        foreach (MarkedSpan found in reported.Where(found => method.FullSpan.Contains(found.Span) && !marks.Any(mark => mark.Span == found.Span)))
        {
            surprises.Add("not marked: " + found.Id + ": " + CaretExcerpt.Of(_path + ".cs", _text.Text, found.Span));
        }

        return new CorpusCase(
            Path.GetFileName(_path) + "." + method.Identifier.ValueText,
            marks.Any(mark => mark.Id != "false" && (mark.Id != "strict" || isStrict)),
            marks.Any(mark => mark.Id == "miss" && !reported.Any(found => found.Span == mark.Span)),
            marks.Any(mark => mark.Id == "false"),
            surprises);
    }
}
