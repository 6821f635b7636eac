using System;
using System.Collections.Generic;

namespace Sluice.Passthrough.Tests.Interleavings;

/// <summary>
/// Tries every order in which processors can go on, up to a number of preemptions (Musuvathi and Qadeer, "Iterative context bounding", PLDI 2007): a processor that could have gone on
/// and did not was preempted. Depth first; each run begins anew.
/// </summary>
internal sealed class Exploration(int preemptions)
{
    private readonly List<(int Choice, int Count)> _path = [];
    private readonly List<int> _order = [];
    private int _depth;
    private int _spent;

    /// <summary>How many runs there were.</summary>
    public int Runs { get; private set; }

    /// <summary>In which order processors went on in the last run.</summary>
    public string Order => string.Concat(_order);

    /// <summary>Runs until every order has been tried.</summary>
    /// <param name="run">One run; it asks <see cref="Choose"/> at each step.</param>
    /// <returns>How many runs there were.</returns>
    public int All(Action<Exploration> run)
    {
        do
        {
            _depth = 0;
            _spent = 0;
            _order.Clear();
            run(this);
            Runs++;
        }
        while (Advance());

        return Runs;
    }

    /// <summary>Which processor goes on.</summary>
    /// <param name="ready">Those that can.</param>
    /// <param name="last">The one that ran last.</param>
    public int Choose(IReadOnlyList<int> ready, int last)
    {
        // The one that ran last comes first: going on costs nothing, and the others cost a preemption if it could have gone on.
        List<int> options = [.. ready];
        bool canGoOn = options.Remove(last);
        if (canGoOn)
        {
            options.Insert(0, last);
        }

        int count = canGoOn && _spent >= preemptions ? 1 : options.Count;
        if (_depth == _path.Count)
        {
            _path.Add((0, count));
        }

        int choice = _path[_depth].Choice;
        _depth++;
        _spent += canGoOn && choice != 0 ? 1 : 0;
        _order.Add(options[choice]);
        return options[choice];
    }

    private bool Advance()
    {
        _path.RemoveRange(_depth, _path.Count - _depth);
        while (_path.Count != 0)
        {
            (int choice, int count) = _path[^1];
            if (choice + 1 < count)
            {
                _path[^1] = (choice + 1, count);
                return true;
            }

            _path.RemoveAt(_path.Count - 1);
        }

        return false;
    }
}
