using Sluice.Runtime.Interrupts;
using Sluice.Simulation;

namespace Sluice.Passthrough.Tests.Machines;

/// <summary>An MSI controller whose allocations are steps of a fault plan.</summary>
internal struct FaultyMsi<TMsi>(TMsi controller, FaultPlan plan) : IMsiController
    where TMsi : struct, IMsiController
{
    private TMsi _controller = controller;

    public readonly TMsi Controller => _controller;

    public readonly MsiAbilities Abilities => _controller.Abilities;

    public readonly uint VectorCount => _controller.VectorCount;

    public bool TryAllocate(in MsiRequest request, out VectorBlock block)
    {
        // Called where it stands: a call through a field that could be readonly would count in a copy.
        ref TMsi real = ref _controller;
        block = default;
        return !plan.Fails() && real.TryAllocate(in request, out block);
    }

    public void Free(OwnerId owner, VectorBlock block) => _controller.Free(owner, block);

    public OwnerId OwnerOf(uint vector) => _controller.OwnerOf(vector);

    public MsiMessage Message(uint vector) => _controller.Message(vector);

    public bool TryMask(uint vector) => _controller.TryMask(vector);

    public bool TryUnmask(uint vector, out bool wasRaised) => _controller.TryUnmask(vector, out wasRaised);

    public MsiCollection Collect(uint interrupt, ref PendingBits raised) => _controller.Collect(interrupt, ref raised);
}
