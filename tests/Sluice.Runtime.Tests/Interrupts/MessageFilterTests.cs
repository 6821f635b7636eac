using System.Collections.Generic;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Simulation;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts;

/// <summary>What becomes of a message by who sent it, whose vector it is for, and what was lost before.</summary>
public sealed class MessageFilterTests
{
    private const uint Vectors = 64;

    private static readonly RequesterId s_first = new(1, 0, 0);
    private static readonly RequesterId s_second = new(2, 0, 0);

    private readonly SimulatedMachine _machine = new(new RandomAccessMemory(0x4000_0000, 0x1000)) { MicrosecondsALook = 0 };
    private MessageFilter<SimulatedClock> _filter;

    public MessageFilterTests()
    {
        _filter = new MessageFilter<SimulatedClock>(new SimulatedClock(_machine), Vectors);
    }

    [Theory]
    [InlineData(VectorSenders.Capacity - 1)]
    [InlineData(VectorSenders.Capacity)]
    [InlineData(VectorSenders.Capacity + 1)]
    public void It_has_as_many_vectors_as_are_asked_for_and_no_more_than_it_knows_senders_of(uint vectors)
    {
        MessageFilter<SimulatedClock> filter = new(new SimulatedClock(_machine), vectors);

        Assert.Equal(vectors < VectorSenders.Capacity ? vectors : VectorSenders.Capacity, filter.VectorCount);
    }

    [Fact]
    public void The_last_vector_is_one_and_what_is_behind_it_is_dropped()
    {
        Assert.Equal(0u, Allocate(1, s_first, Vectors).First);

        Assert.Equal([Vectors - 1], Accept(s_first, Vectors - 1));
        Assert.Empty(Accept(s_first, Vectors));
        Assert.Empty(Accept(s_first, uint.MaxValue));
        Assert.Equal(2u, _filter.Dropped.CountOf(s_first));
    }

    [Fact]
    public void A_message_that_went_elsewhere_or_comes_from_somebody_else_or_is_for_nobody_is_dropped()
    {
        VectorBlock block = Allocate(1, s_first, 2);

        PendingBits raised = default;
        _filter.Accept(s_first, isAddressed: false, block.First, ref raised);
        Assert.Equal(0u, raised.Count);
        Assert.Empty(Accept(s_second, block.First));
        Assert.Empty(Accept(s_first, 2));
        Assert.Equal((2u, 1u), (_filter.Dropped.CountOf(s_first), _filter.Dropped.CountOf(s_second)));
        Assert.Equal([1u], Accept(s_first, 1));
    }

    [Fact]
    public void A_block_without_an_alignment_may_begin_anywhere()
    {
        Allocate(1, s_first, 1);
        MsiRequest request = new() { Owner = new OwnerId(1), Requester = s_first, Count = 2 };

        Assert.True(_filter.TryAllocate(in request, out VectorBlock block));

        Assert.Equal(1u, block.First);
    }

    [Fact]
    public void Only_a_vector_with_an_owner_is_masked_and_the_next_owner_finds_it_open()
    {
        Assert.False(_filter.TryMask(0));
        Assert.False(_filter.TryUnmask(0, out bool wasRaised));
        Assert.False(wasRaised);
        Allocate(1, s_first, 1);
        Assert.Equal([0u], Accept(s_first, 0));

        Assert.True(_filter.TryMask(0));
        Assert.Empty(Accept(s_first, 0));
        _filter.Free(new OwnerId(1), new VectorBlock(0, 1));
        Allocate(2, s_second, 1);

        Assert.Equal([0u], Accept(s_second, 0));
        Assert.True(_filter.TryUnmask(0, out wasRaised));
        Assert.False(wasRaised);
    }

    [Fact]
    public void A_vector_that_was_unmasked_is_raised_at_once_again()
    {
        Allocate(1, s_first, 2);
        Assert.True(_filter.TryMask(1));
        Assert.True(_filter.TryUnmask(1, out _));

        Assert.Equal([1u], Accept(s_first, 1));
    }

