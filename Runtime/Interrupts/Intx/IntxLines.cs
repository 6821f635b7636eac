using System.Numerics;
using System.Runtime.CompilerServices;
using Sluice.Registers;

namespace Sluice.Runtime.Interrupts;

/// <summary>
/// Who owns each of the machine's INTx lines, and which ones wait for their guest. A line belongs to one owner at a time, whoever many of its functions drive it: it is never shared
/// across owners. One that has fired stays masked until no function of the owner asserts it any more, which is asked when the guest has ended its interrupt. It lives in one
/// place.
/// </summary>
/// <typeparam name="TController">The machine's lines.</typeparam>
public struct IntxLines<TController>
    where TController : struct, IIntxController
{
    /// <summary>The most lines that a controller can have here.</summary>
    public const int Capacity = 32;

    /// <summary>How often in a row a line may fire without any function of its owner asserting it before it stays masked.</summary>
    public const uint MostSpurious = 64;

    private readonly TController _controller;
    private Entries _lines;

    /// <summary>Begins with every line masked and nobody's.</summary>
    /// <param name="controller">The machine's lines.</param>
    public IntxLines(TController controller)
    {
        _controller = controller;
        for (uint line = 0; line < controller.LineCount && line < Capacity; line++)
        {
            controller.Mask(line);
        }
    }

    /// <summary>Lines that have fired and stay masked until their guest has served them: a bit each.</summary>
    public uint Held { get; private set; }

    /// <summary>Lines that fired although nobody owns them.</summary>
    public uint Unowned { get; private set; }

    /// <summary>Times that a line fired and no function of its owner asserted it.</summary>
    public uint Spurious { get; private set; }

    /// <summary>Lines that fired so often without cause that they stay masked: a bit each. Taking the line again ends it.</summary>
    public uint Silenced { get; private set; }

    /// <summary>Takes a line for one function of an owner, and unmasks it.</summary>
    /// <param name="owner">For whom; not nobody.</param>
    /// <param name="line">Which line.</param>
    /// <returns>Whether it has the line: not when there is no such line, or somebody else has it.</returns>
    public bool TryTake(OwnerId owner, uint line)
    {
        if (owner.IsNone || line >= _controller.LineCount || line >= Capacity)
        {
            return false;
        }

        ref Entry entry = ref _lines[(int)line];
        if (entry.Users != 0 && entry.Owner != owner.Value)
        {
            return false;
        }

        bool first = entry.Users == 0;
        entry.Owner = owner.Value;
        entry.Users++;
        if (first || (Silenced & Bit(line)) != 0)
        {
            Silenced &= ~Bit(line);
            entry.Spurious = 0;
            _controller.Unmask(line);
        }

        return true;
    }

    /// <summary>Gives a line back for one function; masked and nobody's with the last one.</summary>
    /// <param name="owner">Who gives it back; what it does not own is left alone.</param>
    /// <param name="line">Which line.</param>
    public void Release(OwnerId owner, uint line)
    {
        if (owner.IsNone || line >= Capacity || _lines[(int)line].Owner != owner.Value || _lines[(int)line].Users == 0)
        {
            return;
        }

        ref Entry entry = ref _lines[(int)line];
        entry.Users--;
        if (entry.Users == 0)
        {
            _controller.Mask(line);
            entry = default;
            Held &= ~Bit(line);
            Silenced &= ~Bit(line);
        }
    }

    /// <summary>Who owns a line.</summary>
    /// <param name="line">Any number.</param>
    public readonly OwnerId OwnerOf(uint line) => new(line < Capacity ? _lines[(int)line].Owner : (ushort)0);

    /// <summary>How many lines have an owner.</summary>
    public readonly uint Taken
    {
        get
        {
            uint taken = 0;
            for (int line = 0; line < Capacity; line++)
            {
                taken += _lines[line].Users == 0 ? 0u : 1u;
            }

            return taken;
        }
    }

    /// <summary>Takes a physical interrupt.</summary>
    /// <param name="interrupt">The interrupt number at the machine's interrupt controller.</param>
    /// <param name="lines">A bit for each owned line that fired. They are held: ask their owner's functions and say so by <see cref="Settle"/>.</param>
    /// <returns>Whether the interrupt is one of the lines'.</returns>
    [TrapPath]
    public bool TryCollect(uint interrupt, out uint lines)
    {
        bool own = _controller.TryCollect(interrupt, out uint fired);
        lines = 0;
        for (uint rest = fired; rest != 0; rest &= rest - 1)
        {
            uint line = (uint)BitOperations.TrailingZeroCount(rest);
            if (OwnerOf(line).IsNone)
            {
                // Masked already, and it stays so.
                Unowned++;
                continue;
            }

            lines |= Bit(line);
        }

        Held |= lines;
        return own;
    }

    /// <summary>Says whether any function of its owner asserts a line that is held.</summary>
    /// <param name="line">Which line.</param>
    /// <param name="asserted">If so it stays masked. If not it is unmasked, and fires again when it is asserted again.</param>
    [TrapPath]
    public void Settle(uint line, bool asserted)
    {
        if (line >= Capacity || (Held & Bit(line)) == 0)
        {
            return;
        }

        ref Entry entry = ref _lines[(int)line];
        if (asserted)
        {
            entry.WasAsserted = true;
            return;
        }

        Held &= ~Bit(line);
        if (entry.WasAsserted)
        {
            entry.WasAsserted = false;
            entry.Spurious = 0;
        }
        else
        {
            Spurious++;
            entry.Spurious++;
        }

        if (entry.Spurious >= MostSpurious)
        {
            Silenced |= Bit(line);
        }
        else
        {
            _controller.Unmask(line);
        }
    }

    private static uint Bit(uint line) => 1u << (int)line;

    private struct Entry
    {
        public ushort Owner;
        public ushort Users;
        public uint Spurious;
        public bool WasAsserted;
    }

    [InlineArray(Capacity)]
    private struct Entries
    {
        private Entry _entry;
    }
}
