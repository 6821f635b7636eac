using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Sluice.Registers.Description;
using Sluice.Testing.Compilation;
using Sluice.Testing.Generation;
using Xunit;
using Xunit.Abstractions;

namespace Sluice.Registers.Tests.Interpreter;

/// <summary>
/// Each bit of each table of a block is flipped, one at a time. Either the comparison with the interpreter notices, or the damaged tables say in all
/// states, of all accesses, what the whole ones say. One in seventeen of the flips in the ordinary run; all with <c>SLUICE_FLIPS=1</c>.
/// </summary>
public sealed class FlippedBits(ITestOutputHelper output)
{
    // The last one has a number in the middle that a sanitizer lets through where it takes small ones only.
    private static readonly uint[] s_values = [0, uint.MaxValue, 0x5A3C_96E1, 0x000A_5A5A];

    [Theory]
    [InlineData("gicv2m.xml")]
    [InlineData("msi.xml")]
    [InlineData("nwl-bridge.xml")]
    public void Are_noticed_or_change_nothing(string file)
    {
        int every = int.TryParse(Environment.GetEnvironmentVariable("SLUICE_FLIPS"), CultureInfo.InvariantCulture, out int given) ? given : 17;
        (BlockModel block, LoadedCode code) = Compile(Repository.Block(file));
        using LoadedCode loaded = code;
        ViewModel view = block.Views[0];
        Type driver = code.Type(DriverSource.Name(block, block.Views[0]));
        IViewUnderTest tables = (IViewUnderTest)Activator.CreateInstance(driver)!;
        Dictionary<string, Array> arrays = MutableTables.Of(driver.Assembly.GetType("Registers." + block.TypeName + "+" + view.TypeName + "+Tables", throwOnError: true)!);
        WhatTablesSay whole = new((IRawTables)tables, block, view, arrays);
        ulong said = whole.OfAccesses();
        string names = whole.OfNames();
        Probe probe = new(block, view, tables, whole);
        Assert.Null(probe.Difference(0));
        (int killed, int equivalent) = (0, 0);
        List<string> survivors = [];
        foreach ((string name, Array array) in arrays.OrderBy(static table => table.Key, StringComparer.Ordinal))
        {
            for (int position = 0; position < array.Length * MutableTables.Width(array); position += every)
            {
                (int entry, int bit) = Math.DivRem(position, MutableTables.Width(array));
                MutableTables.Flip(array, entry, bit);
                bool isSame = name == "Registers" ? Equals(Says(whole.OfNames), names) : Equals(Says(whole.OfAccesses), said);
                string? difference = isSame ? null : name == "Registers" ? "another register is found" : probe.Difference(name is "Words" ? entry / 4 : 0);
                MutableTables.Flip(array, entry, bit);
                equivalent += isSame ? 1 : 0;
                killed += !isSame && difference is not null ? 1 : 0;
                if (!isSame && difference is null)
                {
                    survivors.Add(FormattableString.Invariant($"{name}[{entry}] bit {bit}"));
                }
            }
        }

        output.WriteLine(FormattableString.Invariant($"{file}: {killed + equivalent + survivors.Count} bits flipped, {killed} noticed, {equivalent} equivalent, {survivors.Count} neither"));
        Assert.True(killed > equivalent, "hardly a flipped bit is noticed");
        Assert.Equal([], survivors);
    }

    // Tables that end in an exception say nothing that whole ones say.
    private static object? Says<T>(Func<T> ask)
    {
        try
        {
            return ask();
        }
        catch (Exception failure) when (failure is ArgumentException or IndexOutOfRangeException or DivideByZeroException)
        {
            return null;
        }
    }

