using Sluice.Runtime.Domains;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Smmu;

namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>The streams of this board's PCI functions: quarantined, or attached to the guest's address space. There is no third state.</summary>
internal readonly struct VirtStreams : IStreamIsolation
{
    public bool TryQuarantine(uint stream, OwnerId owner)
    {
        ref Passthrough passthrough = ref VirtMachine.Passthrough;
        var id = new StreamId(stream);
        if (passthrough.IsAttached && passthrough.Smmu.Detach(id, in passthrough.Space) != SmmuResult.Done)
        {
            return false;
        }

        passthrough.IsAttached = false;
        return passthrough.Smmu.Quarantine(id) == SmmuResult.Done;
    }

    public bool TryAttach(uint stream, OwnerId owner)
    {
        ref Passthrough passthrough = ref VirtMachine.Passthrough;
        if (passthrough.KeepsQuarantine)
        {
            return true;
        }

        var id = new StreamId(stream);
        if (passthrough.Smmu.Unquarantine(id) != SmmuResult.Done)
        {
            return false;
        }

        passthrough.IsAttached = passthrough.Smmu.Attach(id, in passthrough.Space) == SmmuResult.Done;
        if (!passthrough.IsAttached)
        {
            // Without an entry of its own the stream aborts as well; in quarantine it also reports.
            passthrough.Smmu.Quarantine(id);
        }

        return passthrough.IsAttached;
    }
}
