using System;
using System.Collections.Generic;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Simulation.Guests;
using Sluice.Simulation.Invariants;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>The invariants of a core whose streams only keep a log: a fixture asks after each operation.</summary>
internal sealed class CoreWatch
{
    private readonly FunctionState[] _states = new FunctionState[OwnedFunctions.Capacity];
    private readonly HashSet<uint> _streams = [];
    private readonly InvariantChecker _checker;

    public CoreWatch(SimulatedPciBus functions, IsolationLog isolation)
    {
        _checker = new InvariantChecker(functions) { Dma = new LoggedReach(isolation) };
    }

    /// <summary>Whether the hardware is not as it was told to be, for a test does that: then only what must hold even so is checked.</summary>
    public bool HardwareMayDiffer
    {
        get => _checker.HardwareMayDiffer;
        set => _checker.HardwareMayDiffer = value;
    }

    public long Checks => _checker.Checks;

    public void AddGuest(int owner, SimulatedGuest guest) => _checker.AddGuest(new OwnerId((ushort)owner), guest, LoggedReach.Canary);

    /// <summary>Checks everything.</summary>
    /// <param name="assignment">The core.</param>
    /// <param name="bridges">The guests' virtual host bridges.</param>
    /// <param name="bridgeOf">Which of them is an owner's.</param>
    public void Check<TBridge, TMsi, TStreams, TGuest, TEntries>(
        ref FunctionAssignment<TBridge, TMsi, TStreams> assignment, Span<VirtualHostBridge<TBridge, TGuest, TEntries>> bridges, Func<OwnerId, int> bridgeOf)
        where TBridge : struct, IHostBridge
        where TMsi : struct, IMsiController
        where TStreams : struct, IStreamIsolation
        where TGuest : struct, IGuest
        where TEntries : struct, IMsixEntries
    {
        TMsi msi = assignment.Msi;
        _checker.OwnerOfVector = vector => msi.OwnerOf(vector);
        _checker.MessageOfVector = vector => msi.Message(vector);
        OwnedFunctions owned = assignment.Owned;
        int count = 0;
        for (int entry = 0; entry < OwnedFunctions.Capacity; entry++)
        {
            if (owned[entry].IsUsed)
            {
                int bridge = owned[entry].Owner.IsNone ? 0 : bridgeOf(owned[entry].Owner);
                Know(owned[entry].Stream);
                _states[count++] = FunctionState.Of(in owned[entry], ref bridges[bridge]);
            }
        }

        _checker.CheckSettled(_states.AsSpan(0, count));
        IReadOnlyList<InvariantViolation> violations = _checker.Violations;
        Assert.True(violations.Count == 0, string.Join("; ", violations));
    }

    // From then on it is looked at, also when nobody has it any more.
    private void Know(uint stream)
    {
        if (_streams.Add(stream))
        {
            _checker.AddStream(stream);
        }
    }
}
