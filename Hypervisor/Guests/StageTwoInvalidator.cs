using Sluice.Hypervisor.Processor;
using Sluice.Runtime.Memory;

namespace Sluice.Hypervisor.Guests;

/// <summary>Drops this CPU's translations of the guest that it runs: all of them, because a combined entry keeps no guest physical address.</summary>
internal struct StageTwoInvalidator : ITranslationInvalidator
{
    public void Invalidate(in InvalidationRange range)
    {
        SystemRegisters.InvalidateGuestTranslations();
    }

    public readonly bool Complete()
    {
        // The routine waits for its own completion.
        return true;
    }
}
