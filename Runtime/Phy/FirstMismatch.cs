namespace Sluice.Runtime.Phy;

/// <summary>The first write that a register did not keep, or the first read that nobody answered.</summary>
internal struct FirstMismatch
{
    /// <summary>Whether there was one.</summary>
    public bool Exists { get; private set; }

    /// <summary>Machine address of the register.</summary>
    public ulong Address { get; private set; }

    /// <summary>What it showed.</summary>
    public uint Shown { get; private set; }

    /// <summary>What was written; zero where nobody answered a read.</summary>
    public uint Written { get; private set; }

    /// <summary>Remembers one, if it is the first.</summary>
    public void Note(ulong address, uint shown, uint written)
    {
        if (!Exists)
        {
            Exists = true;
            Address = address;
            Shown = shown;
            Written = written;
        }
    }
}
