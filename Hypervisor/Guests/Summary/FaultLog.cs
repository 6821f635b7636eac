using System.Runtime.CompilerServices;
using Sluice.Runtime.Smmu;

namespace Sluice.Hypervisor.Guests.Summary;

/// <summary>The first faults that the SMMU reported, and how many there were: a device that floods the queue costs no memory.</summary>
internal struct FaultLog
{
    public const int Capacity = 8;

    private Faults _faults;

    public ulong Count { get; private set; }

    /// <summary>One of the first <see cref="Capacity"/> faults.</summary>
    public readonly SmmuFault this[int index] => _faults[index];

    public void Add(SmmuFault fault)
    {
        if (Count < Capacity)
        {
            _faults[(int)Count] = fault;
        }

        Count++;
    }

    [InlineArray(Capacity)]
    private struct Faults
    {
        private SmmuFault _first;
    }
}
