using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Smmu;

/// <summary>The queue of what the SMMU reports. It is bounded; what does not fit is lost and the loss is noticed.</summary>
/// <typeparam name="TBus">How its registers are reached.</typeparam>
/// <typeparam name="TMemory">The memory that it is in.</typeparam>
/// <remarks>Source: Arm IHI 0070, sections 3.5 and 7.2.</remarks>
public struct SmmuEventQueue<TBus, TMemory>
    where TBus : struct, IRegisterBus
    where TMemory : struct, IMachineMemory
{
    /// <summary>Bytes of a record.</summary>
    public const ulong EntryBytes = 32;

    private readonly Smmuv3.Registers<TBus> _registers;
    private readonly TMemory _memory;
    private readonly QueueRing _ring;
    private uint _consumed;
    private bool _overflowSeen;

    internal SmmuEventQueue(Smmuv3.Registers<TBus> registers, TMemory memory, MachineAddress start, int log2Entries)
    {
        _registers = registers;
        _memory = memory;
        _ring = new QueueRing(log2Entries);
        Start = start;
    }

    /// <summary>How often records were lost, in bursts: the SMMU does not count them.</summary>
    public uint Losses { get; private set; }

    internal MachineAddress Start { get; }

    internal readonly int Log2Entries => _ring.Log2Entries;

    /// <summary>Takes the oldest record out.</summary>
    /// <param name="fault">The record.</param>
    /// <returns>False when there is none.</returns>
    public bool TryTake(out SmmuFault fault)
    {
        Smmuv3.EventqProd produced = _registers.EventqProd.Read();
        bool lost = produced.OvFlg != _overflowSeen;
        Losses += lost ? 1u : 0;
        _overflowSeen = produced.OvFlg;
        bool found = _ring.Position(produced.Wr) != _consumed;
        fault = default;
        if (found)
        {
            MachineAddress entry = Start + (_ring.Slot(_consumed) * EntryBytes);
            _memory.Discard(entry, EntryBytes);
            fault = new SmmuFault(_memory.Read64(entry), _memory.Read64(entry + 8), _memory.Read64(entry + 16));
            _consumed = _ring.Next(_consumed);
        }

        if (found || lost)
        {
            _registers.EventqCons.Write(default(Smmuv3.EventqCons) with { Rd = _consumed, OvAckFlg = _overflowSeen });
        }

        return found;
    }

    /// <summary>Notes that the SMMU could not write records.</summary>
    internal void NoteLoss() => Losses++;
}
