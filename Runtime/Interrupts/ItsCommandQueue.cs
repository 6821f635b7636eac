using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Interrupts;

/// <summary>
/// The queue of commands to a translation service. A command is complete when <see cref="Sync"/> says so. One that makes the service stall is replaced by one that does
/// nothing, so that the queue goes on, and the next <see cref="Sync"/> tells of it.
/// </summary>
/// <typeparam name="TBus">How its registers are reached.</typeparam>
/// <typeparam name="TMemory">The memory that it is in.</typeparam>
/// <typeparam name="TClock">What bounds the waits.</typeparam>
/// <remarks>Source: Arm IHI 0069, section 5.3 and GITS_CBASER, GITS_CWRITER, GITS_CREADR.</remarks>
public struct ItsCommandQueue<TBus, TMemory, TClock>
    where TBus : struct, IRegisterBus
    where TMemory : struct, IMachineMemory
    where TClock : struct, IClock
{
    /// <summary>Commands that the queue's one page holds.</summary>
    public const uint Entries = 128;

    private const ulong EntryBytes = 32;

    private readonly GicIts.Registers<TBus> _registers;
    private readonly TMemory _memory;
    private readonly TClock _clock;
    private readonly ulong _patience;
    private readonly ulong _target;
    private uint _written;
    private uint _read;
    private uint _lastStall;
    private bool _rejected;

    internal ItsCommandQueue(GicIts.Registers<TBus> registers, TMemory memory, TClock clock, ulong patience, MachineAddress start, ulong target)
    {
        _registers = registers;
        _memory = memory;
        _clock = clock;
        _patience = patience;
        _target = target;
        _lastStall = Entries;
        Start = start;
    }

    /// <summary>Whether the service has stopped taking commands. That is for good: what it has done and what not is unknown.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>How many commands the service refused.</summary>
    public uint Rejected { get; private set; }

    internal MachineAddress Start { get; }

    /// <summary>Puts a command into the queue; the service need not see it before the next <see cref="Sync"/>.</summary>
    public void Append(ItsCommand command)
    {
        if (Next(_written) == _read)
        {
            Publish(retry: false);
            Deadline deadline = Deadline.After(in _clock, _patience);
            while (!Update() && Next(_written) == _read)
            {
                IsBroken = deadline.HasPassed(in _clock) && !Update() && Next(_written) == _read;
            }
        }

        if (!IsBroken)
        {
            Write(_written, command);
            _written = Next(_written);
        }
    }

    /// <summary>Waits until every command so far is complete.</summary>
    public ItsResult Sync()
    {
        if (IsBroken)
        {
            return ItsResult.Broken;
        }

        Append(ItsCommand.Sync(_target));
        Publish(retry: false);
        Deadline deadline = Deadline.After(in _clock, _patience);
        while (!Update() && _read != _written)
        {
            IsBroken = deadline.HasPassed(in _clock) && !Update() && _read != _written;
        }

        if (IsBroken)
        {
            return ItsResult.Timeout;
        }

        bool rejected = _rejected;
        _rejected = false;
        return rejected ? ItsResult.CommandRejected : ItsResult.Done;
    }

    private static uint Next(uint entry) => entry + 1 == Entries ? 0 : entry + 1;

    private void Publish(bool retry)
    {
        _memory.Barrier();
        _registers.GitsCwriter.Write(default(GicIts.GitsCwriter) with { Offset = _written, Retry = retry });
    }

    private void Write(uint entry, ItsCommand command)
    {
        MachineAddress address = Start + (entry * EntryBytes);
        _memory.Write64(address, command.Word0);
        _memory.Write64(address + 8, command.Word1);
        _memory.Write64(address + 16, command.Word2);
        _memory.Write64(address + 24, 0);
        _memory.Clean(address, EntryBytes);
    }

    /// <summary>Sees how far the service has come, and helps it over a command that it stalls at.</summary>
    /// <returns>Whether the queue is broken: nothing more will happen.</returns>
    private bool Update()
    {
        GicIts.GitsCreadr state = _registers.GitsCreadr.Read();
        _read = state.Offset < Entries ? state.Offset : _read;
        if (!state.Stalled || IsBroken)
        {
            _lastStall = state.Stalled ? _lastStall : Entries;
            return IsBroken;
        }

        // If it stalls at what does nothing, it cannot read its queue or its tables.
        IsBroken = _lastStall == _read;
        _lastStall = _read;
        if (!IsBroken)
        {
            Rejected++;
            _rejected = true;
            Write(_read, ItsCommand.Sync(_target));
            Publish(retry: true);
        }

        return IsBroken;
    }
}
