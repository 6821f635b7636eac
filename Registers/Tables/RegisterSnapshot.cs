using System;
using System.Buffers.Binary;

namespace Sluice.Registers;

/// <summary>Saves and restores the stored words of a view, little-endian, behind the hash of the map that gives them their meaning.</summary>
public static class RegisterSnapshot
{
    private const int HashBytes = sizeof(ulong);

    /// <summary>How many bytes a snapshot of <paramref name="words"/> stored words takes.</summary>
    public static int SizeBytes(int words) => HashBytes + (words * sizeof(uint));

    /// <summary>Writes a snapshot.</summary>
    /// <typeparam name="TTables">The tables of the view.</typeparam>
    /// <param name="words">The stored words.</param>
    /// <param name="destination">Receives the snapshot.</param>
    /// <returns>False, with nothing written, when <paramref name="destination"/> is too short.</returns>
    public static bool TrySave<TTables>(ReadOnlySpan<uint> words, Span<byte> destination)
        where TTables : struct, IRegisterTables
    {
        if (destination.Length < SizeBytes(words.Length))
        {
            return false;
        }

        BinaryPrimitives.WriteUInt64LittleEndian(destination, TTables.MapHash);
        for (int slot = 0; slot < words.Length; slot++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(destination[(HashBytes + (slot * sizeof(uint)))..], words[slot]);
        }

        return true;
    }

    /// <summary>Takes the words back from a snapshot, which is not trusted: bits that no access and no hook can change keep their reset value.</summary>
    /// <remarks>Sanitizers are not asked here: the generated <c>Restore</c> of the view does that, and undoes what it finds unfit.</remarks>
    /// <typeparam name="TTables">The tables of the view.</typeparam>
    /// <param name="words">Receives the stored words; unchanged when the snapshot is refused.</param>
    /// <param name="source">The snapshot.</param>
    /// <returns>False when the snapshot has another length or was made with another map.</returns>
    public static bool TryRestore<TTables>(Span<uint> words, ReadOnlySpan<byte> source)
        where TTables : struct, IRegisterTables
    {
        if (source.Length != SizeBytes(words.Length) || BinaryPrimitives.ReadUInt64LittleEndian(source) != TTables.MapHash)
        {
            return false;
        }

        ReadOnlySpan<uint> reset = TTables.Reset;
        ReadOnlySpan<uint> unchangeable = TTables.Fixed;
        for (int slot = 0; slot < words.Length; slot++)
        {
            uint value = BinaryPrimitives.ReadUInt32LittleEndian(source[(HashBytes + (slot * sizeof(uint)))..]);
            uint keep = slot < unchangeable.Length ? unchangeable[slot] : 0;
            words[slot] = (value & ~keep) | (slot < reset.Length ? reset[slot] & keep : 0);
        }

        return true;
    }
}
