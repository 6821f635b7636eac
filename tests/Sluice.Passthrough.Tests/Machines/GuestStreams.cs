using Sluice.Runtime.Domains;
using Sluice.Runtime.Interrupts;
using Sluice.Simulation;

namespace Sluice.Passthrough.Tests.Machines;

/// <summary>The streams of a machine for all its guests; each request is a step that can go wrong.</summary>
/// <param name="smmu">The machine's SMMU.</param>
/// <param name="plan">Each request is a step of it.</param>
internal readonly struct GuestStreams(MachineSmmu smmu, FaultPlan plan) : IStreamIsolation
{
    private readonly MachineSmmu _smmu = smmu;

    // A quarantine that goes wrong is one of which nobody knows whether it was done.
    public bool TryQuarantine(uint stream, OwnerId owner) => _smmu.TryQuarantine(stream, owner) & !plan.Fails();

    public bool TryAttach(uint stream, OwnerId owner) => !plan.Fails() && _smmu.TryAttach(stream, owner);
}
