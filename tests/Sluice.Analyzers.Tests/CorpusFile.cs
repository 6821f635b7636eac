using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;
using Sluice.Testing.Compilation;
using Sluice.Testing.Diagnostics;

namespace Sluice.Analyzers.Tests;

/// <summary>
/// A file of the corpus: each method is a case. A mark <c>[|…|]</c> must be reported; <c>{|miss:…|}</c> should be and is known not to be;
/// <c>{|false:…|}</c> is reported and should not be. Both kinds of flaw fail the test as soon as they are gone, so that the list stays true.
/// </summary>
internal sealed class CorpusFile
{
    private readonly MarkedText _text;

    private CorpusFile(string name, MarkedText text)
    {
        Name = name;
        _text = text;
    }

    public string Name { get; }

    public static IEnumerable<string> Names() => Directory.GetFiles(Folder, "*.cs")
        .Select(path => Path.GetFileNameWithoutExtension(path)!)
        .Where(name => name != "Setup")
        .Order(StringComparer.Ordinal);

    public static CorpusFile Load(string name, string id) => new(name, MarkedText.Parse(Read(name), id));

    /// <summary>Runs an analyzer on the file and gives what became of each case.</summary>
    public IReadOnlyList<CorpusCase> Run(DiagnosticAnalyzer analyzer, string id)
    {
        AnalyzerTest test = new() { Analyzer = analyzer, Id = id };
        test = test.WithSource(Read("Setup"), "Setup.cs").WithSource(_text.Text, Name + ".cs");
        HashSet<TextSpan> reported = [.. test.Run().Where(diagnostic => diagnostic.Id == id).Select(diagnostic => diagnostic.Location.SourceSpan)];
        SyntaxNode root = CSharpSyntaxTree.ParseText(_text.Text, TestCompilation.ParseOptions).GetRoot();
        return
        [
            .. root.DescendantNodes()
                .OfType<MethodDeclarationSyntax>()
                .Where(method => method.Modifiers.Any(SyntaxKind.PublicKeyword) || method.ExplicitInterfaceSpecifier is not null)
                .Select(method => Judge(method, id, reported)),
        ];
    }

    private static string Folder => Path.Combine(AppContext.BaseDirectory, "Corpus");

    private static string Read(string name) => File.ReadAllText(Path.Combine(Folder, name + ".cs"));

    private CorpusCase Judge(MethodDeclarationSyntax method, string id, HashSet<TextSpan> reported)
    {
        List<string> surprises = [];
        int misses = 0;
        int falseAlarms = 0;
        MarkedSpan[] marks = [.. _text.Spans.Where(mark => method.FullSpan.Contains(mark.Span))];
        foreach (MarkedSpan mark in marks)
        {
            bool isReported = reported.Contains(mark.Span);
            bool isExpected = mark.Id == id || mark.Id == "false";
            misses += mark.Id == "miss" ? 1 : 0;
            falseAlarms += mark.Id == "false" ? 1 : 0;
            if (isReported != isExpected)
            {
                surprises.Add((isReported ? "reported: " : "not reported: ") + CaretExcerpt.Of(Name + ".cs", _text.Text, mark.Span));
            }
        }

        foreach (TextSpan span in reported.Where(span => method.FullSpan.Contains(span) && !marks.Any(mark => mark.Span == span)))
        {
            surprises.Add("not marked: " + CaretExcerpt.Of(Name + ".cs", _text.Text, span));
        }

        string name = Name + "." + method.Identifier.ValueText;
        return new CorpusCase(name, marks.Any(mark => mark.Id != "false"), misses > 0, falseAlarms > 0, surprises);
    }
}
