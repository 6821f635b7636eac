using Sluice.Registers;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>What one byte of a guest's config space is.</summary>
public readonly struct ConfigByte
{
    private ConfigByte(GuestCapability owner, ByteTreatment reads, ByteTreatment writes)
    {
        Owner = owner;
        Reads = reads;
        Writes = writes;
    }

    /// <summary>What it belongs to.</summary>
    public GuestCapability Owner { get; }

    /// <summary>What a read does.</summary>
    public ByteTreatment Reads { get; }

    /// <summary>What a write does.</summary>
    public ByteTreatment Writes { get; }

    /// <summary>A byte that is not there.</summary>
    internal static ConfigByte Denied => default;

    /// <summary>A byte of no described block.</summary>
    internal static ConfigByte Undescribed(GuestCapability owner, ByteTreatment reads) => new(owner, reads, ByteTreatment.Constant);

    /// <summary>A byte of a described block, as the tables of its view say.</summary>
    /// <typeparam name="TTables">The tables.</typeparam>
    /// <param name="owner">What it belongs to.</param>
    /// <param name="offset">Byte offset in the block.</param>
    internal static ConfigByte Of<TTables>(GuestCapability owner, uint offset)
        where TTables : struct, IRegisterTables
    {
        uint slot = TTables.Slot(offset);
        if (slot >= (uint)TTables.Reset.Length || RegisterNames.Find<TTables>(offset, out _) < 0)
        {
            return default;
        }

        int lane = (int)(offset & 3);
        uint bits = 0xFFu << (lane * 8);
        int word = (int)slot * 4;
        uint flags = TTables.Words[word + 3];
        bool isFixed = TTables.Fixed.Length != 0 && (TTables.Fixed[(int)slot] & bits) == bits;
        bool changes = ((TTables.Words[word + 1] | TTables.Words[word + 2]) & bits) != 0 || (flags & WordFlags.EffectsMask) != 0;
        ByteTreatment reads = isFixed ? ByteTreatment.Constant : (flags & WordFlags.HookReads) != 0 ? ByteTreatment.Mediated : ByteTreatment.Stored;
        ByteTreatment writes = isFixed ? ByteTreatment.Constant
            : (flags & WordFlags.HookWrites) != 0 ? ByteTreatment.Mediated
            : changes ? ByteTreatment.Stored : ByteTreatment.Constant;
        return new ConfigByte(
            owner,
            (flags & (1u << (WordFlags.ReadDeniedShift + lane))) != 0 ? ByteTreatment.Denied : reads,
            (flags & (1u << (WordFlags.WriteDeniedShift + lane))) != 0 ? ByteTreatment.Denied : writes);
    }
}
