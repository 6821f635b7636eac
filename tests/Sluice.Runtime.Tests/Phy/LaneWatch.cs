using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Phy;
using Sluice.Simulation.Invariants;
using Sluice.Simulation.Pci;
using Xunit;

namespace Sluice.Runtime.Tests.Phy;

/// <summary>
/// Sees that a lane has one owner, by what reaches the machine: whoever has changed something of a lane since it was given is its owner as much as the one of whom the arbiter says so.
/// </summary>
internal sealed class LaneWatch
{
    private const ulong SerdesBytes = 0x4_0000;
    private const ulong LaneBytes = 0x4000;

    private readonly PhyMachine _machine;
    private readonly InvariantChecker _checker = new(new SimulatedPciBus()) { Lanes = (int)LaneMatrix.Lanes };
    private readonly HashSet<ushort>[] _changed = [[], [], [], []];
    private LaneArbiter _arbiter;

    public LaneWatch(PhyMachine machine, LaneArbiter arbiter)
    {
        _machine = machine;
        _arbiter = arbiter;
        _checker.OwnersOfLane = lane => [.. _changed[lane].Append(OwnerOf((uint)lane).Value).Distinct().Select(static owner => new OwnerId(owner))];
    }

    public long Checks => _checker.Checks;

    /// <summary>The lanes that a write to the transceivers changes, by its place and by the bits that differ.</summary>
    /// <param name="machine">The machine, before the write.</param>
    /// <param name="address">Where.</param>
    /// <param name="value">What is written.</param>
    public static IEnumerable<uint> LanesOf(PhyMachine machine, ulong address, ulong value)
    {
        ulong offset = address - PsGtrSettings.Zynqmp.Serdes.Value;
        if (offset >= SerdesBytes)
        {
            return [];
        }

        (uint first, int bits, uint lanes) = offset switch
        {
            PsGtr.Offsets.IcmCfg0 => (0u, 4, 2u),
            PsGtr.Offsets.IcmCfg1 => (2u, 4, 2u),
            PsGtr.Offsets.TxProtBusWidth or PsGtr.Offsets.RxProtBusWidth => (0u, 2, 4u),
            >= PsGtr.Offsets.L0L0RefClkSel and < PsGtr.Offsets.L0L0RefClkSel + 16 => ((uint)(offset - PsGtr.Offsets.L0L0RefClkSel) / 4, 0, 1u),
            >= PsGtr.Offsets.PllRefSel0 and < PsGtr.Offsets.PllRefSel0 + 16 => ((uint)(offset - PsGtr.Offsets.PllRefSel0) / 4, 0, 1u),
            _ => ((uint)(offset / LaneBytes), 0, 1u),
        };
        uint changed = machine.Lanes.Peek((uint)offset) ^ (uint)value;
        return Enumerable.Range(0, (int)lanes).Where(index => bits == 0 || ((changed >> (index * bits)) & ((1u << bits) - 1)) != 0).Select(index => first + (uint)index);
    }

    /// <summary>Notes who has which lane now; what was done to one that changes hands is forgotten.</summary>
    public void Know(LaneArbiter arbiter)
    {
        for (uint lane = 0; lane < LaneMatrix.Lanes; lane++)
        {
            if (!arbiter.OwnerOf(lane).Is(_arbiter.OwnerOf(lane)))
            {
                _changed[lane].Clear();
            }
        }

        _arbiter = arbiter;
        Check();
    }

    /// <summary>Lets somebody do something, and checks.</summary>
    /// <param name="owner">Who.</param>
    /// <param name="operation">What.</param>
    public void Run(OwnerId owner, Action operation)
    {
        Action<ulong, bool, ulong>? before = _machine.Machine.Accessed;
        _machine.Machine.Accessed = (address, isWrite, value) =>
        {
            before?.Invoke(address, isWrite, value);
            foreach (uint lane in isWrite ? LanesOf(_machine, address, value) : [])
            {
                _changed[lane].Add(owner.Value);
            }
        };
        operation();
        _machine.Machine.Accessed = before;
        Check();
    }

    private OwnerId OwnerOf(uint lane) => _arbiter.OwnerOf(lane).IsNone ? OwnerId.Hypervisor : _arbiter.OwnerOf(lane);

    private void Check()
    {
        _checker.CheckSettled([]);
        Assert.True(_checker.Violations.Count == 0, string.Join("; ", _checker.Violations));
    }
}
