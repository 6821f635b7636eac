using System;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Simulation.Blocks;

namespace Sluice.Simulation;

/// <summary>
/// An MMU-500 in front of a simulated machine. What a register does by itself comes from the description; this adds what happens to a transaction: stream matching,
/// the walk of a bank's stage-2 table in the machine's memory, the TLB that forgets nothing by itself, and the faults.
/// </summary>
/// <remarks>Source: Arm IHI 0062, sections 2 to 5; Arm DDI 0517.</remarks>
public sealed class SimulatedSmmu500 : ISimulatedDevice, IDmaPath
{
    /// <summary>Bytes of its registers.</summary>
    public const ulong SizeBytes = Smmu500.SizeBytes;

    private const uint PageShift = 12;
    private const uint FirstBankPage = 16;
    private const uint StreamMask = 0x7FFF;
    private const uint ContextFaultBits = 0x1FE;

    private readonly SimulatedMachine _machine;
    private readonly SimulatedSmmu500Options _options;
    private readonly TranslationCache _translations = new();
    private readonly List<(uint? Bank, Action Forget)> _begun = [];
    private readonly Dictionary<uint, uint> _highHalves = [];
    private Smmu500.Hardware _registers;
    private int _syncReads;

    /// <summary>Makes an SMMU as it is after a reset: it lets everything pass.</summary>
    /// <param name="machine">What it stands in front of.</param>
    /// <param name="options">Which SMMU.</param>
    public SimulatedSmmu500(SimulatedMachine machine, SimulatedSmmu500Options? options = null)
    {
        _machine = machine;
        _options = options ?? new SimulatedSmmu500Options();
        _registers.Reset(ResetKind.PowerOn);
        _registers.Sidr0 = _registers.Sidr0 with
        {
            S2ts = _options.Stage2,
            Sms = _options.MatchesStreams,
            Cttw = _options.Coherent,
            Numsmrg = _options.StreamEntries,
        };
        _registers.Sidr1 = _registers.Sidr1 with { Numcb = _options.ContextBanks, Pagesize = _options.LargePages };
        _registers.Sidr2 = _registers.Sidr2 with { Ias = _options.SizeCode, Oas = _options.SizeCode, Ubs = _options.SizeCode };
    }

    /// <summary>Whether what was begun is never done again.</summary>
    public bool Hangs { get; set; }

    /// <summary>Which registers, by offset, lose what is written to them.</summary>
    public Func<uint, bool>? Loses { get; set; }

    /// <summary>Called after each write, with offset and value: to look at the streams at that moment.</summary>
    public Action<uint, uint>? Written { get; set; }

    /// <summary>Called when a line changes: what surrounds the SMMU latches it.</summary>
    public Action? LinesChanged { get; set; }

    /// <summary>Transactions that passed untranslated.</summary>
    public int Bypassed { get; private set; }

    /// <summary>Transactions that were aborted.</summary>
    public int Aborted { get; private set; }

    /// <summary>What software did although the architecture leaves it undefined; only a strict one looks.</summary>
    public List<string> Violations { get; } = [];

