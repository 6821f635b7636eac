using System.Collections.Generic;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts;

/// <summary>A function that sends under phantom function numbers keeps its vectors whichever it uses, and nobody else gets at them.</summary>
public sealed class PhantomFunctionTests
{
    [Theory]
    [InlineData(0u, new uint[] { 0x0101 })]
    [InlineData(1u, new uint[] { 0x0101, 0x0105 })]
    [InlineData(2u, new uint[] { 0x0101, 0x0103, 0x0105, 0x0107 })]
    [InlineData(3u, new uint[] { 0x0100, 0x0101, 0x0102, 0x0103, 0x0104, 0x0105, 0x0106, 0x0107 })]
    public void I8_A_controller_that_is_told_the_sender_admits_all_its_numbers_and_no_other(uint bits, uint[] admitted)
    {
        VectorSenders senders = default;
        senders.Bind(new VectorBlock(5, 1), new RequesterId(0x0101), new RequesterId(0x0200), bits);
        HashSet<uint> wanted = [.. admitted, 0x0200];
        for (uint sender = 0; sender <= ushort.MaxValue; sender++)
        {
            Assert.Equal(wanted.Contains(sender), senders.Admits(5, new RequesterId((ushort)sender)));
        }

        senders.Bind(new VectorBlock(5, 1), default, default);
        Assert.False(senders.Admits(5, new RequesterId(0)));
    }

    [Theory]
    [InlineData(1u, (ushort)0)]
    [InlineData(2u, (ushort)0x0200)]
    [InlineData(3u, (ushort)0)]
    public void I8_A_translation_service_maps_all_its_numbers_to_the_same_vectors_and_forgets_all(uint bits, ushort alias)
    {
        ItsFixture fixture = ItsFixture.Started();
        MsiRequest request = new()
        {
            Owner = new OwnerId(1),
            Requester = new RequesterId(0x0100),
            Alias = new RequesterId(alias),
            Count = 2,
            Alignment = 2,
            PhantomBits = bits,
        };
        bool fits = fixture.Controller.TryAllocate(in request, out VectorBlock block);
        Assert.True(fits);
        MsiMessage message = fixture.Controller.Message(block.First + 1);
        uint step = 8u >> (int)bits;
        for (uint function = 0; function < 8; function++)
        {
            fixture.Send(0x0100 + function, message);
            Assert.Equal(function % step == 0 ? [block.First + 1] : [], fixture.Take());
        }

        if (alias != 0)
        {
            fixture.Send(alias, message);
            Assert.Equal([block.First + 1], fixture.Take());
        }

        // The numbers are taken: nobody else gets vectors under one of them.
        Assert.False(fixture.TryAllocate(2, (ushort)(0x0100 + step), 1, out _));
        fixture.Controller.Free(request.Owner, block);
        fixture.Send(0x0100 + step, message);
        Assert.Empty(fixture.Take());
        Assert.True(fixture.TryAllocate(2, (ushort)(0x0100 + step), 1, out _));
    }
}