    private static (BlockModel Block, LoadedCode Code) Compile(string xml)
    {
        DescriptionResult description = DescriptionReader.Read(new SourceFile("registers.xml", xml), []);
        BlockModel block = description.Model!.Blocks.Single();
        GeneratorInput input = GeneratorInput.Empty.WithXml("registers.xml", xml).WithSource("driver.cs", DriverSource.Write(block, block.Views[0]));
        CSharpCompilation compilation = (CSharpCompilation)input.Run().Compilation;
        SyntaxTree tree = compilation.SyntaxTrees.Single(tree => tree.FilePath.EndsWith(block.TypeName + ".g.cs", StringComparison.Ordinal));
        compilation = compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(MutableTables.Open(tree.ToString()), TestCompilation.ParseOptions, tree.FilePath));
        return (block, LoadedCode.Of(compilation.AddReferences(MetadataReference.CreateFromFile(typeof(IViewUnderTest).Assembly.Location))));
    }

    /// <summary>The same accesses in the same states to the tables and to the interpreter, until they differ.</summary>
    private sealed class Probe(BlockModel block, ViewModel view, IViewUnderTest tables, WhatTablesSay whole)
    {
        private readonly InterpretedView _interpreter = new(block, view);
        private readonly Dictionary<uint, int> _slots = whole.Described.ToDictionary(static offset => offset, offset => (int)((IRawTables)tables).SlotOf(offset));

        /// <summary>What differs first; null when nothing does.</summary>
        /// <param name="slot">Where to begin to look.</param>
        public string? Difference(int slot)
        {
            try
            {
                foreach (uint[] state in whole.States.Append(Mixed()))
                {
                    if (OfResets(state) is { } reset)
                    {
                        return reset;
                    }

                    foreach (uint offset in whole.Described.OrderBy(offset => _slots[offset] != slot))
                    {
                        if ((OfWord(state, offset) ?? (_slots[offset] == slot ? OfSingleBits(state, offset) : null)) is { } word)
                        {
                            return word;
                        }
                    }
                }

                return OfHoles();
            }
            catch (Exception failure) when (failure is ArgumentException or IndexOutOfRangeException or DivideByZeroException)
            {
                return failure.GetType().Name;
            }
        }

        private uint[] Mixed() => [.. whole.States[0].Zip(whole.States[1], static (none, all) => none | (all & 0xA596_3CF0))];

        private string? OfWord(uint[] state, uint offset)
        {
            for (uint lanes = 1; lanes < 16; lanes++)
            {
                Load(state);
                AccessResult expected = _interpreter.ReadWord(offset, lanes, out uint wanted);
                AccessResult actual = tables.ReadWord(offset, lanes, out uint value);
                if (expected != actual || (value & new Lanes(lanes).Mask32) != wanted || Unlike())
                {
                    return FormattableString.Invariant($"read of 0x{offset:X}");
                }

                foreach (uint written in s_values)
                {
                    Load(state);
                    if (_interpreter.WriteWord(offset, lanes, written) != tables.WriteWord(offset, lanes, written) || Unlike())
                    {
                        return FormattableString.Invariant($"write of 0x{offset:X}");
                    }
                }
            }

            Load(state);
            return _interpreter.Peek(offset) == tables.Peek(offset) ? null : "peek";
        }

        // Where a sanitizer takes small values alone, all that differs may lie among those.
        private string? OfSingleBits(uint[] state, uint offset)
        {
            for (int bit = 0; bit < 32; bit++)
            {
                Load(state);
                if (_interpreter.WriteWord(offset, 0xF, 1u << bit) != tables.WriteWord(offset, 0xF, 1u << bit) || Unlike())
                {
                    return FormattableString.Invariant($"write of bit {bit} of 0x{offset:X}");
                }
            }

            return null;
        }

        private string? OfResets(uint[] state)
        {
            foreach (ResetKind kind in new[] { ResetKind.PowerOn, ResetKind.Warm })
            {
                Load(state);
                _interpreter.Reset(kind);
                tables.Reset(kind);
                if (Unlike() || whole.Described.Any(offset => _interpreter.Peek(offset) != tables.Peek(offset)))
                {
                    return "reset";
                }
            }

            // A constant that a snapshot changes stays what it is; what an access changes comes back.
            Load(state);
            byte[] snapshot = tables.Save();
            tables.Reset(ResetKind.PowerOn);
            RestoreOutcome wanted = _interpreter.Restore(snapshot);
            if (wanted.Result != tables.Restore(snapshot).Result || Unlike())
            {
                return "snapshot";
            }

            snapshot.AsSpan(sizeof(ulong)).Fill((byte)(state == whole.States[0] ? 0xFF : 0));
            uint[] all = state == whole.States[0] ? whole.States[1] : whole.States[0];
            uint[] words = new uint[all.Length];
            ((IRawTables)tables).RawRestore(words, snapshot);
            return _slots.Values.All(slot => words[slot] == all[slot]) ? null : "hostile snapshot";
        }

        private string? OfHoles()
        {
            Load(whole.States[1]);
            for (uint offset = 0; offset < block.SizeBytes + 4; offset += 4)
            {
                if (_interpreter.Peek(offset) != tables.Peek(offset) || (!_slots.ContainsKey(offset) && _interpreter.ReadWord(offset, 0xF, out _) != tables.ReadWord(offset, 0xF, out _)))
                {
                    return "hole";
                }
            }

            return null;
        }

        private void Load(uint[] state)
        {
            state.CopyTo(((IRawTables)tables).State);
            _interpreter.Load(At);
        }

        private bool Unlike() => _interpreter.Differs(At) is not null || _slots.Any(slot => IsHole(slot.Key) && At(slot.Key) != whole.States[0][slot.Value]);

        // Bytes of no register keep what they are.
        private bool IsHole(uint offset)
            => !block.Registers.Any(register => register.Offset < offset + 4 && offset < register.Offset + ((register.Dimension.Count - 1) * register.Dimension.StrideBytes) + (register.WidthBits / 8));

        private uint At(uint offset) => _slots.TryGetValue(offset, out int slot) ? ((IRawTables)tables).State[slot] : 0;
    }
}
