namespace Sluice.Runtime.Smmu;

/// <summary>What became of an operation on the SMMU.</summary>
public enum SmmuResult : byte
{
    /// <summary>Done, and the SMMU has confirmed it.</summary>
    Done,

    /// <summary>The SMMU did not answer in time. Nothing that depends on the answer may be believed; the SMMU is given up.</summary>
    Timeout,

    /// <summary>The SMMU refused a command. The others went through.</summary>
    CommandRejected,

    /// <summary>An earlier failure has left the SMMU in a state that nobody knows.</summary>
    Broken,

    /// <summary>The SMMU lacks something that is needed.</summary>
    Unsupported,

    /// <summary>No memory is left for a table or a queue.</summary>
    OutOfMemory,

    /// <summary>There is no such stream.</summary>
    StreamOutOfRange,

    /// <summary>The stream has an owner, or streams still use the address space.</summary>
    Owned,

    /// <summary>The stream is not attached to this address space.</summary>
    NotOwned,

    /// <summary>A register did not keep what was written to it.</summary>
    NotKept,

    /// <summary>No stream entry or context bank is left.</summary>
    OutOfEntries,

    /// <summary>The streams meant are partly those of another entry: two entries may not match one stream.</summary>
    Overlap,

    /// <summary>The user is counted off, but others of the same owner still use the stream: its transactions pass as before.</summary>
    Shared,
}
