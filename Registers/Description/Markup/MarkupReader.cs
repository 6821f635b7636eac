using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using System.Xml;

namespace Sluice.Registers.Description;

/// <summary>
/// Reads files into elements: one pass of the XML reader a file, each element checked against the grammar as it is met. An inclusion is read in its
/// place, so that what it brings is checked as if it stood there.
/// </summary>
internal sealed class MarkupReader(FileSet files, ProblemList problems, DeferredProblems deferred, BlockRecall? recall, CancellationToken cancellation)
{
    private const string InclusionNamespace = "http://www.w3.org/2001/XInclude";
    private const string DeclarationNamespace = "http://www.w3.org/2000/xmlns/";
    private const string SchemaInstanceNamespace = "http://www.w3.org/2001/XMLSchema-instance";
    private const string XmlNamespace = "http://www.w3.org/XML/1998/namespace";

    private readonly List<MarkupFile> _open = [];
    private readonly HashSet<MarkupElement> _swept = [];
    private readonly TextPool _texts = new();
    private int _elements;
    private int _inclusions;

    /// <summary>The elements that derive from another, in the order in which they were met.</summary>
    public List<MarkupElement> Derived { get; } = [];

    /// <summary>The files that it has read.</summary>
    public HashSet<MarkupFile> Files { get; } = [];

    /// <summary>Reads a root file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="isWhole">Whether it could be read to its end. When not, what was open then is broken.</param>
    /// <returns>The document, which holds the root element.</returns>
    public MarkupElement ReadRoot(MarkupFile file, out bool isWhole)
    {
        MarkupElement document = MarkupElement.Of(DocumentGrammar.Document, file, 1, 1, null);
        isWhole = ReadFile(file, document);
        foreach (MarkupElement parent in _swept)
        {
            parent.RemoveTakenBack();
        }

        return document;
    }

