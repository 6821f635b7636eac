using System;
using System.Linq;
using Sluice.Registers.Description;
using Xunit;
using Xunit.Abstractions;

namespace Sluice.Registers.Tests.Interpreter;

/// <summary>
/// A driver that reads, changes one field and modifies changes that field alone, whatever its neighbours are: W1C, W1S, W1T, W0C, W0S, W0T, read-only, write-only,
/// reserved, or none. Random registers, and hardware that is carried out bit by bit.
/// </summary>
public sealed class ModifyNeverActs(ITestOutputHelper output)
{
    [Fact]
    public void On_a_neighbour()
    {
        int seed = Environment.TickCount & 0xFFFFFF;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        int modified = 0;
        for (int map = 0; map < 300; map++)
        {
            string text = "<device xmlns:trap=\"urn:sluice:trap\"><name>D</name><peripherals>" + new RandomMap(random, map).Write() + "</peripherals></device>";
            DescriptionResult result = DescriptionReader.Read(new SourceFile("registers.xml", text), []);
            foreach (RegisterModel register in result.Model!.Blocks[0].Registers)
            {
                modified += Modify(register, random, $"seed {seed}, map {map}");
            }
        }

        Assert.InRange(modified, 300, int.MaxValue);
    }

    private static int Modify(RegisterModel register, Random random, string where)
    {
        ulong all = register.WidthBits == 64 ? ulong.MaxValue : (1ul << register.WidthBits) - 1;
        PolicyModel whole = new(0, PolicyKind.Emulated, ulong.MaxValue, ulong.MaxValue, 0, false, false, default);
        FieldModel[] settable = [.. register.Fields.Where(field => (field.Mask & register.Masks.Store & register.Masks.Readable & ~register.Masks.WriteOnce) == field.Mask && field.Constraint.Kind == WriteConstraintKind.None)];
        if (settable.Length == 0 || register.Constraint.Kind != WriteConstraintKind.None)
        {
            return 0;
        }

        FieldModel changed = settable[random.Next(settable.Length)];
        InterpretedRegister hardware = new(register, whole, 0);
        hardware.Load((ulong)random.NextInt64() & all);
        ulong before = hardware.Stored;
        ulong read = hardware.Shown();
        ulong value = (ulong)random.NextInt64() & changed.Mask;
        hardware.Merge((1u << (register.WidthBits / 8)) - 1, (((read & ~changed.Mask) | value) & register.ModifyKeeps) | register.ModifySets);

        // What any write clears or sets cannot be spared, and what cannot be read cannot be kept; a constrained value that was there already is written back.
        ulong spared = ~(register.Masks.AnyClears | register.Masks.AnySets | register.Masks.WriteModifies | (register.Masks.Store & ~register.Masks.Readable) | changed.Mask);
        Assert.True((hardware.Stored & spared) == (before & spared), $"{register.Name}: 0x{before:X} became 0x{hardware.Stored:X} by a modify of {changed.Name}, {where}");
        Assert.True((hardware.Stored & changed.Mask) == value, $"{register.Name}.{changed.Name} is not what was written, {where}");
        return 1;
    }
}
