using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Simulation;

/// <summary>
/// An SMMUv3 in front of a simulated machine: takes commands from its queue, walks the tables in the machine's memory, caches configurations and translations
/// until it is told to forget them, and reports what it stops. It is strict: what the architecture leaves undefined is noted in <see cref="Violations"/>.
/// </summary>
/// <remarks>Source: Arm IHI 0070, chapters 3 to 7.</remarks>
public sealed class SimulatedSmmuV3 : ISimulatedDevice, IDmaPath
{
    /// <summary>Bytes of its registers: two pages of 64 KiB.</summary>
    public const ulong SizeBytes = 0x2_0000;

    private const uint IllegalCommand = 1;
    private const uint CommandAbort = 2;
    private const byte BadStream = 0x02;
    private const byte WalkAbort = 0x0B;
    private const byte Translation = 0x10;

    private readonly SimulatedMachine _machine;
    private readonly SimulatedSmmuOptions _options;
    private readonly Dictionary<uint, ulong> _registers = [];
    private readonly Dictionary<uint, StreamConfiguration> _configurations = [];
    private readonly Dictionary<uint, ulong> _streamTables = [];
    private readonly TranslationCache _translations = new();
    private int _acknowledgeReads;

    /// <summary>Makes an SMMU; it is off and, as after a reset, lets everything pass.</summary>
    /// <param name="machine">What it stands in front of.</param>
    /// <param name="options">Which SMMU.</param>
    public SimulatedSmmuV3(SimulatedMachine machine, SimulatedSmmuOptions? options = null)
    {
        _machine = machine;
        _options = options ?? new SimulatedSmmuOptions();
        this[Smmuv3.Offsets.Gbpa] = 0x1000;
    }

    /// <summary>Whether it has stopped taking commands.</summary>
    public bool Hangs { get; set; }

    /// <summary>Whether CR0 and IRQ_CTRL are never acknowledged again.</summary>
    public bool NeverAcknowledges { get; set; }

    /// <summary>Whether it cannot read its command queue any more.</summary>
    public bool FetchFails { get; set; }

    /// <summary>Called before each command is taken, with its two words: to look at the tables at that moment, or to make the SMMU hang.</summary>
    public Action<ulong, ulong>? Commanded { get; set; }

    /// <summary>Which commands it calls illegal, by their first word, beside those that are.</summary>
    public Func<ulong, bool>? Refuses { get; set; }

    /// <summary>Called when it raises its event interrupt (true) or its error interrupt (false).</summary>
    public Action<bool>? Interrupted { get; set; }

    /// <summary>Transactions that passed untranslated.</summary>
    public int Bypassed { get; private set; }

    /// <summary>Transactions that were aborted.</summary>
    public int Aborted { get; private set; }

    /// <summary>What the driver did although the architecture forbids it.</summary>
    public List<string> Violations { get; } = [];

    private bool IsOn => new Smmuv3.Cr0((uint)this[Smmuv3.Offsets.Cr0]).SmmuEn;

    private ulong this[uint offset]
    {
        get => _registers.GetValueOrDefault(offset);
        set => _registers[offset] = value;
    }

    /// <inheritdoc/>
    public ulong Read(ulong offset, AccessWidth width)
    {
        uint register = (uint)offset;
        switch (register)
        {
            case Smmuv3.Offsets.Idr0:
                return (_options.Stage2 ? 1u : 0) | (_options.Stage1 ? 2u : 0) | (2u << 2) | (_options.Coherent ? 1u << 4 : 0) | (_options.Hypervisor ? 1u << 9 : 0)
                    | (_options.WideTags ? (1u << 12) | (1u << 18) : 0) | (2u << 21) | (_options.Stalls ? 0 : 1u << 24) | (1u << 26) | (_options.TwoLevelStreams ? 1u << 27 : 0);
            case Smmuv3.Offsets.Idr1:
                return _options.StreamBits | (_options.EventQueueLog2 << 16) | (_options.CommandQueueLog2 << 21) | (_options.Preset ? 1u << 30 : 0);
            case Smmuv3.Offsets.Idr5:
                return _options.OutputSizeCode | (1u << 4);
            case Smmuv3.Offsets.Cr0Ack or Smmuv3.Offsets.IrqCtrlAck when _acknowledgeReads > 0:
                _acknowledgeReads--;
                break;
            case Smmuv3.Offsets.Cr0Ack or Smmuv3.Offsets.IrqCtrlAck when !NeverAcknowledges:
                this[register] = this[register == Smmuv3.Offsets.Cr0Ack ? Smmuv3.Offsets.Cr0 : Smmuv3.Offsets.IrqCtrl];
                break;
            case Smmuv3.Offsets.CmdqCons when _options.Lazy:
                _ = TakeCommand();
                break;
            default:
                break;
        }

        return this[register];
    }

