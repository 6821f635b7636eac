using System;
using Sluice.Registers;

namespace Sluice.Simulation.Pci;

/// <summary>
/// The reference function of the conformance scenarios, with a small DMA engine: it copies memory and then sends an MSI-X message. BAR0/1 64-bit 64 KiB, BAR2
/// 32-bit 4 KiB, BAR4 I/O; PM, MSI, MSI-X (17 entries, table at BAR0+0x2F00, pending bits at BAR0+0x4000) and PCI Express with function-level reset.
/// </summary>
/// <remarks>
/// Registers of the engine in BAR0, 32 bits each: 0x00/0x04 source, 0x08/0x0C destination, 0x10 length in bytes, 0x14 control (bit 0 starts, bits 15:8 name
/// the vector), 0x18 status (bit 0 done, bit 1 the copy was refused).
/// </remarks>
public class DmaFunction : SimulatedFunction
{
    /// <summary>Control bit that starts a copy.</summary>
    public const uint Start = 1;

    /// <summary>Status bit: the copy has ended well.</summary>
    public const uint Done = 1;

    /// <summary>Status bit: the copy was refused on its way.</summary>
    public const uint Failed = 2;

    /// <summary>Where the MSI-X table lies in BAR0.</summary>
    public const ulong TableOffset = 0x2F00;

    /// <summary>Where the pending bits lie in BAR0.</summary>
    public const ulong PendingOffset = 0x4000;

    private const uint PmOffset = 0x40;
    private const uint MsiOffset = 0x50;
    private const uint MsixOffset = 0x70;
    private const uint PcieOffset = 0x90;
    private const int LargestCopy = 0x10000;
    private const uint FunctionReset = 0x8000;

    private const uint NoSoftReset = 0x8;

    private readonly uint[] _scratch = new uint[0x10000 / 4];
    private readonly byte[] _second = new byte[0x1000];
    private uint _powerState;

    /// <summary>Makes the function.</summary>
    public DmaFunction()
    {
        Define(0x00, AccessWidth.Word, 0x9034_10EE);
        Define(0x04, AccessWidth.HalfWord, 0, 0x07FF);
        Define(0x06, AccessWidth.HalfWord, 0x0010, 0, 0xF900);
        Define(0x08, AccessWidth.Word, 0x0880_0001);
        Define(0x0C, AccessWidth.Byte, 0, 0xFF);
        Define(0x2C, AccessWidth.Word, 0x0007_10EE);
        Define(0x30, AccessWidth.Word, 0, 0xFFFF_0001);
        Define(0x34, AccessWidth.Byte, PmOffset);
        Define(0x3C, AccessWidth.Byte, 0, 0xFF);
        Define(0x3D, AccessWidth.Byte, 1);
        DefineBar(new SimulatedBar(0, 0x10000, Is64Bit: true));
        DefineBar(new SimulatedBar(2, 0x1000));
        DefineBar(new SimulatedBar(4, 0x20, IsIo: true));
        Define(PmOffset, AccessWidth.Word, 0x0003_0001 | (MsiOffset << 8));
        Define(PmOffset + 4, AccessWidth.Word, 0, 0x0000_0103, 0x0000_8000);
        Define(MsiOffset, AccessWidth.Word, 0x0186_0005 | (MsixOffset << 8), 0x0071_0000);
        Define(MsiOffset + 4, AccessWidth.Word, 0, 0xFFFF_FFFC);
        Define(MsiOffset + 8, AccessWidth.Word, 0, 0xFFFF_FFFF);
        Define(MsiOffset + 12, AccessWidth.HalfWord, 0, 0xFFFF);
        Define(MsiOffset + 16, AccessWidth.Word, 0, 0x0000_00FF);
        Define(MsixOffset, AccessWidth.Word, 0x0010_0011 | (PcieOffset << 8), 0xC000_0000);
        Define(MsixOffset + 4, AccessWidth.Word, (uint)TableOffset);
        Define(MsixOffset + 8, AccessWidth.Word, (uint)PendingOffset);
        Define(PcieOffset, AccessWidth.Word, 0x0002_0010);
        Define(PcieOffset + 4, AccessWidth.Word, 0x1000_8FC0);
        Define(PcieOffset + 8, AccessWidth.HalfWord, 0x2810, 0x7FFF);
        Define(PcieOffset + 10, AccessWidth.HalfWord, 0, 0, 0x000F);
        Define(PcieOffset + 12, AccessWidth.Word, 0x0000_0C11);
        Define(PcieOffset + 16, AccessWidth.HalfWord, 0, 0x0FDB);
        Define(PcieOffset + 18, AccessWidth.HalfWord, 0x1011);
        Define(0x100, AccessWidth.Word, 0x1401_0001);
        Define(0x140, AccessWidth.Word, 0x1801_0010);
        Define(0x180, AccessWidth.Word, 0x0001_000F);
        Msix.Reset();
    }

