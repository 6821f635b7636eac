using System;
using System.Buffers.Binary;

namespace Sluice.Simulation;

/// <summary>What an SMMU makes of a stream's entry and of the context descriptor behind it. It is cached as a whole, invalid ones too.</summary>
/// <remarks>Source: Arm IHI 0070, sections 5.2 and 5.4.</remarks>
internal sealed class StreamConfiguration
{
    private const byte StreamEntryFetch = 0x03;
    private const byte BadStreamEntry = 0x04;
    private const byte ContextFetch = 0x09;
    private const byte BadContext = 0x0A;

    private StreamConfiguration()
    {
    }

    /// <summary>The event to report instead of translating; 0 when there is none.</summary>
    public byte Event { get; private init; }

    /// <summary>Whether transactions are aborted without a word.</summary>
    public bool Aborts { get; private init; }

    /// <summary>Whether transactions pass untranslated.</summary>
    public bool Bypasses { get; private init; }

    /// <summary>Whether faults are recorded.</summary>
    public bool Records { get; private init; }

    /// <summary>VMID or ASID.</summary>
    public ushort Tag { get; private init; }

    /// <summary>The table.</summary>
    public TableWalk? Walk { get; private init; }

    /// <summary>Reads the entry at an address.</summary>
    public static StreamConfiguration Fetch(RandomAccessMemory memory, ulong address, SimulatedSmmuOptions smmu)
    {
        Span<ulong> entry = stackalloc ulong[8];
        if (!TryRead(memory, address, entry))
        {
            return new StreamConfiguration { Event = StreamEntryFetch };
        }

        if ((entry[0] & 1) == 0)
        {
            return new StreamConfiguration { Event = BadStreamEntry };
        }

        return ((entry[0] >> 1) & 7) switch
        {
            0 => new StreamConfiguration { Aborts = true },
            4 => new StreamConfiguration { Bypasses = true },
            5 when smmu.Stage1 => FetchContext(memory, entry, smmu),
            6 when smmu.Stage2 => Stage2(memory, entry, smmu),
            _ => new StreamConfiguration { Event = BadStreamEntry },
        };
    }

    private static StreamConfiguration FetchContext(RandomAccessMemory memory, ReadOnlySpan<ulong> entry, SimulatedSmmuOptions smmu)
    {
        bool oneContext = entry[0] >> 59 == 0;

        // Where faults can be stalled the driver must say that they are not; elsewhere the bit is illegal.
        bool forbidsStalls = (entry[1] & (1UL << 27)) != 0;
        if (!oneContext || forbidsStalls != smmu.Stalls)
        {
            return new StreamConfiguration { Event = BadStreamEntry };
        }

        Span<ulong> context = stackalloc ulong[8];
        if (!TryRead(memory, entry[0] & 0x000F_FFFF_FFFF_FFC0, context))
        {
            return new StreamConfiguration { Event = ContextFetch };
        }

        ulong word = context[0];
        int sizeOffset = (int)(word & 0x3F);
        bool valid = Bit(word, 31) && Bit(word, 41) && Bit(word, 46) && !Bit(word, 44) && !Bit(word, 15) && Bit(word, 30) && !Bit(word, 14)
            && ((word >> 6) & 3) == 0 && sizeOffset is >= 16 and <= 39;
        return !valid ? new StreamConfiguration { Event = BadContext } : new StreamConfiguration
        {
            Records = Bit(word, 45),
            Tag = (ushort)(word >> 48),
            Walk = new TableWalk(memory)
            {
                Root = context[1] & 0x000F_FFFF_FFFF_FFF0,
                SizeOffset = sizeOffset,
                OutputBits = OutputBits(Math.Min((uint)(word >> 32) & 7, smmu.OutputSizeCode)),
            },
        };
    }

    private static StreamConfiguration Stage2(RandomAccessMemory memory, ReadOnlySpan<ulong> entry, SimulatedSmmuOptions smmu)
    {
        ulong word = entry[2];
        int sizeOffset = (int)(word >> 32) & 0x3F;
        int startLevel = 2 - (int)((word >> 38) & 3);
        int inputBits = 64 - sizeOffset;
        int rootBits = inputBits - (12 + (9 * (3 - startLevel)));
        ulong rootBytes = 8UL << Math.Clamp(rootBits, 0, 20);
        ulong root = entry[3] & 0x000F_FFFF_FFFF_FFF0;
        bool valid = Bit(word, 51) && !Bit(word, 52) && !Bit(word, 55) && !Bit(word, 56) && !Bit(word, 57) && ((word >> 46) & 3) == 0
            && sizeOffset is >= 16 and <= 39 && startLevel >= 0 && rootBits is >= 1 and <= 13 && root % rootBytes == 0
            && inputBits <= OutputBits(smmu.OutputSizeCode);
        return !valid ? new StreamConfiguration { Event = BadStreamEntry } : new StreamConfiguration
        {
            Records = Bit(word, 58),
            Tag = (ushort)word,
            Walk = new TableWalk(memory)
            {
                Stage2 = true,
                Root = root,
                SizeOffset = sizeOffset,
                StartLevel = startLevel,
                OutputBits = OutputBits(Math.Min((uint)(word >> 48) & 7, smmu.OutputSizeCode)),
            },
        };
    }

    private static bool Bit(ulong word, int bit) => (word & (1UL << bit)) != 0;

    private static int OutputBits(uint code) => code switch
    {
        0 => 32,
        1 => 36,
        2 => 40,
        3 => 42,
        4 => 44,
        _ => 48,
    };

    private static bool TryRead(RandomAccessMemory memory, ulong address, Span<ulong> words)
    {
        if (!memory.Contains(address, (ulong)words.Length * sizeof(ulong)))
        {
            return false;
        }

        for (int word = 0; word < words.Length; word++)
        {
            words[word] = BinaryPrimitives.ReadUInt64LittleEndian(memory.Uncached(address + ((ulong)word * sizeof(ulong)), sizeof(ulong)));
        }

        return true;
    }
}
