using Sluice.Registers;

namespace Sluice.Runtime.Interrupts;

/// <summary>One command of a guest's queue: a copy that was read once. Nothing in it has been checked.</summary>
/// <remarks>Source: Arm IHI 0069, section 5.3.</remarks>
internal readonly struct GuestItsCommand
{
    internal const ulong Bytes = 32;

    private readonly ulong _word0;
    private readonly ulong _word1;
    private readonly ulong _word2;

    private GuestItsCommand(ulong word0, ulong word1, ulong word2)
    {
        _word0 = word0;
        _word1 = word1;
        _word2 = word2;
    }

    internal uint Opcode => (uint)_word0 & 0xFF;

    internal uint Device => (uint)(_word0 >> 32);

    internal uint Event => (uint)_word1;

    /// <summary>MAPTI: the interrupt that the event becomes.</summary>
    internal uint Interrupt => (uint)(_word1 >> 32);

    /// <summary>MAPD: how many bits its event numbers have.</summary>
    internal uint EventBits => ((uint)_word1 & 0x1F) + 1;

    internal uint Collection => (uint)_word2 & 0xFFFF;

    /// <summary>The processor, by number: bits 50:16.</summary>
    internal ulong Target => (_word2 >> 16) & 0x7_FFFF_FFFF;

    /// <summary>MAPD and MAPC: whether it maps, or takes away.</summary>
    internal bool IsValid => _word2 >> 63 != 0;

    /// <summary>Reads a command: three words, once each.</summary>
    internal static bool TryRead<TMemory>(TMemory memory, ulong address, out GuestItsCommand command)
        where TMemory : struct, IGuestMemory
    {
        bool read = memory.TryRead64(new GuestAddress(address), out ulong word0);
        read &= memory.TryRead64(new GuestAddress(address + 8), out ulong word1);
        read &= memory.TryRead64(new GuestAddress(address + 16), out ulong word2);
        command = read ? new GuestItsCommand(word0, word1, word2) : default;
        return read;
    }
}
