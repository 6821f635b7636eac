using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.Memory;
using Xunit;

namespace Sluice.Repository.Tests;

/// <summary>What a stranger does who has a model of his own: the example of docs/hardware.md, over registers that do no more than keep what is written.</summary>
public sealed class HardwareExample
{
    [Fact]
    public void Every_line_of_the_page_s_code_is_compiled_here()
    {
        HashSet<string> compiled = [.. Lines(TrackedFiles.Text("tests/Sluice.Repository.Tests/DriverExample.cs"))];
        string code = TrackedFiles.Text("docs/hardware.md").Split("```csharp\n")[1].Split("```")[0];

        Assert.InRange(Lines(code).Count(), 20, 60);
        Assert.DoesNotContain(Lines(code), line => !compiled.Contains(line));
    }

    [Fact]
    public void It_drives_a_model_that_only_keeps_what_is_written()
        => Assert.Equal(
            "900010ee behind the link, messages to 0xFD480000 = 0, Done, Done, Done",
            DriverExample.Drive(new WordBus(Reset()), new Words([]), new StoppedClock()));

    [Fact]
    public void It_names_the_register_of_a_model_that_is_not_there_yet()
    {
        Dictionary<ulong, uint> words = Reset();
        words[0xFD48_0238] = 1;

        Assert.Equal("NwlAttributes 0x238: 0x1, bits 0x2 should be 0x2", DriverExample.Drive(new WordBus(words), new Words([]), new RunningClock()));
    }

    /// <summary>The registers that are not zero after reset, and the headers of a root port and of one function.</summary>
    private static Dictionary<ulong, uint> Reset() => new()
    {
        [0xFD0E_0000] = 0x1_0000,
        [0xFD0E_0200] = 0x030C_0001,
        [0xFD0E_0208] = 2,
        [0xFD0E_0220] = 0x100C_0001,
        [0xFD0E_0300] = 0x1F0C_0001,
        [0xFD48_0238] = 3,
        [0x80_0000_0000] = 0xD021_10EE,
        [0x80_0000_0008] = 0x0604_0000,
        [0x80_0000_000C] = 0x0001_0000,
        [0x80_0010_0000] = 0x9000_10EE,
        [0xFD80_0000] = 0x20_0001,
        [0xFD80_0020] = 0xFC01_3E30,
        [0xFD80_0024] = 0x3000_0F10,
        [0xFD80_0028] = 0x5555,
    };

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

    /// <summary>Words that keep what is written, but for what clears: one of the SMMU's faults, and of the bridge's events.</summary>
    private readonly struct WordBus(Dictionary<ulong, uint> words) : IRegisterBus
    {
        public byte Read8(RegisterAddress address) => (byte)(Read32(Aligned(address)) >> (int)((address.Value & 3) * 8));

        public ushort Read16(RegisterAddress address) => (ushort)(Read32(Aligned(address)) >> (int)((address.Value & 3) * 8));

        public uint Read32(RegisterAddress address) => words.GetValueOrDefault(address.Value);

        public ulong Read64(RegisterAddress address) => Read32(address) | ((ulong)Read32(address + 4) << 32);

        public void Write8(RegisterAddress address, byte value) => Merge(address, value, 0xFF);

        public void Write16(RegisterAddress address, ushort value) => Merge(address, value, 0xFFFF);

        public void Write32(RegisterAddress address, uint value)
        {
            bool clears = address.Value is 0xFD0E_0400 or 0xFD0E_0440 or 0xFD0E_0444 or 0xFD80_0048 || (address.Value >= 0xFD81_0000 && address.Value < 0xFD82_0000 && (address.Value & 0xFFF) == 0x58);
            words[address.Value] = clears ? Read32(address) & ~value : value;
        }

        public void Write64(RegisterAddress address, ulong value)
        {
            Write32(address, (uint)value);
            Write32(address + 4, (uint)(value >> 32));
        }

        private static RegisterAddress Aligned(RegisterAddress address) => new(address.Value & ~3UL);

        private void Merge(RegisterAddress address, uint value, uint mask)
        {
            int shift = (int)(address.Value & 3) * 8;
            Write32(Aligned(address), (Read32(Aligned(address)) & ~(mask << shift)) | (value << shift));
        }
    }

    private readonly struct Words(Dictionary<ulong, ulong> words) : IMachineMemory
    {
        public ulong Read64(MachineAddress address) => words.GetValueOrDefault(address.Value);

        public void Write64(MachineAddress address, ulong value) => words[address.Value] = value;

        public void Zero(MachineAddress address, ulong bytes)
        {
            for (ulong offset = 0; offset < bytes; offset += 8)
            {
                words[address.Value + offset] = 0;
            }
        }

        public void Clean(MachineAddress address, ulong bytes)
        {
            // Nobody else looks at it.
        }

        public void Discard(MachineAddress address, ulong bytes)
        {
            // Nobody else writes it.
        }

        public void Barrier()
        {
            // In order as it is.
        }
    }

    private readonly struct StoppedClock : IClock
    {
        public ulong Microseconds => 0;
    }

    private struct RunningClock : IClock
    {
        private static ulong s_now;

        public readonly ulong Microseconds => System.Threading.Interlocked.Add(ref s_now, 1000);
    }
}
