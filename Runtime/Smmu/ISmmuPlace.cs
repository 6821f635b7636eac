namespace Sluice.Runtime.Smmu;

/// <summary>Where an SMMU and one guest's address space live. Both are structs that change, so they are reached in their place.</summary>
/// <typeparam name="TSmmu">The SMMU.</typeparam>
/// <typeparam name="TSpace">Its address spaces.</typeparam>
public interface ISmmuPlace<TSmmu, TSpace>
    where TSmmu : struct, ISmmu<TSpace>
    where TSpace : struct
{
    /// <summary>The SMMU.</summary>
    ref TSmmu Smmu { get; }

    /// <summary>What the guest's devices reach.</summary>
    ref TSpace Space { get; }
}
