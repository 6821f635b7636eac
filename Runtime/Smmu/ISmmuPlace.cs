using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Smmu;

/// <summary>Where an SMMU and its owners' address spaces live. They are structs that change, so they are reached in their place.</summary>
/// <typeparam name="TSmmu">The SMMU.</typeparam>
/// <typeparam name="TSpace">Its address spaces.</typeparam>
public interface ISmmuPlace<TSmmu, TSpace>
    where TSmmu : struct, ISmmu<TSpace>
    where TSpace : struct
{
    /// <summary>The SMMU.</summary>
    ref TSmmu Smmu { get; }

    /// <summary>What an owner's devices reach.</summary>
    /// <param name="owner">Who; the assignment asks for owners only that it was given by the board.</param>
    ref TSpace SpaceOf(OwnerId owner);
}
