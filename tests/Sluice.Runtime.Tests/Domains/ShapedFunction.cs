using System;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Simulation.Pci;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>The reference device, changed as a test needs it, and able to reset itself in every way that there is.</summary>
public sealed class ShapedFunction : DmaFunction
{
    public const uint Af = 0xE0;

    private const uint Pm = 0x40;
    private const uint Express = 0x90;
    private uint _powerState;

    /// <summary>Resets by the advanced features capability, and by the power state.</summary>
    public List<string> OtherResets { get; } = [];

    /// <summary>Called with each write to config space, before it is done.</summary>
    public Action<uint, AccessWidth, uint>? Writing { get; set; }

    /// <summary>Reads of the identity that answer with a request to ask again (CRS).</summary>
    public int Retries { get; set; }

    /// <summary>What a config read answers, if not what stands there.</summary>
    public Func<uint, AccessWidth, uint, uint>? Answering { get; set; }

    /// <summary>Whether requests of it are never answered.</summary>
    public bool IsBusy { get; set; }

    public ShapedFunction Set(uint offset, AccessWidth width, uint value, uint writable = 0)
    {
        Define(offset, width, value, writable);
        return this;
    }

    public ShapedFunction WithoutFlr() => Set(Express + 4, AccessWidth.Word, 0x0000_8FC0);

    /// <summary>Without any capability but MSI-X.</summary>
    public ShapedFunction Conventional()
    {
        Set(0x34, AccessWidth.Byte, 0x70);
        return Set(0x70, AccessWidth.Word, 0x0010_0011, 0xC000_0000);
    }

    public ShapedFunction WithAf()
    {
        Set(Express, AccessWidth.Word, 0x0002_0010 | (Af << 8));
        Set(Af, AccessWidth.Word, 0x0306_0013);
        return Set(Af + 4, AccessWidth.HalfWord, 0, 0x0001);
    }

    /// <summary>BAR2 has another size than the reference device's.</summary>
    public ShapedFunction Bar2Bytes(ulong bytes) => Set(0x18, AccessWidth.Word, 0, (uint)~(bytes - 1));

    /// <summary>Its virtual functions are switched on.</summary>
    public ShapedFunction WithVirtual(uint count, uint offset, uint stride)
    {
        Set(0x148, AccessWidth.HalfWord, 0x0009);
        Set(0x150, AccessWidth.HalfWord, count);
        return Set(0x154, AccessWidth.Word, offset | (stride << 16));
    }

    public ShapedFunction WithPhantom(uint bits) => Set(Express + 4, AccessWidth.Word, 0x1000_8FC0 | (bits << 3));

    public ShapedFunction WithAccessControl(uint abilities, uint enabled)
    {
        Set(0x180, AccessWidth.Word, 0x0001_000D);
        Set(0x184, AccessWidth.HalfWord, abilities);
        return Set(0x186, AccessWidth.HalfWord, enabled, abilities);
    }

    protected override uint AnswerConfig(uint offset, AccessWidth width, uint value)
    {
        if (offset == 0 && Retries > 0)
        {
            Retries--;
            return 0x0001;
        }

        bool isStatus = offset <= Express + 10 && offset + (uint)width > Express + 10;
        value |= IsBusy && isStatus ? 0x20u << (int)((Express + 10 - offset) * 8) : 0;
        return Answering?.Invoke(offset, width, value) ?? value;
    }

    protected override void OnConfigWritten(uint offset, AccessWidth width, uint value)
    {
        Writing?.Invoke(offset, width, value);
        uint state = Peek(Pm + 4, AccessWidth.Byte) & 3;
        if (_powerState == 3 && state == 0 && (Peek(Pm + 4, AccessWidth.Byte) & 8) == 0)
        {
            OtherResets.Add("power");
            ResetConfig();
        }

        _powerState = state;
        if (offset <= Af + 4 && offset + (uint)width > Af + 4 && (Peek(Af, AccessWidth.Byte) == 0x13) && ((value >> (int)((Af + 4 - offset) * 8)) & 1) != 0)
        {
            OtherResets.Add("af");
            Poke(Af + 4, AccessWidth.Byte, 0);
            ResetConfig();
        }

        base.OnConfigWritten(offset, width, value);
    }

    protected override void ResetConfig()
    {
        base.ResetConfig();
        if (Peek(0x180, AccessWidth.HalfWord) == 0x000D)
        {
            Poke(0x186, AccessWidth.HalfWord, 0);
        }
    }
}
