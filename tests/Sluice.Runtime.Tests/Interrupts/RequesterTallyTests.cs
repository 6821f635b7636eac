using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts;

public sealed class RequesterTallyTests
{
    private const uint Capacity = 16;

    [Fact]
    public void The_first_functions_have_a_count_each_and_the_rest_share_one()
    {
        RequesterTally tally = default;

        for (ushort function = 0; function < Capacity + 3; function++)
        {
            for (int times = 0; times <= function; times++)
            {
                tally.Add(new RequesterId(function));
            }
        }

        for (ushort function = 0; function < Capacity; function++)
        {
            Assert.Equal(function + 1u, tally.CountOf(new RequesterId(function)));
        }

        Assert.Equal(0u, tally.CountOf(new RequesterId((ushort)Capacity)));
        Assert.Equal(17u + 18 + 19, tally.Others);
        Assert.Equal((Capacity - 1, Capacity), (tally.Most.Requester.Value, tally.Most.Count));
    }

    [Fact]
    public void Of_several_with_the_same_count_the_first_that_was_met_is_named_and_none_when_nothing_was_counted()
    {
        RequesterTally tally = default;
        Assert.Equal(0u, tally.Most.Count);

        tally.Add(new RequesterId(7));
        tally.Add(new RequesterId(3));

        Assert.Equal((7u, 1u), (tally.Most.Requester.Value, tally.Most.Count));
    }
}