    /// <summary>Whether a context bank wants an interrupt.</summary>
    public bool IsContextRaised
    {
        get
        {
            for (uint bank = 0; bank < _options.ContextBanks; bank++)
            {
                if (_registers.GetSmmuCbSctlr(bank).Cfie && (_registers.GetSmmuCbFsr(bank).Value & ContextFaultBits) != 0)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>Whether a global fault wants an interrupt.</summary>
    public bool IsGlobalRaised => _registers.Scr0.Gfie && _registers.Sgfsr.Value != 0;

    /// <summary>A register as it is, without any effect.</summary>
    /// <param name="offset">Byte offset.</param>
    public uint Peek(uint offset) => _registers.Peek(offset);

    /// <summary>Which streams more than one valid entry matches; none is what a driver must keep.</summary>
    public bool HasAmbiguousStreams
    {
        get
        {
            for (uint first = 0; first < _options.StreamEntries; first++)
            {
                for (uint second = first + 1; second < _options.StreamEntries; second++)
                {
                    Smmu500.SmmuSmr left = _registers.GetSmmuSmr(first);
                    Smmu500.SmmuSmr right = _registers.GetSmmuSmr(second);
                    if (left.Valid && right.Valid && ((left.Id ^ right.Id) & ~(left.Mask | right.Mask) & StreamMask) == 0)
                    {
                        return true;
                    }
                }
            }

            return false;
        }
    }

    /// <inheritdoc/>
    public ulong Read(ulong offset, AccessWidth width)
    {
        uint register = (uint)offset;
        bool isStatus = register == Smmu500.Offsets.Stlbgstatus || (TryBank(register, out _, out uint inBank) && inBank == BankOffset(Smmu500.Offsets.SmmuCbTlbstatus));
        if (isStatus)
        {
            bool active = Hangs || _syncReads > 0;
            _syncReads -= _syncReads > 0 ? 1 : 0;
            return active ? 1u : 0;
        }

        _registers.Read(register, width, out ulong value);
        return value;
    }

    /// <inheritdoc/>
    public void Write(ulong offset, AccessWidth width, ulong value)
    {
        uint register = (uint)offset;
        if (width == AccessWidth.DoubleWord)
        {
            // The halves take effect high one first.
            Write(offset + 4, AccessWidth.Word, value >> 32);
            Write(offset, AccessWidth.Word, (uint)value);
            return;
        }

        if (Loses?.Invoke(register) == true)
        {
            return;
        }

        bool isBank = TryBank(register, out uint bank, out uint inBank);
        Check(register, isBank, bank, inBank);
        _registers.Write(register, width, new GuestValue(value));
        if (isBank)
        {
            ActBank(bank, inBank, (uint)value);
        }
        else
        {
            Act(register, (uint)value);
        }

        Written?.Invoke(register, (uint)value);
        LinesChanged?.Invoke();
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

    private static uint BankOffset(uint offsetOfFirst) => offsetOfFirst & 0xFFF;

    private static bool TryBank(uint offset, out uint bank, out uint inBank)
    {
        uint page = offset >> (int)PageShift;
        bank = page - FirstBankPage;
        inBank = offset & 0xFFF;
        return page >= FirstBankPage;
    }

    private void Act(uint register, uint value)
    {
        switch (register)
        {
            case Smmu500.Offsets.Nscr0:
                // One world only: both copies are one.
                _registers.Scr0 = new Smmu500.Scr0(_registers.Nscr0.Value);
                break;
            case Smmu500.Offsets.Sgfsrrestore:
                _registers.Sgfsr = new Smmu500.Sgfsr(value & 0x8000_01FF);
                break;
            case Smmu500.Offsets.Stlbiall or Smmu500.Offsets.Tlbiallh or Smmu500.Offsets.Tlbiallnsnh:
                Begin(null, _translations.Clear);
                break;
            case Smmu500.Offsets.Tlbivmid:
                Begin(null, () => _translations.Remove(stage2: true, (byte)value));
                break;
            case Smmu500.Offsets.Stlbgsync or Smmu500.Offsets.Nstlbgsync:
                Finish(null);
                break;
            default:
                break;
        }
    }

    private void ActBank(uint bank, uint inBank, uint value)
    {
        if (inBank == BankOffset(Smmu500.Offsets.SmmuCbTlbiipas2High) || inBank == BankOffset(Smmu500.Offsets.SmmuCbTlbiipas2lHigh))
        {
            _highHalves[bank] = value;
        }
        else if (inBank == BankOffset(Smmu500.Offsets.SmmuCbTlbiipas2Low) || inBank == BankOffset(Smmu500.Offsets.SmmuCbTlbiipas2lLow))
        {
            ulong input = (value | ((ulong)_highHalves.GetValueOrDefault(bank) << 32)) << (int)PageShift;
            ushort tag = (ushort)_registers.GetSmmuCbar(bank).Vmid;
            Begin(bank, () => _translations.Remove(stage2: true, tag, input));
        }
        else if (inBank == BankOffset(Smmu500.Offsets.SmmuCbTlbsync))
        {
            Finish(bank);
        }
        else if (inBank == BankOffset(Smmu500.Offsets.SmmuCbFsrrestore))
        {
            _registers.SetSmmuCbFsr(bank, new Smmu500.SmmuCbFsr(value));
        }
        else if (inBank == BankOffset(Smmu500.Offsets.SmmuCbActlr) && _options.KeepsPrefetching)
        {
            _registers.SetSmmuCbActlr(bank, _registers.GetSmmuCbActlr(bank) with { Cpre = true });
        }
    }

    private void Begin(uint? bank, Action forget)
    {
        if (_options.Strict)
        {
            _begun.Add((bank, forget));
        }
        else
        {
            forget();
        }
    }

    private void Finish(uint? bank)
    {
        _syncReads = _options.SyncReads;
        if (Hangs)
        {
            return;
        }

        foreach ((uint? of, Action forget) in _begun)
        {
            if (bank is null || of == bank)
            {
                forget();
            }
        }

        _begun.RemoveAll(begun => bank is null || begun.Bank == bank);
    }

    private void Check(uint register, bool isBank, uint bank, uint inBank)
    {
        if (!_options.Strict)
        {
            return;
        }

        uint entry = (register - Smmu500.Offsets.SmmuS2cr) / 4;
        bool isTarget = register >= Smmu500.Offsets.SmmuS2cr && entry < _options.StreamEntries;
        uint attribute = register - Smmu500.Offsets.SmmuCbar;
        bool isKind = register is >= Smmu500.Offsets.SmmuCbar and < Smmu500.Offsets.SmmuCbar + 64
            || register is >= Smmu500.Offsets.SmmuCba2r and < Smmu500.Offsets.SmmuCba2r + 64;
        bool isTable = isBank && inBank is >= 0x20 and < 0x38;
        bool isOn = isTable ? _registers.GetSmmuCbSctlr(bank).M : isKind && _registers.GetSmmuCbSctlr(attribute / 4 % 16).M;
        if (isTarget && _registers.GetSmmuSmr(entry).Valid && _registers.GetSmmuS2cr(entry).Type == Smmu500.SmmuS2crType.Translate)
        {
            Violations.Add($"0x{register:x} written while its entry translates");
        }
        else if (isOn)
        {
            Violations.Add($"0x{register:x} written while its bank translates");
        }
    }

    private bool TryTranslate(uint stream, ulong address, bool write, out ulong output)
    {
        output = address;
        Smmu500.Scr0 control = _registers.Scr0;
        if (control.Clientpd)
        {
            return Bypass();
        }

        int found = -1;
        int matches = 0;
        for (uint entry = 0; entry < _options.StreamEntries; entry++)
        {
            Smmu500.SmmuSmr match = _registers.GetSmmuSmr(entry);
            if (match.Valid && ((stream ^ match.Id) & ~match.Mask & StreamMask) == 0)
            {
                found = (int)entry;
                matches++;
            }
        }

        if (matches > 1)
        {
            return Fault(default(Smmu500.Sgfsr) with { Smcf = true }, stream, address, write);
        }

        if (matches == 0)
        {
            return control.Usfcfg ? Fault(default(Smmu500.Sgfsr) with { Usf = true }, stream, address, write) : Bypass();
        }

        Smmu500.SmmuS2cr target = _registers.GetSmmuS2cr((uint)found);
        return target.Type switch
        {
            Smmu500.SmmuS2crType.Bypass => Bypass(),
            Smmu500.SmmuS2crType.Translate when target.CbndxVmid < _options.ContextBanks => TryWalk(target.CbndxVmid, stream, address, write, out output),
            _ => Fault(default(Smmu500.Sgfsr) with { Icf = true }, stream, address, write),
        };
    }

    private bool TryWalk(uint bank, uint stream, ulong address, bool write, out ulong output)
    {
        output = address;
        Smmu500.SmmuCbSctlr control = _registers.GetSmmuCbSctlr(bank);
        Smmu500.SmmuCbar kind = _registers.GetSmmuCbar(bank);
        if (!control.M)
        {
            return Bypass();
        }

        bool isPending = (_registers.GetSmmuCbFsr(bank).Value & ContextFaultBits) != 0;
        if (isPending && !control.Hupcf)
        {
            Aborted++;
            return false;
        }

        if (_translations.TryFind(true, (ushort)kind.Vmid, address, write, out output))
        {
            return true;
        }

        WalkFault fault = WalkFault.Translation;
        ulong leafBytes = 0;
        if (kind.Type == Smmu500.SmmuCbarType.Stage2 && TryConfigure(bank, out TableWalk? walk))
        {
            fault = walk!.Translate(address, write, out output, out leafBytes);
        }

        if (fault != WalkFault.None)
        {
            return Fault(bank, fault, stream, address, write);
        }

        _translations.Add(true, (ushort)kind.Vmid, address, output, leafBytes, write);
        return true;
    }

    private bool TryConfigure(uint bank, out TableWalk? walk)
    {
        uint control = _registers.GetSmmuCbTcrLpae(bank).Value;
        int sizeOffset = (int)(control & 0x3F);
        int startLevel = 2 - (int)((control >> 6) & 3);
        int rootBits = 64 - sizeOffset - (12 + (9 * (3 - startLevel)));
        uint granule = (control >> 14) & 3;
        uint output = Math.Min((control >> 16) & 7, _options.SizeCode);
        ulong root = _registers.GetSmmuCbTtbr0Low(bank).Value | ((ulong)(_registers.GetSmmuCbTtbr0High(bank).Value & 0xFFFF) << 32);
        bool valid = _registers.GetSmmuCba2r(bank).Va64 && granule == 0 && startLevel >= 0 && sizeOffset is >= 16 and <= 39 && rootBits is >= 1 and <= 13;
        walk = !valid || root % (8UL << rootBits) != 0 ? null : new TableWalk(_machine.Memory)
        {
            Stage2 = true,
            Root = root,
            SizeOffset = sizeOffset,
            StartLevel = startLevel,
            OutputBits = output switch { 0 => 32, 1 => 36, 2 => 40, 3 => 42, 4 => 44, _ => 48 },
        };
        return walk is not null;
    }

    private bool Bypass()
    {
        Bypassed++;
        return true;
    }

    private bool Fault(Smmu500.Sgfsr reason, uint stream, ulong address, bool write)
    {
        Aborted++;
        if (_registers.Sgfsr.Value != 0)
        {
            _registers.Sgfsr = _registers.Sgfsr with { Multi = true };
            return false;
        }

        _registers.Sgfsr = reason;
        _registers.SgfarLow = new Smmu500.SgfarLow((uint)address);
        _registers.SgfarHigh = new Smmu500.SgfarHigh((uint)(address >> 32) & 0x1FFFF);
        _registers.Sgfsynr0 = default(Smmu500.Sgfsynr0) with { Wnr = write };
        _registers.Sgfsynr1 = default(Smmu500.Sgfsynr1) with { Streamid = stream & StreamMask };
        LinesChanged?.Invoke();
        return false;
    }

    private bool Fault(uint bank, WalkFault reason, uint stream, ulong address, bool write)
    {
        Aborted++;
        Smmu500.SmmuCbFsr status = _registers.GetSmmuCbFsr(bank);
        if ((status.Value & ContextFaultBits) != 0)
        {
            _registers.SetSmmuCbFsr(bank, status with { Multi = true });
            return false;
        }

        _registers.SetSmmuCbFsr(bank, status with
        {
            Tf = reason == WalkFault.Translation,
            Aff = reason == WalkFault.AccessFlag,
            Pf = reason == WalkFault.Permission,
            Asf = reason == WalkFault.AddressSize,
            Ef = reason == WalkFault.Abort,
        });
        _registers.SetSmmuCbFarLow(bank, new Smmu500.SmmuCbFarLow((uint)address));
        _registers.SetSmmuCbFarHigh(bank, new Smmu500.SmmuCbFarHigh((uint)(address >> 32) & 0x1FFFF));
        _registers.SetSmmuCbFsynr0(bank, default(Smmu500.SmmuCbFsynr0) with { Wnr = write });
        _registers.SetSmmuCbfrsynra(bank, default(Smmu500.SmmuCbfrsynra) with { Streamid = stream & StreamMask });
        LinesChanged?.Invoke();
        return false;
    }
}
