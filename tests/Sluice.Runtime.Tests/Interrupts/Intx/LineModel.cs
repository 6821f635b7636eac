using System;
using System.Collections.Generic;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Tests.Interrupts.Intx;

/// <summary>Four level interrupts of a machine's interrupt controller: each has a line, driven by functions, and an enable bit.</summary>
internal sealed class LineModel
{
    public const uint First = 35;

    private readonly bool[] _open = new bool[4];

    /// <summary>Whether anything drives a line.</summary>
    public Func<uint, bool> IsDriven { get; set; } = static _ => false;

    /// <summary>What was opened and closed, in order.</summary>
    public List<string> Trace { get; } = [];

    public LineGate Gate => new(this);

    public bool IsOpen(uint line) => _open[line];

    /// <summary>Takes the lowest interrupt that is asserted and not masked.</summary>
    public bool TryTake(out uint interrupt)
    {
        for (uint line = 0; line < 4; line++)
        {
            if (_open[line] && IsDriven(line))
            {
                interrupt = First + line;
                return true;
            }
        }

        interrupt = 0;
        return false;
    }

    public void Set(uint interrupt, bool open)
    {
        _open[interrupt - First] = open;
        Trace.Add((open ? "open " : "close ") + (interrupt - First));
    }
}

/// <summary>The model as the core is given it.</summary>
internal readonly struct LineGate(LineModel model) : IInterruptGate
{
    private readonly LineModel _model = model;

    public void Open(uint interrupt) => _model.Set(interrupt, true);

    public void Close(uint interrupt) => _model.Set(interrupt, false);
}
