namespace Sluice.Runtime.Interrupts;

/// <summary>What became of an operation on a translation service.</summary>
public enum ItsResult : byte
{
    /// <summary>Done, and the service has confirmed it.</summary>
    Done,

    /// <summary>It did not answer in time; it is given up.</summary>
    Timeout,

    /// <summary>It refused a command. The others went through.</summary>
    CommandRejected,

    /// <summary>An earlier failure has left it in a state that nobody knows.</summary>
    Broken,

    /// <summary>It lacks something that is needed, or its message interrupts are on already and cannot be switched off.</summary>
    Unsupported,

    /// <summary>A register did not keep what was written to it.</summary>
    NotKept,

    /// <summary>No memory is left for a table or the queue.</summary>
    OutOfMemory,
}