    /// <inheritdoc/>
    public void Write(ulong offset, AccessWidth width, ulong value)
    {
        uint register = (uint)offset;
        Smmuv3.Cr0 control = new((uint)this[Smmuv3.Offsets.Cr0]);
        switch (register)
        {
            case Smmuv3.Offsets.Gbpa:
                this[register] = _options.GlobalAbort && new Smmuv3.Gbpa((uint)value).Update ? value & 0x7FFF_FFFF : this[register];
                return;
            case Smmuv3.Offsets.Cr0:
                _acknowledgeReads = _options.AcknowledgeReads;
                this[register] = value & 0x1DF;
                TakeCommands();
                return;
            case Smmuv3.Offsets.IrqCtrl:
                _acknowledgeReads = _options.AcknowledgeReads;
                break;
            case Smmuv3.Offsets.Cr1 or Smmuv3.Offsets.StrtabBase or Smmuv3.Offsets.StrtabBaseCfg:
                Require(!control.SmmuEn, register);
                break;
            case Smmuv3.Offsets.CmdqBase or Smmuv3.Offsets.CmdqCons:
                Require(!control.CmdqEn, register);
                break;
            case Smmuv3.Offsets.EventqBase or Smmuv3.Offsets.EventqProd:
                Require(!control.EventqEn, register);
                break;
            case Smmuv3.Offsets.CmdqProd or Smmuv3.Offsets.EventqCons or Smmuv3.Offsets.Gerrorn or Smmuv3.Offsets.Cr2:
            case Smmuv3.Offsets.GerrorIrqCfg0 or Smmuv3.Offsets.EventqIrqCfg0:
                break;
            default:
                Violations.Add($"write of 0x{value:x} to 0x{register:x}");
                return;
        }

        this[register] = value;
        if (register is Smmuv3.Offsets.CmdqProd or Smmuv3.Offsets.Gerrorn)
        {
            TakeCommands();
        }
    }

    /// <inheritdoc/>
    public bool TryRead(uint stream, ulong address, Span<byte> into)
    {
        while (into.Length > 0)
        {
            int length = (int)Math.Min((ulong)into.Length, 0x1000 - (address & 0xFFF));
            if (!TryTranslate(stream, address, write: false, out ulong output) || !_machine.TryRead(stream, output, into[..length]))
            {
                return false;
            }

            into = into[length..];
            address += (ulong)length;
        }

        return true;
    }

    /// <inheritdoc/>
    public bool TryWrite(uint stream, ulong address, ReadOnlySpan<byte> from)
    {
        while (from.Length > 0)
        {
            int length = (int)Math.Min((ulong)from.Length, 0x1000 - (address & 0xFFF));
            if (!TryTranslate(stream, address, write: true, out ulong output) || !_machine.TryWrite(stream, output, from[..length]))
            {
                return false;
            }

            from = from[length..];
            address += (ulong)length;
        }

        return true;
    }

    /// <summary>Raises a global error, as hardware would.</summary>
    /// <param name="bit">The bit of GERROR.</param>
    public void Raise(int bit)
    {
        ulong mask = 1UL << bit;
        if (((this[Smmuv3.Offsets.Gerror] ^ this[Smmuv3.Offsets.Gerrorn]) & mask) == 0)
        {
            this[Smmuv3.Offsets.Gerror] ^= mask;
        }

        if (new Smmuv3.IrqCtrl((uint)this[Smmuv3.Offsets.IrqCtrl]).GerrorIrqEn)
        {
            Interrupted?.Invoke(false);
        }
    }

    private void Require(bool allowed, uint register)
    {
        if (!allowed)
        {
            Violations.Add($"0x{register:x} written while it is in use");
        }
    }

