using System;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using Sluice.Registers.Description;
using Sluice.Testing.Snapshots;
using Xunit;

namespace Sluice.Registers.Blocks.Tests;

/// <summary>
/// The facts about the hardware that the descriptions hold, block by block: how many registers and fields, how many in doubt, and a digest of names, places, widths, resets and of
/// what each bit does. They were compared with the sources once; a change of one is meant, or it is a mistake.
/// </summary>
public sealed class Facts
{
    [Fact]
    public void Are_those_that_were_compared_with_the_sources()
        => Snapshot.Match(string.Concat(Boards.Blocks.OrderBy(static block => block.Name, StringComparer.Ordinal).Select(Line)), "txt");

    /// <summary>A register without fields is a field of its own, and so is a run of reserved bits beside fields.</summary>
    [Fact]
    public void Are_of_fifteen_hundred_registers_and_more_than_five_thousand_fields()
    {
        RegisterModel[] registers = [.. Boards.Blocks.SelectMany(static block => block.Registers)];
        int fields = registers.Sum(static register => register.Fields.Count);
        int whole = registers.Count(static register => register.Fields.Count == 0);
        int reserved = registers.Sum(static register => register.Fields.Count == 0 ? 0 : Runs(register.Undescribed));
        Assert.InRange(registers.Length, 1_500, 1_700);
        Assert.InRange(fields, 4_500, 5_400);
        Assert.InRange(fields + whole + reserved, 5_400, 6_600);
    }

    private static string Line(BlockModel block)
    {
        StringBuilder facts = new();
        foreach (RegisterModel register in block.Registers)
        {
            facts.Append(CultureInfo.InvariantCulture, $"{register.Name} {register.Offset:X} {register.WidthBits} {register.Dimension.Count}*{register.Dimension.StrideBytes:X} {register.ResetValue:X}/{register.ResetMask:X} {register.Masks}");
            facts.AppendJoin(' ', register.ElementResets.Select(static reset => reset.ToString("X", CultureInfo.InvariantCulture)));
            foreach (FieldModel field in register.Fields)
            {
                facts.Append(CultureInfo.InvariantCulture, $" {field.Name}[{field.LowBit}+{field.WidthBits}] {field.Access} {field.Write} {field.Read} {field.Reserved} {field.IsSticky} {field.IsHardwareInitialised}");
                facts.AppendJoin(' ', field.Values.Select(static value => value.Name + "=" + value.Value.ToString(CultureInfo.InvariantCulture)));
            }

            facts.Append(register.Unsure.Length != 0 ? " ?\n" : "\n");
        }

        string digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(facts.ToString())))[..16];
        int unsure = block.Registers.Count(static register => register.Unsure.Length != 0);
        int unsureFields = block.Registers.Sum(static register => register.Fields.Count(static field => field.Provenance.Unsure.Length != 0));
        return FormattableString.Invariant($"{block.Name} {block.BaseAddress:X} {block.Registers.Count} registers, {block.Registers.Sum(static register => register.Fields.Count)} fields, {unsure} and {unsureFields} in doubt: {digest}\n");
    }

    private static int Runs(ulong bits)
    {
        int runs = 0;
        for (ulong before = 0; bits != 0; before = bits & 1, bits >>= 1)
        {
            runs += (bits & 1) != 0 && before == 0 ? 1 : 0;
        }

        return runs;
    }
}