    private static XmlReaderSettings Settings => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        IgnoreWhitespace = true,
        CloseInput = true,
    };

    private bool ReadFile(MarkupFile file, MarkupElement parent)
    {
        string text = file.Text;
        if (text.Length > ReadingLimits.Characters)
        {
            Limit("The size of a file in characters", ReadingLimits.Characters, file, file.PointAt(1, 1));
            return false;
        }

        Files.Add(file);
        _open.Add(file);
        XmlReader? reader = null;
        try
        {
            StringReader source = new(text);
            if (text.Length > 0 && text[0] == '\uFEFF')
            {
                source.Read();
            }

            reader = XmlReader.Create(source, Settings);
            return ReadNodes(reader, (IXmlLineInfo)reader, file, parent);
        }
        catch (XmlException exception)
        {
            if (file.DoctypeAround(exception.LineNumber, exception.LinePosition) is { } doctype)
            {
                problems.Add(ProblemRules.DoctypeRefused, file, doctype);
            }
            else
            {
                TextRange at = file.PointAt(exception.LineNumber, exception.LinePosition);
                problems.Add(ProblemRules.MalformedXml, file, at, WithoutPosition(exception.Message));
            }

            return false;
        }
        finally
        {
            reader?.Dispose();
            _open.RemoveAt(_open.Count - 1);
        }
    }

    private bool ReadNodes(XmlReader reader, IXmlLineInfo place, MarkupFile file, MarkupElement document)
    {
        MarkupElement current = document;
        int skipDepth = -1;
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && !Admit(reader, place, file))
            {
                return false;
            }

            if (skipDepth >= 0)
            {
                skipDepth = reader.NodeType == XmlNodeType.EndElement && reader.Depth == skipDepth ? -1 : skipDepth;
                continue;
            }

            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    bool isEmpty = reader.IsEmptyElement;
                    int depth = reader.Depth;
                    MarkupElement? element = Open(reader, place, file, current);
                    if (element is null || element.Grammar.Kind == ValueKind.Anything)
                    {
                        element?.IsBroken = false;
                        skipDepth = isEmpty ? -1 : depth;
                    }
                    else if (isEmpty)
                    {
                        Close(element);
                    }
                    else
                    {
                        current = element;
                    }

                    break;
                case XmlNodeType.EndElement:
                    Close(current);
                    current = current.Parent!;
                    break;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                    AddText(current, reader, place, file);
                    break;
            }
        }

        return true;
    }

    private bool Admit(XmlReader reader, IXmlLineInfo place, MarkupFile file)
    {
        if ((++_elements & 0xFFF) == 0)
        {
            cancellation.ThrowIfCancellationRequested();
        }

        if (_elements > ReadingLimits.Elements)
        {
            Limit("The number of elements", ReadingLimits.Elements, file, file.NameAt(place.LineNumber, place.LinePosition));
            return false;
        }

        if (reader.Depth >= ReadingLimits.Depth)
        {
            Limit("The depth of nested elements", ReadingLimits.Depth, file, file.NameAt(place.LineNumber, place.LinePosition));
            return false;
        }

        return true;
    }

    private void Limit(string what, int limit, MarkupFile file, TextRange at)
        => problems.Add(ProblemRules.LimitExceeded, file, at, what, limit.ToString(CultureInfo.InvariantCulture));

    private MarkupElement? Open(XmlReader reader, IXmlLineInfo place, MarkupFile file, MarkupElement parent)
    {
        string space = reader.NamespaceURI;
        if (space == InclusionNamespace)
        {
            Include(reader, place, file, parent);
            return null;
        }

        bool isTrap = space == TrapGrammar.Namespace;
        ChildRule? rule = space.Length == 0 || isTrap ? parent.Grammar.Find(isTrap, reader.LocalName) : null;
        if (rule is null)
        {
            ReportUnknown(reader, place, file, parent, isTrap);
            return null;
        }

        MarkupElement element = MarkupElement.Of(rule.Child, file, place.LineNumber, place.LinePosition, parent);
        element.FatalBefore = problems.FatalCount;
        element.IsBroken = true;
        if (rule.IsSingle && (parent.Seen & rule.Bit) != 0)
        {
            if (file.IsVendors && !rule.Child.IsTrap)
            {
                deferred.Add(parent, new ValueFlaw(ProblemRules.ForeignRepetition, rule.Child.Name, parent.Grammar.Name), file, element.NameRange);
                return null;
            }

            problems.Add(ProblemRules.RepeatedElement, file, element.NameRange, rule.Child.Name, parent.Grammar.Name);
            return null;
        }

        parent.Seen |= rule.Bit;
        parent.Append(element);
        ReadAttributes(reader, place, file, element);
        return element;
    }

    private void ReportUnknown(XmlReader reader, IXmlLineInfo place, MarkupFile file, MarkupElement element, bool isTrap)
    {
        ElementGrammar parent = element.Grammar;
        TextRange at = file.NameAt(place.LineNumber, place.LinePosition);
        string name = reader.Name;
        string known = GrammarIndex.IsElement(name) ? "; it belongs into " + GrammarIndex.ParentsOf(name) : "";
        string hint = known.Length != 0 ? known : Spelling.DidYouMean(name, parent.Children.Select(rule => rule.Child.Name));
        if (file.IsVendors && !isTrap && !parent.IsTrap && parent != DocumentGrammar.Document)
        {
            deferred.Add(element, new ValueFlaw(ProblemRules.ForeignMarkup, "'" + name + "'", parent.Name, hint), file, at);
        }
        else
        {
            problems.Add(ProblemRules.UnknownElement, file, at, name, parent.Name, hint);
        }
    }

    private void ReadAttributes(XmlReader reader, IXmlLineInfo place, MarkupFile file, MarkupElement element)
    {
        List<MarkupAttribute>? attributes = null;
        while (reader.MoveToNextAttribute())
        {
            string space = reader.NamespaceURI;
            if (space is DeclarationNamespace or SchemaInstanceNamespace || (space == XmlNamespace && reader.LocalName != "base"))
            {
                continue;
            }

            bool isTrap = space == TrapGrammar.Namespace;
            AttributeGrammar? grammar = space.Length == 0 || isTrap ? element.Grammar.FindAttribute(isTrap, reader.LocalName) : null;
            if (grammar is null)
            {
                string hint = Spelling.DidYouMean(reader.Name, element.Grammar.Attributes.Select(known => known.Name));
                TextRange at = file.NameAt(place.LineNumber, place.LinePosition);
                if (file.IsVendors && !isTrap && !element.Grammar.IsTrap)
                {
                    deferred.Add(element, new ValueFlaw(ProblemRules.ForeignMarkup, "The attribute '" + reader.Name + "'", element.Grammar.Name, hint), file, at);
                }
                else
                {
                    problems.Add(ProblemRules.UnknownAttribute, file, at, reader.Name, element.Grammar.Name, hint);
                }

                continue;
            }

            MarkupAttribute attribute = new(grammar, file, place.LineNumber, place.LinePosition, reader.Value.Trim());
            attribute.IsValid = ValueReader.TryRead(grammar.Name, grammar.Kind, grammar.Words, attribute.Text, out ulong number, out ValueFlaw? flaw);
            attribute.Number = number;
            if (flaw is not null)
            {
                bool isRepaired = file.IsVendors && !grammar.IsTrap && !element.Grammar.IsTrap;
                deferred.Add(element, isRepaired ? VendorsFlaw.Of(flaw, grammar.Name) : flaw, file, attribute.ValueRange);
                if (isRepaired && !attribute.IsValid)
                {
                    continue;
                }
            }

            (attributes ??= []).Add(attribute);
        }

        reader.MoveToElement();
        if (attributes is not null)
        {
            element.Attributes = attributes.ToArray();
            if (element.Attribute(SvdGrammar.DerivedFrom) is not null)
            {
                Derived.Add(element);
            }
        }

        foreach (AttributeGrammar required in element.Grammar.RequiredAttributes)
        {
            if (element.Attribute(required) is null)
            {
                problems.Add(ProblemRules.MissingAttribute, file, element.NameRange, element.Grammar.Name, required.Name);
            }
        }
    }

    private void AddText(MarkupElement element, XmlReader reader, IXmlLineInfo place, MarkupFile file)
    {
        if (element.Grammar.Kind != ValueKind.Elements)
        {
            string text = _texts.Read(reader);
            element.Text = element.Text.Length == 0 ? text : element.Text + text;
        }
        else if (reader.Value.Trim() is { Length: > 0 } stray)
        {
            string shown = stray.Length > 40 ? stray.Substring(0, 40) + "…" : stray;
            TextRange at = file.WordAt(place.LineNumber, place.LinePosition);
            if (file.IsVendors && !element.Grammar.IsTrap && element.Grammar != DocumentGrammar.Document)
            {
                deferred.Add(element, new ValueFlaw(ProblemRules.ForeignMarkup, "The text '" + shown + "'", element.Grammar.Name, ""), file, at);
            }
            else
            {
                problems.Add(ProblemRules.UnexpectedText, file, at, element.Grammar.Name, DescriptionText.Normalise(shown));
            }
        }
    }

    private void Close(MarkupElement element)
    {
        ElementGrammar grammar = element.Grammar;
        if (grammar.Kind == ValueKind.Elements)
        {
            bool isDerived = element.Attribute(SvdGrammar.DerivedFrom) is not null;
            foreach (ChildRule rule in grammar.Required)
            {
                // What derives from another takes everything from it but its name.
                if ((element.Seen & rule.Bit) == 0 && (!isDerived || rule.Child == SvdGrammar.Name))
                {
                    ReportMissing(element, rule);
                }
            }
        }
        else
        {
            element.Text = element.Text.Trim();
            element.IsValid = ValueReader.TryRead(grammar.Name, grammar.Kind, grammar.Words, element.Text, out ulong number, out ValueFlaw? flaw);
            element.Number = number;
            if (flaw is not null)
            {
                ReportFlaw(element, flaw);
            }
        }

        element.IsBroken = problems.FatalCount != element.FatalBefore;
    }

    private void ReportMissing(MarkupElement element, ChildRule rule)
    {
        ElementGrammar grammar = element.Grammar;
        if (!element.File.IsVendors || grammar.IsTrap || grammar == SvdGrammar.Device)
        {
            problems.Add(ProblemRules.MissingElement, element.File, element.NameRange, grammar.Name, rule.Child.Name, "");
            return;
        }

        string name = element.Name.Length == 0 ? grammar.Name : element.Name;
        deferred.Add(element, new ValueFlaw(ProblemRules.LeftOut, name, "it has no usable '" + rule.Child.Name + "'"), element.File, element.NameRange);
        TakeBack(element);
    }

    private void ReportFlaw(MarkupElement element, ValueFlaw flaw)
    {
        bool isRepaired = element.File.IsVendors && !element.Grammar.IsTrap && element.Parent is { Grammar.IsTrap: false };
        ValueFlaw reported = isRepaired ? VendorsFlaw.Of(flaw, element.Grammar.Name) : flaw;
        if (isRepaired && flaw.Rule == ProblemRules.BadName && VendorsFlaw.NameOf(element.Text) is { } name)
        {
            element.Text = name;
            element.IsValid = true;
            reported = new ValueFlaw(ProblemRules.RepairedName, [.. flaw.Arguments, name]);
        }

        if (isRepaired && element.Grammar.Kind == ValueKind.BitRange && VendorsFlaw.BitRangeOf(element.Text) is { } range)
        {
            element.IsValid = BitRangeText.TryParse(range, out ulong bits);
            element.Number = bits;
            reported = new ValueFlaw(ProblemRules.UnusualSpelling, element.Text, element.Grammar.Name, range);
        }

        if (isRepaired && flaw.Rule == ProblemRules.UnknownValue && element.Grammar.Words?.AssumeVendors(element.Text) is { } word)
        {
            element.IsValid = true;
            element.Number = (ulong)element.Grammar.Words.Find(word);
            reported = new ValueFlaw(ProblemRules.UnusualSpelling, element.Text, element.Grammar.Name, word);
        }

        if (reported.Rule == ProblemRules.UnknownEffect && VendorsFlaw.EffectOf(element.Grammar.Name) is { } effect)
        {
            element.IsValid = true;
            element.Number = (ulong)element.Grammar.Words!.Find(effect);
        }

        deferred.Add(element, reported, element.File, element.ContentRange);
        if (isRepaired && !element.IsValid)
        {
            TakeBack(element);
        }
    }

    // As if it had never stood there, so that what is inherited counts and what needs it is found without it.
    private void TakeBack(MarkupElement element)
    {
        MarkupElement parent = element.Parent!;
        element.IsTakenBack = true;
        _swept.Add(parent);
        if (parent.Grammar.Find(element.Grammar.IsTrap, element.Grammar.LocalName) is { } rule)
        {
            parent.Seen &= ~rule.Bit;
        }
    }

    private void Include(XmlReader reader, IXmlLineInfo place, MarkupFile file, MarkupElement parent)
    {
        TextRange at = file.NameAt(place.LineNumber, place.LinePosition);
        if (reader.LocalName != "include")
        {
            problems.Add(ProblemRules.NotSupported, file, at, "'" + reader.Name + "' of XInclude; only xi:include with href is");
            return;
        }

        string? reference = null;
        TextRange referenceAt = at;
        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI == DeclarationNamespace)
            {
                continue;
            }

            if (reader.NamespaceURI.Length != 0 || reader.LocalName != "href")
            {
                TextRange name = file.NameAt(place.LineNumber, place.LinePosition);
                problems.Add(ProblemRules.NotSupported, file, name, "the attribute '" + reader.Name + "' of XInclude; only href is");
                reader.MoveToElement();
                return;
            }

            reference = reader.Value.Trim();
            referenceAt = file.AttributeValueAt(place.LineNumber, place.LinePosition);
        }

        reader.MoveToElement();
        if (!reader.IsEmptyElement)
        {
            problems.Add(ProblemRules.NotSupported, file, at, "content of xi:include, such as a fallback");
        }
        else if (reference is null)
        {
            problems.Add(ProblemRules.MissingAttribute, file, at, "xi:include", "href");
        }
        else
        {
            Include(reference, referenceAt, file, parent);
        }
    }

    private void Include(string reference, TextRange at, MarkupFile file, MarkupElement parent)
    {
        if (reference.IndexOf('#') >= 0)
        {
            problems.Add(ProblemRules.NotSupported, file, at, "a fragment in the href of xi:include");
            return;
        }

        string path = FileSet.Resolve(file.Path, reference);
        MarkupFile? included = files.Find(path);
        if (included is null)
        {
            string? nearest = problems.WantsSuggestion ? Spelling.Nearest(FileName(path), files.Paths.Select(FileName)) : null;
            problems.Add(ProblemRules.IncludeNotFound, file, at, reference, nearest is null ? "" : " (the nearest is '" + nearest + "')");
        }
        else if (_open.Contains(included))
        {
            string way = string.Join(", ", _open.Skip(_open.IndexOf(included)).Select(open => "'" + open.Path + "'"));
            problems.Add(ProblemRules.IncludeCycle, file, at, included.Path, way);
        }
        else if (_open.Count > ReadingLimits.NestedInclusions)
        {
            Limit("The depth of nested inclusions", ReadingLimits.NestedInclusions, file, at);
        }
        else if (++_inclusions > ReadingLimits.Inclusions)
        {
            Limit("The number of inclusions", ReadingLimits.Inclusions, file, at);
        }
        else if (recall is null || parent.Grammar != SvdGrammar.Peripherals || included.IsVendors)
        {
            ReadFile(included, parent);
        }
        else if (recall.Find(included) is { } known)
        {
            _elements += known.Elements;
            Files.Add(included);
            MarkupElement outline = recall.Recall(known, included, parent);
            parent.Seen |= parent.Grammar.Find(isTrapChild: false, outline.Grammar.LocalName)!.Bit;
        }
        else
        {
            ReadBlock(included, parent, recall);
        }
    }

    // A file that is one block and nothing else, and in which nothing was found, can be known to the next reading.
    private void ReadBlock(MarkupFile file, MarkupElement parent, BlockRecall recall)
    {
        int elements = _elements;
        int inclusions = _inclusions;
        int reported = problems.Reported;
        MarkupElement? last = ((MarkupHolder)parent).Last;
        bool isWhole = ReadFile(file, parent);
        MarkupElement? added = last is null ? parent.FirstChild : last.NextSibling;
        if (isWhole && inclusions == _inclusions && reported == problems.Reported
            && added is { NextSibling: null } && added.Grammar == SvdGrammar.Peripheral && added.Child(SvdGrammar.Dim) is null)
        {
            recall.Consider(added, _elements - elements);
        }
    }

    private static string FileName(string path) => path.Substring(path.LastIndexOf('/') + 1);

    // The runtime ends its messages with the position, which the problem carries itself.
    private static string WithoutPosition(string message)
    {
        int position = message.LastIndexOf(" Line ", StringComparison.Ordinal);
        return position > 0 ? message.Substring(0, position) : message;
    }
}