    private bool TryTranslate(uint stream, ulong address, bool write, out ulong output)
    {
        output = address;
        if (!IsOn)
        {
            bool aborts = new Smmuv3.Gbpa((uint)this[Smmuv3.Offsets.Gbpa]).Abort;
            return aborts ? Abort() : Bypass();
        }

        Smmuv3.StrtabBaseCfg table = new((uint)this[Smmuv3.Offsets.StrtabBaseCfg]);
        if (stream >> (int)table.Log2Size != 0)
        {
            return Report(BadStream, stream, address, write, stage2: false, new Smmuv3.Cr2((uint)this[Smmuv3.Offsets.Cr2]).RecInvSid);
        }

        if (!_configurations.TryGetValue(stream, out StreamConfiguration? configuration))
        {
            if (!TryFindEntry(table, stream, out ulong entry))
            {
                return Report(BadStream, stream, address, write, stage2: false, new Smmuv3.Cr2((uint)this[Smmuv3.Offsets.Cr2]).RecInvSid);
            }

            configuration = StreamConfiguration.Fetch(_machine.Memory, entry, _options);
            _configurations[stream] = configuration;
        }

        if (configuration.Event != 0)
        {
            return Report(configuration.Event, stream, 0, write: true, stage2: false, record: true);
        }

        return configuration.Aborts ? Abort()
            : configuration.Walk is { } walk ? TryWalk(configuration, walk, stream, address, write, out output)
            : Bypass();
    }

    private bool TryFindEntry(Smmuv3.StrtabBaseCfg table, uint stream, out ulong entry)
    {
        ulong start = this[Smmuv3.Offsets.StrtabBase] & 0x000F_FFFF_FFFF_FFC0;
        entry = start + (stream * 64UL);
        if (table.Fmt == Smmuv3.StrtabBaseCfgFmt.Linear)
        {
            return true;
        }

        // Of two levels: the descriptor of a table is cached, be it valid or not, until a command without the leaf flag names a stream of it.
        int split = (int)table.Split;
        uint index = stream >> split;
        if (!_streamTables.TryGetValue(index, out ulong descriptor))
        {
            ulong address = start + (index * 8UL);
            descriptor = _machine.Memory.Contains(address, 8) ? BinaryPrimitives.ReadUInt64LittleEndian(_machine.Memory.Uncached(address, 8)) : 0;
            _streamTables[index] = descriptor;
        }

        int span = (int)(descriptor & 0x1F);
        uint offset = stream & ((1u << split) - 1);
        entry = (descriptor & 0x000F_FFFF_FFFF_FFC0) + (offset * 64UL);
        return span > 0 && span - 1 <= split && offset >> (span - 1) == 0;
    }

    private bool TryWalk(StreamConfiguration configuration, TableWalk walk, uint stream, ulong address, bool write, out ulong output)
    {
        if (_translations.TryFind(walk.Stage2, configuration.Tag, address, write, out output))
        {
            return true;
        }

        WalkFault fault = walk.Translate(address, write, out output, out ulong leafBytes);
        if (fault != WalkFault.None)
        {
            byte number = fault == WalkFault.Abort ? WalkAbort : (byte)(Translation + (int)fault - (int)WalkFault.Translation);
            return Report(number, stream, address, write, walk.Stage2, configuration.Records);
        }

        _translations.Add(walk.Stage2, configuration.Tag, address, output, leafBytes, write);
        return true;
    }

    private bool Bypass()
    {
        Bypassed++;
        return true;
    }

    private bool Abort()
    {
        Aborted++;
        return false;
    }

    private bool Report(byte number, uint stream, ulong address, bool write, bool stage2, bool record)
    {
        Aborted++;
        if (!record || !new Smmuv3.Cr0((uint)this[Smmuv3.Offsets.Cr0]).EventqEn)
        {
            return false;
        }

        Smmuv3.EventqBase queue = new(this[Smmuv3.Offsets.EventqBase]);
        Smmuv3.EventqProd produced = new((uint)this[Smmuv3.Offsets.EventqProd]);
        Smmuv3.EventqCons consumed = new((uint)this[Smmuv3.Offsets.EventqCons]);
        int size = (int)queue.Log2Size;
        uint positions = (2u << size) - 1;
        if (((produced.Wr ^ consumed.Rd) & positions) == 1u << size)
        {
            bool pending = produced.OvFlg != consumed.OvAckFlg;
            this[Smmuv3.Offsets.EventqProd] = (produced with { OvFlg = pending ? produced.OvFlg : !produced.OvFlg }).Value;
            return false;
        }

        ulong entry = (queue.Addr << 5) + ((produced.Wr & ((1u << size) - 1)) * 32UL);
        Span<byte> words = _machine.Memory.Uncached(entry, 32);
        BinaryPrimitives.WriteUInt64LittleEndian(words, number | ((ulong)stream << 32));
        BinaryPrimitives.WriteUInt64LittleEndian(words[8..], (write ? 0 : 1UL << 35) | (stage2 ? 1UL << 39 : 0) | (2UL << 40));
        BinaryPrimitives.WriteUInt64LittleEndian(words[16..], address);
        BinaryPrimitives.WriteUInt64LittleEndian(words[24..], stage2 ? address & ~0xFFFUL : 0);
        this[Smmuv3.Offsets.EventqProd] = (produced with { Wr = (produced.Wr + 1) & positions }).Value;
        if (new Smmuv3.IrqCtrl((uint)this[Smmuv3.Offsets.IrqCtrl]).EventqIrqEn)
        {
            Interrupted?.Invoke(true);
        }

        return false;
    }

