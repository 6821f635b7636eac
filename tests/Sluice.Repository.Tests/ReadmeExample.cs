using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Xunit;

namespace Sluice.Repository.Tests;

public sealed class ReadmeExample
{
    [Fact]
    public void Every_line_of_the_README_s_code_is_compiled_here()
    {
        HashSet<string> compiled = [.. Lines(TrackedFiles.Text("tests/Sluice.Repository.Tests/Example.cs"))];
        string code = TrackedFiles.Text("README.md").Split("```csharp\n")[1].Split("```")[0];

        Assert.InRange(Lines(code).Count(), 8, 20);
        Assert.DoesNotContain(Lines(code), line => !compiled.Contains(line));
    }

    [Fact]
    public void The_driver_s_half_reads_the_field_of_the_register()
    {
        Assert.Equal(0x40u, Example.Vectors(new OneWord()));
    }

    [Fact]
    public void The_emulator_s_half_gives_the_owner_owned_vectors_only()
    {
        var frame = new GicV2m.Guest();
        frame.Reset(ResetKind.PowerOn);
        var owner = new OwnerOfOne();

        Assert.Equal(AccessResult.Done, Example.Ring(ref frame, new GuestValue(0x50), ref owner));
        Assert.Equal([0x50u], owner.Rung.Distinct());
        Example.Ring(ref frame, new GuestValue(0x51), ref owner);
        Assert.DoesNotContain(0x51u, owner.Rung);
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0);

    private struct OwnerOfOne() : GicV2m.IGuestHooks
    {
        public List<uint> Rung { get; } = [];

        public readonly bool OwnsMsiSetspiNsSpi(uint index) => index == 0x50;

        public readonly void WriteMsiSetspiNs(ref GicV2m.Guest view, GicV2m.MsiSetspiNs old, GicV2m.MsiSetspiNs value, Lanes lanes) => Rung.Add(value.Spi);
    }

    /// <summary>MSI_TYPER of a frame with 64 interrupts from 80 on, and nothing else.</summary>
    private readonly struct OneWord : IRegisterBus
    {
        public byte Read8(RegisterAddress address) => throw new NotSupportedException();

        public ushort Read16(RegisterAddress address) => throw new NotSupportedException();

        public uint Read32(RegisterAddress address) => address.Value == 0x0802_0008 ? 0x0050_0040u : throw new NotSupportedException();

        public ulong Read64(RegisterAddress address) => throw new NotSupportedException();

        public void Write8(RegisterAddress address, byte value) => throw new NotSupportedException();

        public void Write16(RegisterAddress address, ushort value) => throw new NotSupportedException();

        public void Write32(RegisterAddress address, uint value) => throw new NotSupportedException();

        public void Write64(RegisterAddress address, ulong value) => throw new NotSupportedException();
    }
}
