using System;
using Sluice.Registers.Description;
using Xunit;

namespace Sluice.Registers.Tests.Interpreter;

/// <summary>The same random accesses to two views, which must agree on every answer.</summary>
public sealed class AccessStream(Random random, BlockModel block, IViewUnderTest tables, InterpretedView interpreter)
{
    private readonly Hardware _hardware = ((IViewOfHardware)tables).Hardware ??= new Hardware(block);

    private static readonly AccessWidth[] s_widths = [AccessWidth.Byte, AccessWidth.HalfWord, AccessWidth.Word, AccessWidth.DoubleWord];

    /// <summary>Makes so many accesses.</summary>
    public void Run(int count)
    {
        CompareAll("after construction");
        for (int access = 0; access < count; access++)
        {
            Step(access);
        }

        CompareAll("at the end");
    }

    private void Step(int access)
    {
        AccessWidth width = s_widths[random.Next(4)];
        uint offset = Offset(width);
        ulong value = random.Next(4) switch { 0 => 0, 1 => ulong.MaxValue, _ => (ulong)random.NextInt64() };
        uint lanes = (uint)random.Next(1, 16);
        int what = random.Next(100);
        switch (what)
        {
            case < 40:
                AccessResult read = interpreter.Read(offset, width, out ulong expected);
                Agree((read, expected), (tables.Read(offset, width, out ulong actual), actual), access, $"read {width} at 0x{offset:X}");
                break;
            case < 80:
                AccessResult written = interpreter.Write(offset, width, value);
                Agree(written, tables.Write(offset, width, value), access, $"write {width} 0x{value:X} at 0x{offset:X}");
                break;
            case < 87:
                AccessResult wordRead = interpreter.ReadWord(offset, lanes, out uint expectedWord);
                AccessResult tableRead = tables.ReadWord(offset, lanes, out uint actualWord);
                uint mask = new Lanes(lanes).Mask32;
                Agree((wordRead, expectedWord & mask), (tableRead, actualWord & mask), access, $"read lanes 0x{lanes:X} at 0x{offset:X}");
                break;
            case < 94:
                AccessResult wordWritten = interpreter.WriteWord(offset, lanes, (uint)value);
                Agree(wordWritten, tables.WriteWord(offset, lanes, (uint)value), access, $"write lanes 0x{lanes:X} 0x{(uint)value:X} at 0x{offset:X}");
                break;
            case 94:
                ResetKind kind = random.Next(2) == 0 ? ResetKind.Warm : ResetKind.PowerOn;
                interpreter.Reset(kind);
                tables.Reset(kind);
                _hardware.Reset(kind);
                break;
            case 95:
                byte[] snapshot = tables.Save();
                tables.Reset(ResetKind.PowerOn);
                RestoreOutcome wanted = interpreter.Restore(snapshot);
                RestoreOutcome restored = tables.Restore(snapshot);
                Agree((wanted.Result, wanted.Register, wanted.Element), (restored.Result, restored.Register, restored.Element), access, "restore");
                if (restored.Result != RestoreResult.Restored)
                {
                    // What cannot be restored begins anew, and so does what is behind it.
                    _hardware.Reset(ResetKind.PowerOn);
                }

                break;
            default:
                ComparePeek(offset, $"peek, access {access}");
                break;
        }

        CompareHardware($"after access {access}: {what} {width} at 0x{offset:X}, value 0x{value:X}, lanes 0x{lanes:X}");

        if (access % 250 == 0)
        {
            CompareAll($"after access {access}");
        }
    }

    // Mostly aligned and at a register; sometimes neither.
    private uint Offset(AccessWidth width) => random.Next(20) switch
    {
        0 => (uint)random.NextInt64(),
        1 => (uint)random.Next((int)block.SizeBytes + 16),
        2 => (block.SizeBytes - (uint)width) & ~((uint)width - 1),
        3 or 4 => (uint)random.Next((int)block.SizeBytes) & ~((uint)width - 1),
        _ => AtRegister() & ~((uint)width - 1),
    };

    private uint AtRegister()
    {
        if (block.Registers.Count == 0)
        {
            return 0;
        }

        RegisterModel register = block.Registers[random.Next(block.Registers.Count)];
        return register.Offset + ((uint)random.Next((int)register.Dimension.Count) * register.Dimension.StrideBytes) + (uint)random.Next(register.WidthBits / 8);
    }

    private void CompareAll(string when)
    {
        for (uint offset = 0; offset < block.SizeBytes + 8; offset += 4)
        {
            ComparePeek(offset, when);
        }

        CompareHardware(when);
    }

    private void ComparePeek(uint offset, string when)
    {
        uint actual = tables.Peek(offset);
        Assert.True(interpreter.IsHardwares(offset) || interpreter.Peek(offset) == actual, $"{block.Name}: word 0x{offset:X} is 0x{actual:X8}, not 0x{interpreter.Peek(offset):X8}, {when}");
    }

    private void CompareHardware(string when)
    {
        string? differs = interpreter.DiffersFrom(_hardware);
        Assert.True(differs is null, $"{block.Name}: the hardware's {differs}, {when}");
    }

    private void Agree<T>(T expected, T actual, int access, string what)
        => Assert.True(Equals(expected, actual), $"{block.Name}, access {access}, {what}: {actual}, not {expected}");
}