    /// <summary>The MSI-X table and pending bits.</summary>
    public MsixUnit Msix { get; } = new(17);

    /// <summary>How many function-level resets there were.</summary>
    public int Resets { get; private set; }

    /// <summary>How many times the function has reset itself on its way from D3hot to D0.</summary>
    public int SoftResets { get; private set; }

    /// <summary>Whether the function does not come back from its next reset.</summary>
    public bool VanishesAtReset { get; set; }

    /// <summary>Whether MSI-X is enabled and not masked as a whole.</summary>
    public bool IsMsixLive => (Peek(MsixOffset + 2, AccessWidth.HalfWord) & 0xC000) == 0x8000;

    /// <inheritdoc/>
    public override ulong ReadMemory(int bar, ulong offset, AccessWidth width)
    {
        if (bar == 2)
        {
            return ReadBytes(_second, offset, width);
        }

        return Region(offset) switch
        {
            MemoryRegion.Table => Msix.ReadTable(offset - TableOffset, width),
            MemoryRegion.Pending => Msix.ReadPending(offset - PendingOffset, width),
            _ => ReadScratch(offset, width),
        };
    }

    /// <inheritdoc/>
    public override void WriteMemory(int bar, ulong offset, AccessWidth width, ulong value)
    {
        if (bar == 2)
        {
            WriteBytes(_second, offset, width, value);
            return;
        }

        switch (Region(offset))
        {
            case MemoryRegion.Table:
                Msix.WriteTable(offset - TableOffset, width, value);
                Flush();
                break;
            case MemoryRegion.Pending:
                break;
            default:
                WriteScratch(offset, width, value);
                if (offset == 0x14 && (value & Start) != 0)
                {
                    Copy((int)((value >> 8) & 0xFF));
                }

                break;
        }
    }

    /// <summary>Raises a vector: sends its message, or keeps it pending while it is masked.</summary>
    /// <param name="entry">Which entry of the table.</param>
    /// <returns>Whether a message was sent and arrived.</returns>
    public bool Signal(int entry)
    {
        if ((Peek(MsixOffset + 2, AccessWidth.HalfWord) & 0x8000) == 0 || entry >= Msix.Entries)
        {
            return false;
        }

        if (!IsMsixLive || Msix.IsMasked(entry))
        {
            Msix.SetPending(entry, true);
            return false;
        }

        return TrySendMessage(Msix.Address(entry), Msix.Data(entry));
    }

    /// <summary>Raises an MSI message: sends it, or keeps it pending while it is masked.</summary>
    /// <param name="message">Which one; the function can send eight.</param>
    /// <returns>Whether a message was sent and arrived.</returns>
    public bool SignalMessage(int message)
    {
        uint flags = Peek(MsiOffset + 2, AccessWidth.HalfWord);
        int enabled = 1 << (int)((flags >> 4) & 7);
        if ((flags & 1) == 0 || message >= enabled)
        {
            return false;
        }

        uint bit = 1u << message;
        uint pending = Peek(MsiOffset + 20, AccessWidth.Word);
        if ((Peek(MsiOffset + 16, AccessWidth.Word) & bit) != 0)
        {
            Poke(MsiOffset + 20, AccessWidth.Word, pending | bit);
            return false;
        }

        Poke(MsiOffset + 20, AccessWidth.Word, pending & ~bit);
        ulong address = Peek(MsiOffset + 4, AccessWidth.Word) | ((ulong)Peek(MsiOffset + 8, AccessWidth.Word) << 32);
        uint data = Peek(MsiOffset + 12, AccessWidth.HalfWord);
        return TrySendMessage(address, (data & ~(uint)(enabled - 1)) | (uint)message);
    }

