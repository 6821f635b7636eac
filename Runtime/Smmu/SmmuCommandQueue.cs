using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Smmu;

/// <summary>
/// The queue of commands to an SMMUv3. Commands are only known to be complete after <see cref="Sync"/> says so. A command that the SMMU refuses is replaced by
/// one that does nothing, so that the queue goes on, and the next <see cref="Sync"/> tells of it.
/// </summary>
/// <typeparam name="TBus">How its registers are reached.</typeparam>
/// <typeparam name="TMemory">The memory that it is in.</typeparam>
/// <typeparam name="TClock">What bounds the waits.</typeparam>
/// <remarks>Source: Arm IHI 0070, sections 3.5, 4.1, 7.1.</remarks>
public struct SmmuCommandQueue<TBus, TMemory, TClock>
    where TBus : struct, IRegisterBus
    where TMemory : struct, IMachineMemory
    where TClock : struct, IClock
{
    /// <summary>Bytes of a command.</summary>
    public const ulong EntryBytes = 16;

    private readonly Smmuv3.Registers<TBus> _registers;
    private readonly TMemory _memory;
    private readonly TClock _clock;
    private readonly ulong _patience;
    private readonly QueueRing _ring;
    private uint _produced;
    private uint _consumed;
    private bool _rejected;

    internal SmmuCommandQueue(Smmuv3.Registers<TBus> registers, TMemory memory, TClock clock, ulong patience, MachineAddress start, int log2Entries)
    {
        _registers = registers;
        _memory = memory;
        _clock = clock;
        _patience = patience;
        _ring = new QueueRing(log2Entries);
        Start = start;
    }

    /// <summary>Whether the SMMU has stopped taking commands. That is for good: what it has done and what not is unknown.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>How many commands the SMMU refused.</summary>
    public uint Rejected { get; private set; }

    internal MachineAddress Start { get; }

    internal readonly int Log2Entries => _ring.Log2Entries;

    /// <summary>Puts a command into the queue; the SMMU need not see it before the next <see cref="Sync"/>.</summary>
    public void Append(SmmuCommand command)
    {
        if (_ring.IsFull(_produced, _consumed))
        {
            Publish();
            Deadline deadline = Deadline.After(in _clock, _patience);
            while (!Update() && _ring.IsFull(_produced, _consumed))
            {
                if (deadline.HasPassed(in _clock) && !Update() && _ring.IsFull(_produced, _consumed))
                {
                    IsBroken = true;
                }
            }
        }

        if (!IsBroken)
        {
            Write(_produced, command);
            _produced = _ring.Next(_produced);
        }
    }

    /// <summary>Waits until every command so far is complete.</summary>
    public SmmuResult Sync()
    {
        if (IsBroken)
        {
            return SmmuResult.Broken;
        }

        Append(SmmuCommand.Sync);
        Publish();
        Deadline deadline = Deadline.After(in _clock, _patience);
        while (!Update() && _consumed != _produced)
        {
            if (deadline.HasPassed(in _clock) && !Update() && _consumed != _produced)
            {
                IsBroken = true;
            }
        }

        if (IsBroken)
        {
            return SmmuResult.Timeout;
        }

        bool rejected = _rejected;
        _rejected = false;
        return rejected ? SmmuResult.CommandRejected : SmmuResult.Done;
    }

    private void Publish()
    {
        _memory.Barrier();
        _registers.CmdqProd.Write(default(Smmuv3.CmdqProd) with { Wr = _produced });
    }

    private void Write(uint position, SmmuCommand command)
    {
        MachineAddress entry = Start + (_ring.Slot(position) * EntryBytes);
        _memory.Write64(entry, command.Low);
        _memory.Write64(entry + 8, command.High);
        _memory.Clean(entry, EntryBytes);
    }

    /// <summary>Sees how far the SMMU has come, and helps it over a command that it refuses.</summary>
    /// <returns>Whether the queue is broken: nothing more will happen.</returns>
    private bool Update()
    {
        Smmuv3.CmdqCons consumed = _registers.CmdqCons.Read();
        _consumed = _ring.Position(consumed.Rd);
        if (_consumed == _produced || IsBroken)
        {
            return IsBroken;
        }

        Smmuv3.Gerror raised = _registers.Gerror.Read();
        Smmuv3.Gerrorn acknowledged = _registers.Gerrorn.Read();
        if (raised.CmdqErr != acknowledged.CmdqErr)
        {
            Rejected++;
            _rejected = true;
            IsBroken = consumed.Err != Smmuv3.CmdqConsErr.Illegal;
            if (!IsBroken)
            {
                Write(_consumed, SmmuCommand.Sync);
                _memory.Barrier();
                _registers.Gerrorn.Write(acknowledged with { CmdqErr = raised.CmdqErr });
            }
        }

        return IsBroken;
    }
}
