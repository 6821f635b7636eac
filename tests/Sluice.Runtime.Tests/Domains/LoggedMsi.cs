using Sluice.Registers;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>An MSI controller that only keeps a log.</summary>
public readonly struct LoggedMsi(MsiLog log) : IMsiController
{
    public MsiAbilities Abilities => log.Abilities;

    public uint VectorCount => 64;

    public bool TryAllocate(in MsiRequest request, out VectorBlock block)
    {
        log.Begins?.Invoke("allocate");
        log.Requests.Add(request);
        block = default;
        return !log.FailsAllocation && log.Table.TryAllocate(VectorCount, request.Owner, request.Count, request.Alignment == 0 ? 1 : request.Alignment, out block);
    }

    public void Free(OwnerId owner, VectorBlock block)
    {
        log.Begins?.Invoke("free");
        log.Table.Free(owner, block);
        for (uint vector = block.First; vector < block.First + block.Count; vector++)
        {
            log.Masked.Remove(vector);
        }
    }

    public OwnerId OwnerOf(uint vector) => log.Table.OwnerOf(vector);

    public MsiMessage Message(uint vector) => new(new RegisterAddress(0x0802_0040), vector);

    public bool TryMask(uint vector) => log.Masked.Add(vector) || true;

    public bool TryUnmask(uint vector, out bool wasRaised)
    {
        wasRaised = false;
        log.Masked.Remove(vector);
        return true;
    }

    public MsiCollection Collect(uint interrupt, ref PendingBits raised) => MsiCollection.Foreign;
}
