using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Sluice.Registers.Description;
using Xunit;

namespace Sluice.Registers.Blocks.Tests;

/// <summary>What the sequences of the ZCU102's lanes leave, beside what the start-up code of the board leaves.</summary>
public sealed class StartUpCode
{
    /// <summary>Four of the USB controller's own, the pin that resets the card in the slot, and the reset of an Ethernet controller that uses no lane.</summary>
    private static readonly ulong[] _ofOthers = [0xFE20C11C, 0xFE20C12C, 0xFE20C200, 0xFE20C630, 0xFF0A0008, 0xFF5E0230];

    [Fact]
    public void The_sequences_leave_176_of_182_registers_as_it_does()
    {
        Dictionary<ulong, ulong> registers = [];
        foreach (string sequence in new[] { "GT_PCIE", "GT_DP", "GT_USB3", "GT_SATA" })
        {
            Run(sequence, registers);
        }

        string[] lines = [.. File.ReadLines(Path.Combine(Boards.Folder, "tests", "Sluice.Registers.Blocks.Tests", "StartUpCode.txt")).Skip(1)];
        List<ulong> others = [];
        foreach (ulong[] numbers in lines.Select(static line => line.Split(' ').Select(Hexadecimal).ToArray()))
        {
            if (!registers.TryGetValue(numbers[0], out ulong value) || (value & numbers[1]) != numbers[2])
            {
                others.Add(numbers[0]);
            }
        }

        Assert.Equal(182, lines.Length);
        Assert.Equal(_ofOthers, others);
    }

    // The script says each access in a line of its own, up to the one that ends what is tried.
    private static void Run(string sequence, Dictionary<ulong, ulong> registers)
    {
        DeviceModel device = Boards.Results.Single(result => result.Model!.Name == "ZYNQMP").Model!;
        string script = SequenceScript.Write(device, sequence, ZynqmpLanes.Arguments(sequence), ScriptKind.Xsdb).Text!;
        foreach (string line in script.Split('\n').TakeWhile(static line => !line.StartsWith("} failure", StringComparison.Ordinal)))
        {
            string[] words = line.Trim().Split(' ');
            if (words.Length < 4 || !words[1].StartsWith("0x", StringComparison.Ordinal))
            {
                continue;
            }

            ulong address = Hexadecimal(words[1]);
            ulong keep = words[0] == "sluice_modify" ? Hexadecimal(words[3]) : 0;
            registers[address] = (registers.GetValueOrDefault(address) & keep) | Hexadecimal(words[^1]);
        }
    }

    private static ulong Hexadecimal(string number)
        => ulong.Parse(number.StartsWith("0x", StringComparison.Ordinal) ? number[2..] : number, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
