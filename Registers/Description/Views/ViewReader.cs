using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>Reads the views of a block.</summary>
internal sealed class ViewReader
{
    // How many omitted registers a message names.
    private const int MostNames = 8;

    private readonly BlockProblems _problems;
    private readonly RegisterOverlap _overlaps;
    private readonly EquatableArray<RegisterModel> _registers;
    private readonly List<PendingRegister> _pending;
    private readonly BlockPositions _positions;
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly NameScope _typeNames;
    private readonly PolicyReader _policies;
    private readonly SharedEffects _effects;

    /// <summary>Makes a reader for the views of one block.</summary>
    /// <param name="problems">Where problems go.</param>
    /// <param name="budget">What comparing may cost.</param>
    /// <param name="registers">The block's registers.</param>
    /// <param name="pending">The same registers, in the same order, with what the model does not carry.</param>
    /// <param name="positions">Where the block's parts stand.</param>
    /// <param name="blockTypeName">The block's name in code, which no view in it can have.</param>
    public ViewReader(
        BlockProblems problems,
        ReadingBudget budget,
        EquatableArray<RegisterModel> registers,
        List<PendingRegister> pending,
        BlockPositions positions,
        string blockTypeName)
    {
        _typeNames = new NameScope(new HashSet<string>(BlockReader.MemberNames, StringComparer.Ordinal) { blockTypeName }, "View");
        _problems = problems;
        _overlaps = new RegisterOverlap(budget);
        _registers = registers;
        _pending = pending;
        _positions = positions;
        _policies = new PolicyReader(problems, positions.Name);
        _effects = new SharedEffects(problems, registers);
        for (int index = 0; index < registers.Count; index++)
        {
            _indices[registers[index].Name] = index;
        }
    }

    public EquatableArray<ViewModel> Read(List<MarkupElement> elements)
    {
        List<ViewModel> views = [];
        foreach (MarkupElement element in elements)
        {
            if (element.Attribute(TrapGrammar.Name) is { } name && IsName(name))
            {
                _problems.View = name.Text;
                views.Add(Read(element, name.Text));
                _problems.View = "";
            }
        }

        return new EquatableArray<ViewModel>(views.ToArray());
    }