    [Fact]
    public void Giving_a_block_back_changes_nothing_of_its_owner_s_next_one()
    {
        VectorBlock block = Allocate(1, s_first, 2);
        Allocate(1, s_second, 2);
        Assert.True(_filter.TryMask(2));
        Assert.Empty(Accept(s_second, 2));

        _filter.Free(new OwnerId(1), block);

        Assert.Empty(Accept(s_second, 2));
        Assert.Equal([3u], Accept(s_second, 3));
        Assert.True(_filter.TryUnmask(2, out bool wasRaised));
        Assert.True(wasRaised);
        Assert.Equal(2u, _filter.TakenVectors);
    }

    [Fact]
    public void A_block_in_the_middle_is_given_back_whole_masked_or_not()
    {
        Allocate(1, s_second, 8);
        VectorBlock block = Allocate(1, s_first, 4);
        for (uint vector = block.First; vector < block.First + block.Count; vector++)
        {
            Assert.True(_filter.TryMask(vector));
            Assert.Empty(Accept(s_first, vector));
        }

        _filter.Free(new OwnerId(1), block);
        Assert.Equal(block.First, Allocate(2, s_first, 4).First);

        for (uint vector = block.First; vector < block.First + block.Count; vector++)
        {
            Assert.Equal([vector], Accept(s_first, vector));
            Assert.True(_filter.TryUnmask(vector, out bool wasRaised));
            Assert.False(wasRaised);
        }
    }

    [Fact]
    public void What_somebody_else_gives_back_stays_bound_masked_and_held()
    {
        Allocate(1, s_first, 2);
        Assert.True(_filter.TryMask(1));
        Assert.Empty(Accept(s_first, 1));

        _filter.Free(new OwnerId(2), new VectorBlock(0, 2));

        Assert.Equal(2u, _filter.TakenVectors);
        Assert.Empty(Accept(s_first, 1));
        Assert.Equal([0u], Accept(s_first, 0));
        Assert.True(_filter.TryUnmask(1, out bool wasRaised));
        Assert.True(wasRaised);
    }

    [Fact]
    public void A_block_that_reaches_past_the_last_vector_gives_back_what_there_is()
    {
        Allocate(1, s_first, Vectors);

        _filter.Free(new OwnerId(1), new VectorBlock(Vectors - 2, 100));

        Assert.Equal(Vectors - 2, _filter.TakenVectors);
        Assert.Empty(Accept(s_first, Vectors - 1));
        Assert.Equal([Vectors - 3], Accept(s_first, Vectors - 3));
    }

    [Theory]
    [InlineData(MessageFilter<SimulatedClock>.FloodMessages - 1, false)]
    [InlineData(MessageFilter<SimulatedClock>.FloodMessages, true)]
    public void Who_sent_32_messages_since_the_last_loss_is_not_listened_to(uint messages, bool throttled)
    {
        Allocate(1, s_first, 1);
        Allocate(2, s_second, 1);
        for (uint message = 0; message < messages; message++)
        {
            Accept(s_first, 0);
        }

        Assert.Equal([0u, 1u], Lose());

        Assert.Equal((1u, throttled), (_filter.Losses, _filter.IsThrottling));
        Assert.Equal(throttled ? [] : [0u], Accept(s_first, 0));
        Assert.Equal([1u], Accept(s_second, 1));
        Assert.Equal(throttled ? 1u : 0, _filter.Throttled);
        Assert.Equal(0u, _filter.Dropped.CountOf(s_first));
    }

    [Fact]
    public void What_is_refused_or_only_noted_counts_for_who_floods()
    {
        Allocate(1, s_first, 1);
        for (uint message = 0; message < MessageFilter<SimulatedClock>.FloodMessages / 2; message++)
        {
            _filter.Refuse(s_second);
            _filter.Note(s_second);
        }

        Lose();

        Assert.True(_filter.IsThrottling);
        Assert.Equal(MessageFilter<SimulatedClock>.FloodMessages / 2, _filter.Dropped.CountOf(s_second));
        Assert.True(_filter.TryReport(out MsiLoss loss));
        Assert.Equal((1u, s_second), (loss.Losses, loss.Offender.Requester));
    }

