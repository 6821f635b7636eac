using Sluice.Hypervisor.Guests.Exits;
using Sluice.Hypervisor.Processor;
using Xunit;

namespace Sluice.Hypervisor.Tests.Exits;

public sealed class PowerExitTests
{
    [Theory]
    [InlineData(0x8400_0000, 0, 0x0001_0000)]
    [InlineData(0x8400_000A, 0x8400_0008, 0)]
    [InlineData(0x8400_000A, 0x8400_0001, -1)]
    [InlineData(0x8400_0006, 0, 2)]
    [InlineData(0xC400_0003, 1, -2)]
    [InlineData(0xC400_0003, 0, -4)]
    [InlineData(0x8400_0002, 0, -3)]
    [InlineData(0xC400_0004, 0, 0)]
    [InlineData(0x8600_FF01, 0, -1)]
    public void A_call_gets_its_answer_and_asks_nothing_of_the_machine(uint function, uint argument, long answer)
    {
        TrapFrame frame = default;
        frame[0] = function;
        frame[1] = argument;

        Assert.Equal(PowerRequest.None, PowerExit.Handle(ref frame));
        Assert.Equal(answer, (long)frame[0]);
    }

    [Theory]
    [InlineData(0x8400_0008, 1)]
    [InlineData(0x8400_0009, 2)]
    public void Off_and_reset_are_asked_of_the_machine(uint function, int request)
    {
        TrapFrame frame = default;
        frame[0] = function;

        Assert.Equal((PowerRequest)request, PowerExit.Handle(ref frame));
    }

    [Fact]
    public void The_zero_register_reads_zero_and_takes_nothing()
    {
        TrapFrame frame = default;
        frame.ReturnAddress = 0x1111;
        frame[31] = 0x2222;

        Assert.Equal(0ul, frame[31]);
        Assert.Equal(0x1111ul, frame.ReturnAddress);
    }
}
