using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Simulation.Blocks;

namespace Sluice.Simulation.Interrupts;

/// <summary>
/// The redistributor of one processor, as far as message interrupts go: it reads their configuration from the table that it was given and caches it until it is told
/// to forget; what is pending stays pending until it is enabled.
/// </summary>
public sealed class SimulatedRedistributor : ISimulatedDevice
{
    /// <summary>Bytes of its registers.</summary>
    public const ulong SizeBytes = GicRedistributor.SizeBytes;

    private const uint FirstInterrupt = 8192;

    private readonly SimulatedMachine _machine;
    private readonly bool _canSwitchOff;
    private readonly Dictionary<uint, byte> _configuration = [];
    private readonly SortedSet<uint> _pending = [];
    private readonly Queue<uint> _raised = new();
    private GicRedistributor.Hardware _registers;

    /// <summary>Makes one whose message interrupts are off.</summary>
    /// <param name="machine">Whose memory has its tables.</param>
    /// <param name="number">The processor's number.</param>
    /// <param name="hasInterrupts">Whether it has message interrupts at all.</param>
    /// <param name="canSwitchOff">Whether they can be switched off again.</param>
    public SimulatedRedistributor(SimulatedMachine machine, uint number = 0, bool hasInterrupts = true, bool canSwitchOff = true)
    {
        _machine = machine;
        _canSwitchOff = canSwitchOff;
        _registers.Reset(ResetKind.PowerOn);
        _registers.GicrTyper = default(GicRedistributor.GicrTyper) with { Plpis = hasInterrupts, ProcessorNumber = number };
        _registers.GicrCtlr = default(GicRedistributor.GicrCtlr) with { Ces = canSwitchOff };
    }

    /// <summary>Whether message interrupts are on.</summary>
    public bool IsOn => _registers.GicrCtlr.EnableLpis;

    /// <summary>Whether what is written to its control register is lost.</summary>
    public bool LosesControl { get; set; }

    /// <inheritdoc/>
    public ulong Read(ulong offset, AccessWidth width)
    {
        _registers.Read((uint)offset, width, out ulong value);
        return value;
    }

    /// <inheritdoc/>
    public void Write(ulong offset, AccessWidth width, ulong value)
    {
        bool wasOn = IsOn;
        bool isTable = offset is GicRedistributor.Offsets.GicrPropbaser or GicRedistributor.Offsets.GicrPendbaser;
        if ((isTable && wasOn) || (LosesControl && offset == GicRedistributor.Offsets.GicrCtlr))
        {
            return;
        }

        _registers.Write((uint)offset, width, new GuestValue(value));
        if (wasOn && !IsOn && !_canSwitchOff)
        {
            _registers.GicrCtlr = _registers.GicrCtlr with { EnableLpis = true };
        }

        if (!IsOn)
        {
            _configuration.Clear();
        }
    }

    /// <summary>Takes the interrupt that was raised first.</summary>
    /// <param name="interrupt">Its number.</param>
    /// <returns>Whether there was one.</returns>
    public bool TryTake(out uint interrupt) => _raised.TryDequeue(out interrupt);

    /// <summary>A message interrupt arrives.</summary>
    internal void Raise(uint interrupt)
    {
        ulong bits = _registers.GicrPropbaser.IdBits + 1;
        if (IsOn && interrupt >= FirstInterrupt && interrupt < 1UL << (int)bits)
        {
            _pending.Add(interrupt);
            Deliver(interrupt);
        }
    }

    /// <summary>What is pending of an interrupt goes.</summary>
    internal void Clear(uint interrupt) => _pending.Remove(interrupt);

    /// <summary>The configuration of an interrupt, or of all, is read again.</summary>
    internal void Forget(uint? interrupt)
    {
        if (interrupt is { } one)
        {
            _configuration.Remove(one);
            Deliver(one);
            return;
        }

        _configuration.Clear();
        foreach (uint each in new List<uint>(_pending))
        {
            Deliver(each);
        }
    }

    private void Deliver(uint interrupt)
    {
        if (_pending.Contains(interrupt) && (Configuration(interrupt) & 1) != 0)
        {
            _pending.Remove(interrupt);
            _raised.Enqueue(interrupt);
        }
    }

    private byte Configuration(uint interrupt)
    {
        if (!_configuration.TryGetValue(interrupt, out byte value))
        {
            ulong address = (_registers.GicrPropbaser.PhysicalAddress << 12) + interrupt - FirstInterrupt;
            value = _machine.Memory.Contains(address, 1) ? _machine.Memory.Uncached(address, 1)[0] : (byte)0;
            _configuration[interrupt] = value;
        }

        return value;
    }
}
