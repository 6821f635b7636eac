using System;
using System.Buffers.Binary;
using Sluice.Registers;

namespace Sluice.Simulation.Pci;

/// <summary>
/// A device that is driven by rings in memory, as disks and network adapters are: it fetches commands from one ring, does them by DMA, puts a completion into another and sends one MSI-X
/// message for each doorbell. Everything it touches goes through its DMA path, so that an SMMU stands between it and both rings.
/// </summary>
/// <remarks>
/// Config space is that of <see cref="DmaFunction"/> with device id 0x9035. Registers in BAR2, 32 bits each: 0x00/0x04 ring of commands, 0x08/0x0C ring of completions, 0x10 entries of
/// each (a power of two up to 256; 0 switches the device off and begins anew), 0x14 doorbell (index behind the last command), 0x18 status (bit 0 on, bit 1 stopped by a DMA that was
/// refused), 0x1C vector. A command has 32 bytes: operation (1 copy, 2 fill), tag, length, value, source, destination. A completion has 16: tag, result (0 done, 1 refused, 2 no such
/// operation), phase (1 in the first round, then it changes with each), index behind the command.
/// </remarks>
public sealed class QueueFunction : DmaFunction
{
    /// <summary>Bytes of a command.</summary>
    public const int CommandBytes = 32;

    /// <summary>Bytes of a completion.</summary>
    public const int CompletionBytes = 16;

    /// <summary>Operation: copies memory.</summary>
    public const uint Copy = 1;

    /// <summary>Operation: fills memory with a byte.</summary>
    public const uint Fill = 2;

    /// <summary>Offset of the doorbell in BAR2.</summary>
    public const ulong Doorbell = 0x14;

    /// <summary>Offset of the status in BAR2.</summary>
    public const ulong Status = 0x18;

    private const ulong Entries = 0x10;
    private const ulong Vector = 0x1C;
    private const uint MostEntries = 256;
    private const int MostBytes = 0x1_0000;
    private const uint On = 1;
    private const uint Stopped = 2;

    private readonly uint[] _registers = new uint[8];
    private uint _head;
    private uint _phase = 1;

    /// <summary>Makes the function.</summary>
    public QueueFunction()
    {
        Define(0x00, AccessWidth.Word, 0x9035_10EE);
    }

    /// <summary>Commands that were done, whatever came of them.</summary>
    public int Completed { get; private set; }

    /// <inheritdoc/>
    public override ulong ReadMemory(int bar, ulong offset, AccessWidth width)
        => bar == 2 ? (offset < 0x20 && width == AccessWidth.Word ? _registers[offset / 4] : 0) : base.ReadMemory(bar, offset, width);

    /// <inheritdoc/>
    public override void WriteMemory(int bar, ulong offset, AccessWidth width, ulong value)
    {
        if (bar != 2)
        {
            base.WriteMemory(bar, offset, width, value);
        }
        else if (offset < 0x20 && width == AccessWidth.Word && offset != Status)
        {
            _registers[offset / 4] = (uint)value;
            if (offset == Entries)
            {
                Restart((uint)value);
            }
            else if (offset == Doorbell)
            {
                Work((uint)value);
            }
        }
    }

    /// <inheritdoc/>
    protected override void ResetConfig()
    {
        base.ResetConfig();
        Array.Clear(_registers);
        Restart(0);
    }

    private void Restart(uint entries)
    {
        bool isValid = entries is > 1 and <= MostEntries && (entries & (entries - 1)) == 0;
        _head = 0;
        _phase = 1;
        _registers[Status / 4] = isValid ? On : 0;
    }

    private void Work(uint tail)
    {
        uint entries = _registers[Entries / 4];
        bool any = false;
        while ((_registers[Status / 4] & (On | Stopped)) == On && _head != (tail & (entries - 1)))
        {
            Step(entries);
            any = true;
        }

        if (any)
        {
            // A message that nobody takes is lost, as it is on the bus.
            _ = Signal((int)_registers[Vector / 4]);
        }
    }

    private void Step(uint entries)
    {
        Span<byte> command = stackalloc byte[CommandBytes];
        if (!TryDmaRead(Base(0) + (_head * CommandBytes), command))
        {
            _registers[Status / 4] |= Stopped;
            return;
        }

        uint place = _head;
        uint phase = _phase;
        _head = (_head + 1) & (entries - 1);
        _phase ^= _head == 0 ? 1u : 0;
        Span<byte> completion = stackalloc byte[CompletionBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(completion, BinaryPrimitives.ReadUInt32LittleEndian(command[4..]));
        BinaryPrimitives.WriteUInt32LittleEndian(completion[4..], Execute(command));
        BinaryPrimitives.WriteUInt32LittleEndian(completion[8..], phase);
        BinaryPrimitives.WriteUInt32LittleEndian(completion[12..], _head);
        if (!TryDmaWrite(Base(2) + (place * CompletionBytes), completion))
        {
            _registers[Status / 4] |= Stopped;
        }

        Completed++;
    }

    private uint Execute(ReadOnlySpan<byte> command)
    {
        uint operation = BinaryPrimitives.ReadUInt32LittleEndian(command);
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(command[8..]);
        ulong source = BinaryPrimitives.ReadUInt64LittleEndian(command[16..]);
        ulong destination = BinaryPrimitives.ReadUInt64LittleEndian(command[24..]);
        if (operation is not (Copy or Fill) || length > MostBytes)
        {
            return 2;
        }

        byte[] data = new byte[length];
        if (operation == Fill)
        {
            Array.Fill(data, command[12]);
        }
        else if (!TryDmaRead(source, data))
        {
            return 1;
        }

        return TryDmaWrite(destination, data) ? 0u : 1;
    }

    private ulong Base(int register) => _registers[register] | ((ulong)_registers[register + 1] << 32);
}
