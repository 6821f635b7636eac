using System;
using System.Buffers.Binary;
using Sluice.Registers;
using Sluice.Simulation.Pci;

namespace Sluice.Simulation.Hostile;

/// <summary>
/// The reference function gone bad: it answers what it likes, reads and writes memory and sends messages when it likes, vanishes and comes back. What it does follows from its
/// seed and from the accesses that are made to it, so a run can be repeated. Its registers themselves stay as the machine wrote them: <see cref="SimulatedFunction.Peek"/> tells
/// what the hardware was told.
/// </summary>
public sealed class HostileFunction : DmaFunction
{
    private const uint DeviceStatus = 0x9A;
    private const uint TransactionsPending = 0x20;

    private readonly SeededRandom _random;
    private readonly ulong[] _targets = new ulong[16];
    private int _targetCount;

    /// <summary>Makes a function.</summary>
    /// <param name="seed">What it does follows from this.</param>
    /// <param name="habits">What it does at all.</param>
    public HostileFunction(ulong seed, HostileHabits habits)
    {
        ArgumentNullException.ThrowIfNull(habits);
        _random = new SeededRandom(seed);
        Habits = habits;
        VanishesAtReset = habits.FailsReset;
    }

    /// <summary>What it does; may change at any time.</summary>
    public HostileHabits Habits { get; set; }

    /// <summary>Where its messages go: the machine's doorbell, which it has seen in its MSI-X table.</summary>
    public ulong Doorbell { get; set; }

    /// <summary>Whose name it uses for messages that are not its own: requester ids below this.</summary>
    public uint Requesters { get; set; } = 0x200;

    /// <summary>Its reads and writes of memory that were not aborted.</summary>
    public int Reached { get; private set; }

    /// <summary>Its reads and writes of memory that were aborted.</summary>
    public int Stopped { get; private set; }

    /// <summary>Messages that it sent.</summary>
    public int Messages { get; private set; }

    /// <summary>Called with the sender and the data of each message before it is sent.</summary>
    public Action<uint, uint>? Sending { get; set; }

    /// <summary>Tells it of an address worth reading and writing: a guest's, or the machine's.</summary>
    /// <param name="address">The address.</param>
    public void Covet(ulong address)
    {
        if (_targetCount < _targets.Length)
        {
            _targets[_targetCount++] = address;
        }
    }

    /// <summary>One moment of its life: memory, messages, disappearance. To be called at any instant of what the core does.</summary>
    public void Act()
    {
        HostileHabits habits = Habits;
        if (_random.OneIn(habits.Vanishes))
        {
            IsPresent = false;
        }
        else if (_random.OneIn(habits.Returns))
        {
            IsPresent = true;
        }

        if (_random.OneIn(habits.Dma))
        {
            TouchMemory();
        }

        if (_random.OneIn(habits.Messages))
        {
            Send(Stream);
        }

        if (_random.OneIn(habits.ForeignMessages))
        {
            Send(_random.Below(Requesters));
        }
    }

    /// <inheritdoc/>
    public override ulong ReadMemory(int bar, ulong offset, AccessWidth width)
        => _random.OneIn(Habits.Memory) ? _random.Word() : base.ReadMemory(bar, offset, width);

    /// <inheritdoc/>
    protected override uint AnswerConfig(uint offset, AccessWidth width, uint value)
    {
        if (Habits.NeverRests && offset <= DeviceStatus && DeviceStatus < offset + (uint)width)
        {
            value |= TransactionsPending << (int)((DeviceStatus - offset) * 8);
        }

        if (offset < 0x10 && _random.OneIn(Habits.Identities))
        {
            return (uint)_random.Next();
        }

        return _random.OneIn(Habits.Readbacks) ? (uint)_random.Word() : value;
    }

    private void TouchMemory()
    {
        ulong bits = _random.Next();
        ulong address = _targetCount != 0 && (bits & 3) != 0 ? _targets[(int)_random.Below((uint)_targetCount)] + ((bits >> 8) & 0xFF8) : _random.Next() & 0xFF_FFFF_FFF8;
        Span<byte> data = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(data, bits | 1);
        bool reached = (bits & 4) != 0 ? Dma?.TryRead(Stream, address, data) == true : Dma?.TryWrite(Stream, address, data) == true;
        Reached += reached ? 1 : 0;
        Stopped += reached ? 0 : 1;
    }

    private void Send(uint sender)
    {
        if (Doorbell == 0 || Dma is null)
        {
            return;
        }

        uint data = _random.OneIn(2) ? _random.Below(192) : (uint)_random.Word();
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, data);
        Messages++;
        Sending?.Invoke(sender, data);

        // Whether anybody takes it is not the sender's to know: a posted write has no answer.
        _ = Dma.TryWrite(sender, Doorbell, bytes);
    }
}
