using System.Runtime.CompilerServices;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Domains;

/// <summary>
/// The owners that there are. An identity is taken from the moment that an owner is added, or is first given a function, until it is retired, which waits until nothing of it is left:
/// so no owner inherits what an earlier one of its number had.
/// </summary>
[InlineArray(Capacity)]
public struct Owners
{
    /// <summary>How many owners there can be at a time.</summary>
    public const int Capacity = 32;

    private Owner _owner;

    /// <summary>Finds an owner.</summary>
    /// <param name="id">Who.</param>
    /// <returns>Its entry; -1 when there is none.</returns>
    public readonly int Find(OwnerId id)
    {
        for (int entry = 0; entry < Capacity; entry++)
        {
            if (this[entry].State != OwnerState.Unknown && this[entry].Id.Is(id))
            {
                return entry;
            }
        }

        return -1;
    }

    /// <summary>Whether an owner can be given anything.</summary>
    /// <param name="id">Who.</param>
    public readonly OwnerState StateOf(OwnerId id)
    {
        int entry = Find(id);
        return entry < 0 ? OwnerState.Unknown : this[entry].State;
    }

    /// <summary>Adds an owner.</summary>
    /// <param name="id">Who.</param>
    /// <param name="quota">How much it can have.</param>
    public OwnerResult Add(OwnerId id, in OwnerQuota quota)
    {
        if (id.IsNone || id.Is(OwnerId.Hypervisor))
        {
            return OwnerResult.NotAnOwner;
        }

        if (Find(id) >= 0)
        {
            return OwnerResult.Exists;
        }

        for (int entry = 0; entry < Capacity; entry++)
        {
            if (this[entry].State == OwnerState.Unknown)
            {
                this[entry] = new Owner { Id = id, State = OwnerState.Alive, Quota = quota };
                return OwnerResult.Done;
            }
        }

        return OwnerResult.Full;
    }

    /// <summary>Notes that an owner is being taken down: it is given nothing more.</summary>
    /// <param name="id">Who.</param>
    public OwnerResult MarkDying(OwnerId id)
    {
        int entry = Find(id);
        if (entry < 0)
        {
            return OwnerResult.Unknown;
        }

        this[entry].State = OwnerState.Dying;
        return OwnerResult.Done;
    }

    /// <summary>Forgets an owner that is dying and has nothing left.</summary>
    /// <param name="id">Who.</param>
    /// <param name="mappedPages">Pages of it that are still mapped anywhere.</param>
    internal OwnerResult Retire(OwnerId id, ulong mappedPages)
    {
        int entry = Find(id);
        if (entry < 0)
        {
            return OwnerResult.Unknown;
        }

        ref Owner owner = ref this[entry];
        OwnerResult result = owner.State != OwnerState.Dying ? OwnerResult.Alive
            : owner.Functions != 0 ? OwnerResult.HasFunctions
            : owner.Vectors != 0 ? OwnerResult.HasVectors
            : mappedPages != 0 ? OwnerResult.HasMappedPages
            : OwnerResult.Done;
        if (result == OwnerResult.Done)
        {
            owner = default;
        }

        return result;
    }
}
