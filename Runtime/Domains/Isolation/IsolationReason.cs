using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Domains;

/// <summary>Why two functions are together: which two, how they are related, and where. A value: who may use strings makes a sentence of it.</summary>
public readonly struct IsolationReason
{
    /// <summary>Makes a reason.</summary>
    /// <param name="relation">How they are related.</param>
    /// <param name="first">One of them.</param>
    /// <param name="second">The other.</param>
    /// <param name="via">The port, bridge or function that it is due to.</param>
    /// <param name="shared">What they share.</param>
    public IsolationReason(IsolationRelation relation, RequesterId first, RequesterId second, RequesterId via, uint shared)
    {
        Relation = relation;
        First = first;
        Second = second;
        Via = via;
        Shared = shared;
    }

    /// <summary>How they are related.</summary>
    public IsolationRelation Relation { get; }

    /// <summary>The function that was asked about.</summary>
    public RequesterId First { get; }

    /// <summary>
    /// The function that it is directly related to: the other one that was asked about, or the next one on the shortest way to it.
    /// </summary>
    public RequesterId Second { get; }

    /// <summary>The port or bridge that it is due to, where it is due to one; otherwise <see cref="First"/>.</summary>
    public RequesterId Via { get; }

    /// <summary>
    /// What they share or lack: the stream, the requester id, the line (0 to 3), the low 32 bits of the number of the page, or the <see cref="AccessControl"/> bits that are missing.
    /// </summary>
    public uint Shared { get; }

    /// <summary>Whether they can have different owners.</summary>
    public bool IsNone => Relation == IsolationRelation.None;
}
