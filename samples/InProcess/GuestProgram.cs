using System.IO;
using Sluice.Registers;
using Sluice.Simulation.Pci;

namespace Sluice.Samples.InProcess;

/// <summary>What an operating system and a driver in the guest do: find the function, place its memory, set up MSI-X, let it copy, take its interrupt.</summary>
internal sealed class GuestProgram
{
    private const ulong Source = GuestView.Ram + 0x1000;
    private const ulong Destination = GuestView.Ram + 0x8000;
    private const uint Length = 0x400;
    private const ulong Pattern = 0x5350_4C49_5543_4500;
    private const uint Entry = 3;
    private const uint Interrupt = GuestView.FirstMessageInterrupt + 5;

    private readonly Board _board;
    private readonly GuestProcessor _processor;
    private readonly TextWriter _output;

    public GuestProgram(Board board, TextWriter output)
    {
        _board = board;
        _output = output;
        _processor = new GuestProcessor(board);
        board.Processor = _processor;
    }

    public GuestOutcome Run()
    {
        if (!TryFindFunction(out ulong config) || !TryFindCapability(config, 0x11, out uint msix))
        {
            return GuestOutcome.Lost;
        }

        ulong memory = PlaceMemory(config);
        SetUpMessages(config, msix, memory);
        for (uint offset = 0; offset < Length; offset += 8)
        {
            _processor.Store(Source + offset, AccessWidth.DoubleWord, Pattern + offset);
        }

        return Copy(memory);
    }

    private bool TryFindFunction(out ulong config)
    {
        config = 0;
        int found = 0;
        for (uint device = 0; device < 32; device++)
        {
            ulong candidate = GuestView.ConfigSpace + (device << 15);
            uint identity = (uint)_processor.Load(candidate, AccessWidth.Word);
            if (identity != uint.MaxValue)
            {
                _output.WriteLine($"guest: pci 00:{device:x2}.0 {identity & 0xFFFF:x4}:{identity >> 16:x4}");
                config = candidate;
                found++;
            }
        }

        return found == 1;
    }

    private bool TryFindCapability(ulong config, uint id, out uint offset)
    {
        offset = (uint)_processor.Load(config + 0x34, AccessWidth.Byte);
        while (offset != 0 && _processor.Load(config + offset, AccessWidth.Byte) != id)
        {
            offset = (uint)_processor.Load(config + offset + 1, AccessWidth.Byte);
        }

        return offset != 0;
    }

    private ulong PlaceMemory(ulong config)
    {
        ulong next = GuestView.MemoryWindow;
        ulong first = next;
        for (uint bar = 0; bar < 6; bar++)
        {
            ulong register = config + 0x10 + (bar * 4);
            _processor.Store(register, AccessWidth.Word, uint.MaxValue);
            uint answer = (uint)_processor.Load(register, AccessWidth.Word);
            uint size = ~(answer & 0xFFFF_FFF0) + 1;
            bool isWide = (answer & 0x6) == 0x4;
            if (answer == 0)
            {
                continue;
            }

            next = (next + size - 1) & ~((ulong)size - 1);
            _processor.Store(register, AccessWidth.Word, next);
            _output.WriteLine($"guest: BAR {bar} at 0x{next:x}, 0x{size:x} bytes");
            next += size;
            if (isWide)
            {
                _processor.Store(register + 4, AccessWidth.Word, 0);
                bar++;
            }
        }

        _processor.Store(config + 0x04, AccessWidth.HalfWord, 0x0006);
        return first;
    }

    private void SetUpMessages(ulong config, uint msix, ulong memory)
    {
        ulong table = memory + (uint)_processor.Load(config + msix + 4, AccessWidth.Word) + (Entry * 16);
        _processor.Store(config + msix + 2, AccessWidth.HalfWord, 0xC000);
        _processor.Store(table, AccessWidth.Word, GuestView.Frame + 0x40);
        _processor.Store(table + 4, AccessWidth.Word, 0);
        _processor.Store(table + 8, AccessWidth.Word, Interrupt);
        _processor.Store(table + 12, AccessWidth.Word, 0);
        _processor.Store(config + msix + 2, AccessWidth.HalfWord, 0x8000);
    }

    private GuestOutcome Copy(ulong memory)
    {
        _processor.Store(memory + 0x00, AccessWidth.DoubleWord, Source);
        _processor.Store(memory + 0x08, AccessWidth.DoubleWord, Destination);
        _processor.Store(memory + 0x10, AccessWidth.Word, Length);
        _processor.Store(memory + 0x14, AccessWidth.Word, DmaFunction.Start | (Entry << 8));
        bool interrupted = _board.Guest.TryTakeInterrupt(out uint interrupt) && interrupt == Interrupt;
        uint status = (uint)_processor.Load(memory + 0x18, AccessWidth.Word);
        bool equal = true;
        for (uint offset = 0; offset < Length; offset += 8)
        {
            equal &= _processor.Load(Destination + offset, AccessWidth.DoubleWord) == Pattern + offset;
        }

        _output.WriteLine($"guest: copy of 0x{Length:x} bytes {(equal ? "is there" : "is not there")}, status {status}, interrupt {(interrupted ? interrupt : 0)}");
        return status == DmaFunction.Done && interrupted && equal ? GuestOutcome.Copied
            : status == DmaFunction.Failed && !interrupted && !equal ? GuestOutcome.CopyRefused
            : GuestOutcome.Lost;
    }
}
