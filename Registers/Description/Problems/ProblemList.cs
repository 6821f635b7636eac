using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>Collects problems while a description is read. It remembers no more than so many errors and as many others, so that a hostile file cannot fill memory with them.</summary>
internal sealed class ProblemList
{
    private readonly List<Problem> _problems = [];
    private readonly HashSet<Problem> _known = [];
    private readonly List<SuppressedProblem> _suppressed = [];
    private readonly HashSet<SuppressedProblem> _knownSuppressed = [];
    private int _errors;
    private int _unlisted;
    private Problem? _firstUnlisted;
    private bool _limitReported;

    /// <summary>How many fatal problems have been reported.</summary>
    public int FatalCount { get; private set; }

    /// <summary>How many problems have been reported, whether or not they were remembered; without those that the description suppresses.</summary>
    public int Reported { get; private set; }

    /// <summary>How many problems that the description suppresses are remembered.</summary>
    public int SuppressedCount => _suppressed.Count;

    /// <summary>Whether no further error is remembered, so that there is no use in looking for more.</summary>
    public bool IsFull => _errors >= ReadingLimits.Problems;

    /// <summary>Whether one more violation of a rule would be told of; where finding it is dear, there is no use in looking otherwise.</summary>
    public bool Wants(ProblemRule rule, string path) => HasRoom(IsError(rule, path)) || (!IsError(rule, path) && _unlisted == 0);

    /// <summary>Whether a suggestion that costs a search among many names is worth it; a reader of hundreds of problems does not need hundreds.</summary>
    public bool WantsSuggestion => _problems.Count < ReadingLimits.Suggestions;

    public void Add(ProblemRule rule, MarkupFile file, TextRange range, params string[] arguments)
    {
        Reported++;
        if (rule.IsFatal)
        {
            FatalCount++;
        }

        bool isError = IsError(rule, file.Path);
        if (HasRoom(isError))
        {
            // What one block inherits from another is read again, and found wrong again.
            Problem problem = new(rule, file.Path, range, new EquatableArray<string>(Array.ConvertAll(arguments, Shown)));
            if (_known.Add(problem))
            {
                _problems.Add(problem);
                _errors += isError ? 1 : 0;
            }
        }
        else if (!isError)
        {
            // A vendor's file may have thousands that are no more than warnings, and is read all the same.
            _unlisted++;
            _firstUnlisted ??= new(ProblemRules.Unlisted, file.Path, range, default);
        }
        else if (!_limitReported)
        {
            _limitReported = true;
            FatalCount++;
            string limit = ReadingLimits.Problems.ToString(CultureInfo.InvariantCulture);
            _problems.Add(new Problem(ProblemRules.LimitExceeded, file.Path, range, new EquatableArray<string>(["The number of problems", limit])));
        }
    }

    /// <summary>Remembers a problem that the description itself says is none.</summary>
    public void AddSuppressed(ProblemRule rule, MarkupFile file, TextRange range, string[] arguments, string block, string view, string register, string reason)
    {
        if (_suppressed.Count < ReadingLimits.Problems)
        {
            Problem problem = new(rule, file.Path, range, new EquatableArray<string>(Array.ConvertAll(arguments, Shown)));
            AddSuppressed(new SuppressedProblem(problem, block, view, Shown(register), Shown(reason)));
        }
    }

    /// <summary>Remembers such a problem as an earlier reading found it.</summary>
    public void AddSuppressed(SuppressedProblem suppressed)
    {
        if (_suppressed.Count < ReadingLimits.Problems && _knownSuppressed.Add(suppressed))
        {
            _suppressed.Add(suppressed);
        }
    }

    /// <summary>The suppressed problems from one on.</summary>
    public EquatableArray<SuppressedProblem> SuppressedSince(int first) => new([.. _suppressed.Skip(first)]);

    public EquatableArray<SuppressedProblem> SuppressedToSorted()
    {
        SuppressedProblem[] sorted = _suppressed.ToArray();
        Array.Sort(sorted, (left, right) =>
        {
            int order = Compare(left.Problem, right.Problem);
            order = order != 0 ? order : string.CompareOrdinal(left.Block, right.Block);
            order = order != 0 ? order : string.CompareOrdinal(left.View, right.View);
            return order != 0 ? order : string.CompareOrdinal(left.Reason, right.Reason);
        });
        return new EquatableArray<SuppressedProblem>(sorted);
    }

    public EquatableArray<Problem> ToSorted()
    {
        List<Problem> all = [.. _problems];
        if (_firstUnlisted is { } first)
        {
            all.Add(first with { Arguments = new([_unlisted.ToString(CultureInfo.InvariantCulture), ReadingLimits.Problems.ToString(CultureInfo.InvariantCulture)]) });
        }

        Problem[] sorted = [.. all];
        Array.Sort(sorted, Compare);
        return new EquatableArray<Problem>(sorted);
    }

    private bool HasRoom(bool isError) => isError ? !IsFull : _problems.Count - _errors < ReadingLimits.Problems;

    private static bool IsError(ProblemRule rule, string path) => rule.IsFatal || rule.SeverityIn(path) == ProblemSeverity.Error;

    // A message is one line of bearable length, whatever a file has where a word should be.
    private static string Shown(string argument)
    {
        string clipped = argument.Length > ReadingLimits.Shown ? argument.Substring(0, ReadingLimits.Shown) + "…" : argument;
        return DescriptionText.Normalise(clipped);
    }

    private static int Compare(Problem left, Problem right)
    {
        int order = string.CompareOrdinal(left.Path, right.Path);
        order = order != 0 ? order : left.Range.Line.CompareTo(right.Range.Line);
        order = order != 0 ? order : left.Range.Column.CompareTo(right.Range.Column);
        order = order != 0 ? order : string.CompareOrdinal(left.Rule.Id, right.Rule.Id);
        return order != 0 ? order : string.CompareOrdinal(left.Message, right.Message);
    }
}
