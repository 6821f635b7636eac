using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Domains;

/// <summary>
/// The steps of the assignment or release that is under way, or was last: each is written down before it is begun, and what was begun is undone in the opposite order.
/// </summary>
public struct AssignmentJournal
{
    /// <summary>How many steps there can be.</summary>
    public const int Capacity = 48;

    private Entries _entries;
    private uint _most;

    /// <summary>How many steps were written down.</summary>
    public int Count { get; private set; }

    /// <summary>One step.</summary>
    /// <param name="index">Below <see cref="Count"/>, in the order in which they were begun.</param>
    public readonly JournalEntry this[int index] => _entries[index];

    internal void Begin(uint most)
    {
        Count = 0;
        _most = most < Capacity ? most : Capacity;
    }

    internal bool TryRecord(AssignmentStep step, uint value)
    {
        if (Count >= (int)_most)
        {
            return false;
        }

        _entries[Count] = new JournalEntry { Step = step, Value = value };
        Count++;
        return true;
    }

    internal void Complete(uint value, uint count)
    {
        ref JournalEntry last = ref _entries[Count - 1];
        last.IsDone = true;
        last.Value = value;
        last.Count = count;
    }

    [InlineArray(Capacity)]
    private struct Entries
    {
        private JournalEntry _entry;
    }
}