    /// <inheritdoc/>
    protected override void OnConfigWritten(uint offset, AccessWidth width, uint value)
    {
        uint first = PcieOffset + 9;
        if (offset <= first && first < offset + (uint)width && ((value >> (int)((first - offset) * 8)) & (FunctionReset >> 8)) != 0)
        {
            Resets++;
            ResetConfig();
            IsPresent = !VanishesAtReset;
        }

        ChangePower();
        Flush();
    }

    /// <inheritdoc/>
    protected override void ResetConfig()
    {
        base.ResetConfig();
        Poke(MsixOffset + 2, AccessWidth.HalfWord, 0x0010);
        Poke(MsiOffset + 2, AccessWidth.HalfWord, 0x0186);
        Poke(MsiOffset + 16, AccessWidth.Word, 0);
        Poke(MsiOffset + 20, AccessWidth.Word, 0);
        Poke(PcieOffset + 8, AccessWidth.HalfWord, 0x2810);
        Msix.Reset();
        Array.Clear(_scratch);
    }

    private void ChangePower()
    {
        const uint Asleep = 3;
        uint status = Peek(PmOffset + 4, AccessWidth.HalfWord);
        bool wakes = _powerState == Asleep && (status & Asleep) == 0;
        _powerState = status & Asleep;
        if (wakes && (status & NoSoftReset) == 0)
        {
            SoftResets++;
            ResetConfig();
        }
    }

    private static MemoryRegion Region(ulong offset)
    {
        if (offset >= TableOffset && offset < TableOffset + (17 * 16))
        {
            return MemoryRegion.Table;
        }

        return offset >= PendingOffset && offset < PendingOffset + 8 ? MemoryRegion.Pending : MemoryRegion.Engine;
    }

    private static ulong ReadBytes(ReadOnlySpan<byte> bytes, ulong offset, AccessWidth width)
    {
        ulong value = 0;
        for (int index = 0; index < (int)width; index++)
        {
            value |= (ulong)bytes[(int)offset + index] << (index * 8);
        }

        return value;
    }

    private static void WriteBytes(Span<byte> bytes, ulong offset, AccessWidth width, ulong value)
    {
        for (int index = 0; index < (int)width; index++)
        {
            bytes[(int)offset + index] = (byte)(value >> (index * 8));
        }
    }

    private ulong ReadScratch(ulong offset, AccessWidth width)
        => ReadBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_scratch.AsSpan()), offset, width);

    private void WriteScratch(ulong offset, AccessWidth width, ulong value)
        => WriteBytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_scratch.AsSpan()), offset, width, value);

    private void Copy(int vector)
    {
        ulong source = ReadScratch(0x00, AccessWidth.DoubleWord);
        ulong destination = ReadScratch(0x08, AccessWidth.DoubleWord);
        uint length = _scratch[4];
        byte[] data = new byte[Math.Min(length, LargestCopy)];
        bool copied = length <= LargestCopy && TryDmaRead(source, data) && TryDmaWrite(destination, data);
        _scratch[6] = copied ? Done : Failed;
        if (copied)
        {
            Signal(vector);
        }
    }

    private void Flush()
    {
        for (int message = 0; message < 8; message++)
        {
            if ((Peek(MsiOffset + 20, AccessWidth.Word) & (1u << message)) != 0)
            {
                _ = SignalMessage(message);
            }
        }

        for (int entry = 0; entry < Msix.Entries; entry++)
        {
            if (Msix.IsPending(entry) && IsMsixLive && !Msix.IsMasked(entry))
            {
                Msix.SetPending(entry, false);
                // A message that nobody takes is lost, as it is on the bus.
                _ = TrySendMessage(Msix.Address(entry), Msix.Data(entry));
            }
        }
    }

    private enum MemoryRegion
    {
        Engine,
        Table,
        Pending,
    }
}