    private void TakeCommands()
    {
        while (!_options.Lazy && TakeCommand())
        {
        }
    }

    private bool TakeCommand()
    {
        Smmuv3.CmdqBase queue = new(this[Smmuv3.Offsets.CmdqBase]);
        Smmuv3.CmdqCons consumed = new((uint)this[Smmuv3.Offsets.CmdqCons]);
        int size = (int)queue.Log2Size;
        uint positions = (2u << size) - 1;
        uint produced = new Smmuv3.CmdqProd((uint)this[Smmuv3.Offsets.CmdqProd]).Wr & positions;
        bool stopped = ((this[Smmuv3.Offsets.Gerror] ^ this[Smmuv3.Offsets.Gerrorn]) & 1) != 0;
        if (Hangs || stopped || produced == consumed.Rd || !new Smmuv3.Cr0((uint)this[Smmuv3.Offsets.Cr0]).CmdqEn)
        {
            return false;
        }

        ulong entry = (queue.Addr << 5) + ((consumed.Rd & ((1u << size) - 1)) * 16UL);
        if (FetchFails || !_machine.Memory.Contains(entry, 16))
        {
            return Refuse(consumed, CommandAbort);
        }

        ReadOnlySpan<byte> words = _machine.Memory.Uncached(entry, 16);
        ulong low = BinaryPrimitives.ReadUInt64LittleEndian(words);
        ulong high = BinaryPrimitives.ReadUInt64LittleEndian(words[8..]);
        Commanded?.Invoke(low, high);
        if (Hangs)
        {
            return false;
        }

        if (Refuses?.Invoke(low) == true || !Execute(low, high))
        {
            return Refuse(consumed, IllegalCommand);
        }

        this[Smmuv3.Offsets.CmdqCons] = (consumed with { Rd = (consumed.Rd + 1) & positions }).Value;
        return true;
    }

    private bool Refuse(Smmuv3.CmdqCons consumed, uint error)
    {
        this[Smmuv3.Offsets.CmdqCons] = (consumed with { Err = (Smmuv3.CmdqConsErr)error }).Value;
        Raise(0);
        return false;
    }

    private bool Execute(ulong low, ulong high)
    {
        uint stream = (uint)(low >> 32);
        ushort machine = (ushort)(low >> 32);
        ushort space = (ushort)(low >> 48);
        ulong address = high & ~0xFFFUL;
        switch (low & 0xFF)
        {
            case 0x01 or 0x02 or 0x46:
                return true;
            case 0x03 or 0x05 or 0x06:
                _configurations.Remove(stream);
                if ((low & 0xFF) == 0x03 && (high & 1) == 0)
                {
                    _streamTables.Remove(stream >> (int)new Smmuv3.StrtabBaseCfg((uint)this[Smmuv3.Offsets.StrtabBaseCfg]).Split);
                }

                return true;
            case 0x04:
                _configurations.Clear();
                _streamTables.Clear();
                return true;
            case 0x10 when _options.Stage1:
                _translations.Remove(stage2: false);
                return true;
            case 0x11 when _options.Stage1:
                _translations.Remove(stage2: false, space);
                return true;
            case 0x12 when _options.Stage1:
                _translations.Remove(stage2: false, space, address);
                return true;
            case 0x13 when _options.Stage1:
                _translations.Remove(stage2: false, null, address);
                return true;
            case 0x20 when _options.Hypervisor:
                return true;
            case 0x28 when _options.Stage2:
                _translations.Remove(stage2: true, machine);
                return true;
            case 0x2A when _options.Stage2:
                _translations.Remove(stage2: true, machine, address);
                return true;
            case 0x30:
                _translations.Clear();
                return true;
            default:
                return false;
        }
    }
}
