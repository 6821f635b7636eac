using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Sluice.Analyzers.CodeFixes;

/// <summary>How the source around a statement is laid out, so that what a fix writes looks like it.</summary>
internal readonly struct SourceLayout
{
    private const string Step = "    ";

    private SourceLayout(string newLine, string indent)
    {
        NewLine = newLine;
        Indent = indent;
    }

    public string NewLine { get; }

    /// <summary>What stands before the statement on its line.</summary>
    public string Indent { get; }

    public static SourceLayout Of(SyntaxNode statement)
    {
        string text = statement.SyntaxTree.GetText().ToString();
        int end = text.IndexOf('\n');
        string indent = string.Concat(statement.GetLeadingTrivia().Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Select(trivia => trivia.ToString()));
        return new SourceLayout(end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n", indent);
    }

    /// <summary>Lines at the statement's depth; each tab at the beginning of one is a step deeper.</summary>
    public string Lines(params string[] lines)
    {
        string indent = Indent;
        return string.Join(NewLine + indent, lines.Select(line => line.Replace("\t", Step))).Replace(NewLine + indent + NewLine, NewLine + NewLine);
    }
}
