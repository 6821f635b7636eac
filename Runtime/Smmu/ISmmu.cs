namespace Sluice.Runtime.Smmu;

/// <summary>What an assignment needs of an SMMU, whichever it is: streams go from nobody to quarantine or to an address space and back, never to bypass.</summary>
/// <typeparam name="TSpace">Its address spaces.</typeparam>
public interface ISmmu<TSpace>
    where TSpace : struct
{
    /// <summary>Whether the SMMU has been given up.</summary>
    bool IsBroken { get; }

    /// <summary>Attaches a stream that has no owner to an address space. Its transactions are aborted until this is done, and after it has failed.</summary>
    SmmuResult Attach(StreamId stream, in TSpace space);

    /// <summary>Takes a stream from an address space; only after <see cref="SmmuResult.Done"/> none of its transactions is under way.</summary>
    SmmuResult Detach(StreamId stream, in TSpace space);

    /// <summary>Lets a stream without owner reach nothing, and reports what it tries.</summary>
    SmmuResult Quarantine(StreamId stream);

    /// <summary>Takes a stream out of quarantine: it is aborted by default again.</summary>
    SmmuResult Unquarantine(StreamId stream);

    /// <summary>Whether a stream is attached to an address space.</summary>
    bool IsAttached(StreamId stream, in TSpace space);

    /// <summary>Whether a stream is in quarantine.</summary>
    bool IsQuarantined(StreamId stream);

    /// <summary>Takes the oldest report of a stopped transaction. A device can make them faster than they are taken: who calls this in a loop bounds it.</summary>
    bool TryTakeFault(out SmmuFault fault);
}