    [Fact]
    public void A_loss_that_nobody_caused_ends_what_the_one_before_began()
    {
        Allocate(1, s_first, 1);
        Flood(s_first);
        Assert.True(_filter.IsThrottling);

        Lose();

        Assert.False(_filter.IsThrottling);
        Assert.Equal([0u], Accept(s_first, 0));
    }

    [Fact]
    public void After_ten_milliseconds_its_vectors_are_raised_once_and_nobody_else_s()
    {
        Allocate(1, s_first, 2);
        Allocate(2, s_second, 2);
        Flood(s_first);
        Assert.Empty(Resume());
        _machine.PassMicroseconds(MessageFilter<SimulatedClock>.ThrottleMicroseconds);
        Assert.Empty(Resume());
        Assert.True(_filter.IsThrottling);

        _machine.PassMicroseconds(1);

        Assert.Equal([0u, 1u], Resume());
        Assert.False(_filter.IsThrottling);
        Assert.Empty(Resume());
        Assert.Equal([1u], Accept(s_first, 1));
    }

    [Fact]
    public void A_loss_raises_what_has_an_owner_and_keeps_what_is_masked()
    {
        Allocate(1, s_first, 3);
        Assert.True(_filter.TryMask(1));

        Assert.Equal([0u, 2u], Lose());

        Assert.True(_filter.TryUnmask(1, out bool wasRaised));
        Assert.True(wasRaised);
        Assert.True(_filter.TryUnmask(1, out wasRaised));
        Assert.False(wasRaised);
    }

    [Fact]
    public void Losses_are_reported_when_they_are_new_and_once_a_second_at_most()
    {
        Assert.False(_filter.TryReport(out _));
        Lose();
        Assert.True(_filter.TryReport(out MsiLoss loss));
        Assert.Equal((1u, 0u), (loss.Losses, loss.Offender.Count));
        _machine.PassMicroseconds(2_000_000);
        Assert.False(_filter.TryReport(out _));
        Lose();
        Assert.True(_filter.TryReport(out _));
        Lose();
        _machine.PassMicroseconds(1_000_000);
        Assert.False(_filter.TryReport(out _));
        _machine.PassMicroseconds(1);
        Assert.True(_filter.TryReport(out loss));
        Assert.Equal(3u, loss.Losses);
    }

    [Fact]
    public void A_vector_is_repeated_to_its_owner_only_and_not_while_it_is_masked()
    {
        Allocate(1, s_first, 2);
        Assert.True(_filter.TryMask(1));
        PendingBits raised = default;
        foreach (uint vector in (uint[])[0, 1, 2, Vectors, uint.MaxValue])
        {
            _filter.Repeat(vector, ref raised);
        }

        Assert.Equal([0u], Take(ref raised));
        Assert.True(_filter.TryUnmask(1, out bool wasRaised));
        Assert.True(wasRaised);
    }

    private static List<uint> Take(ref PendingBits raised)
    {
        List<uint> vectors = [];
        while (raised.TryTakeFirst(out uint vector))
        {
            vectors.Add(vector);
        }

        return vectors;
    }

    private VectorBlock Allocate(ushort owner, RequesterId requester, uint count)
    {
        MsiRequest request = new() { Owner = new OwnerId(owner), Requester = requester, Count = count, Alignment = 1 };
        Assert.True(_filter.TryAllocate(in request, out VectorBlock block));
        return block;
    }

    private List<uint> Accept(RequesterId sender, uint data)
    {
        PendingBits raised = default;
        _filter.Accept(sender, isAddressed: true, data, ref raised);
        return Take(ref raised);
    }

    private List<uint> Lose()
    {
        PendingBits raised = default;
        _filter.Lose(ref raised);
        return Take(ref raised);
    }

    private List<uint> Resume()
    {
        PendingBits raised = default;
        _filter.Resume(ref raised);
        return Take(ref raised);
    }

    private void Flood(RequesterId sender)
    {
        for (uint message = 0; message < MessageFilter<SimulatedClock>.FloodMessages; message++)
        {
            Accept(sender, 0);
        }

        Lose();
    }
}