    private bool IsName(MarkupAttribute name)
    {
        string text = name.Text;
        bool isLower = text.All(character => character is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-');
        if (text.Length == 0 || !isLower || text[0] is not (>= 'a' and <= 'z'))
        {
            _problems.Add(ProblemRules.BadName, name.File, name.ValueRange, text, "trap:view", "it is lower-case letters, digits and '-'");
            return false;
        }

        if (text == "hardware")
        {
            _problems.Add(ProblemRules.BadName, name.File, name.ValueRange, text, "trap:view", "the hardware's own view is implied");
            return false;
        }

        if (!_names.Add(text))
        {
            _problems.Add(ProblemRules.DuplicateName, name.File, name.ValueRange, "View", text, _positions.Name);
            return false;
        }

        return true;
    }

    private ViewModel Read(MarkupElement element, string name)
    {
        _positions.AddView(name, element);
        SortedDictionary<int, (PolicyModel Policy, MarkupElement Element)> policies = [];
        for (MarkupElement? child = element.FirstChild; child is not null; child = child.NextSibling)
        {
            if (child.Grammar == TrapGrammar.Suppress || child.Attribute(TrapGrammar.Register) is not { } register)
            {
                continue;
            }

            if (!_indices.TryGetValue(register.Text, out int index))
            {
                string hint = _problems.WantsSuggestion ? Spelling.DidYouMean(Derivation.PlainName(register.Text), _registers.Select(known => known.Name)) : "";
                _problems.Add(ProblemRules.UnknownRegister, register.File, register.ValueRange, name, register.Text, _positions.Name, hint);
                continue;
            }

            if (policies.ContainsKey(index))
            {
                _problems.Add(ProblemRules.DuplicatePolicy, register.File, register.ValueRange, name, register.Text, "");
                continue;
            }

            _problems.Register = register.Text;
            _positions.AddPolicy(name, register.Text, child);
            policies.Add(index, (_policies.Read(child, index, _registers[index], name), child));
            _problems.Register = "";
        }

        CheckOmissions(element, name, policies);
        _effects.Check(name, policies);
        CheckOverlaps(name, policies);
        new ConditionCheck(_problems, _registers).Check(name, policies);
        CheckArrays(policies);
        string typeName = _typeNames.Take(DotNetName.From(name), name, out _);
        bool absentOnes = element.Attribute(TrapGrammar.Absent) is { Number: 1 };
        return new ViewModel(name, typeName, absentOnes, new EquatableArray<PolicyModel>(policies.Values.Select(policy => policy.Policy).ToArray()));
    }

    // A register that a view says nothing of is denied, which is safe; whether it was thought of, only its author knows.
    private void CheckOmissions(MarkupElement element, string view, SortedDictionary<int, (PolicyModel Policy, MarkupElement Element)> policies)
    {
        List<string> omitted = [];
        for (int index = 0; index < _registers.Count; index++)
        {
            if (!policies.ContainsKey(index))
            {
                omitted.Add(_registers[index].Name);
            }
        }

        if (omitted.Count != 0)
        {
            string count = omitted.Count.ToString(CultureInfo.InvariantCulture) + (omitted.Count == 1 ? " register" : " registers");
            string names = string.Join(", ", omitted.Take(MostNames)) + (omitted.Count > MostNames ? " and others" : "");
            _problems.Add(ProblemRules.OmittedRegisters, element, view, _positions.Name, count, names);
        }
    }

    // Alternates may overlap in the block; a view must say which of them it shows.
    private void CheckOverlaps(string view, SortedDictionary<int, (PolicyModel Policy, MarkupElement Element)> policies)
    {
        List<PendingRegister> open = [];
        foreach (KeyValuePair<int, (PolicyModel Policy, MarkupElement Element)> entry in policies)
        {
            if (entry.Value.Policy.Kind == PolicyKind.Denied)
            {
                continue;
            }

            PendingRegister register = _pending[entry.Key];
            open.RemoveAll(other => other.End <= register.Offset);
            PendingRegister? shared = !_problems.Wants(ProblemRules.DuplicatePolicy, entry.Value.Element.File) ? null : open.Find(other => _overlaps.Find(other, register) is not null);
            if (shared is not null)
            {
                string why = " through '" + register.Name + "', which overlaps it";
                _problems.Add(ProblemRules.DuplicatePolicy, entry.Value.Element, view, shared.Name, why);
            }

            open.Add(register);
        }
    }

    private void CheckArrays(SortedDictionary<int, (PolicyModel Policy, MarkupElement Element)> policies)
    {
        ulong words = 0;
        foreach (KeyValuePair<int, (PolicyModel Policy, MarkupElement Element)> entry in policies)
        {
            RegisterModel register = _registers[entry.Key];
            if (!register.Dimension.IsArray || entry.Value.Policy.Kind == PolicyKind.Denied)
            {
                continue;
            }

            if (LongArrays.IsLong(register))
            {
                if (!LongArrays.IsServed(register, entry.Value.Policy))
                {
                    string what = "state for the " + register.Dimension.Count.ToString(CultureInfo.InvariantCulture) + " elements of '" + register.Name + "' in a view";
                    _problems.Add(ProblemRules.NotSupported, entry.Value.Element, what + ": make it constant, pass it through, or hook its reads and its writes");
                }

                continue;
            }

            words += (ulong)register.Dimension.Count * (register.WidthBits == 64 ? 2u : 1u);
            if (words > LongArrays.MostWords)
            {
                string most = LongArrays.MostWords.ToString(CultureInfo.InvariantCulture);
                _problems.Add(ProblemRules.NotSupported, entry.Value.Element, "arrays of more than " + most + " words in one view ('" + register.Name + "')");
                return;
            }
        }
    }
}
