using System.Linq;
using Sluice.Registers.Description;
using Xunit;

namespace Sluice.Registers.Blocks.Tests;

/// <summary>What a hardware domain sees of blocks that stay the hypervisor's: enough for its drivers to leave them alone.</summary>
public sealed class SmmusOfAHardwareDomain
{
    private const string Party = "hardware-domain";

    [Theory]
    [InlineData("Smmuv3", 14)]
    [InlineData("SmmuReg", 3)]
    [InlineData("Smmu500", 9)]
    public void Are_constants(string block, int registers)
    {
        EquatableArray<PolicyModel> policies = Boards.View(block, Party).Policies;
        Assert.Equal(registers, policies.Count);
        Assert.All(policies, static policy => Assert.Equal(PolicyKind.Constant, policy.Kind));
    }

    [Fact]
    public void Say_that_they_translate_nothing_and_are_switched_off()
        => Assert.All(Boards.View("Smmuv3", Party).Policies, static policy => Assert.Equal(0ul, policy.ResetValue));

    [Fact]
    public void Raise_no_interrupt()
    {
        Assert.Equal(0ul, Boards.Policy("SmmuReg", Party, "ISR_0").ResetValue);
        Assert.Equal(Boards.Register("SmmuReg", "IMR_0").ResetValue, Boards.Policy("SmmuReg", Party, "IMR_0").ResetValue);
        Assert.Equal(Boards.Register("SmmuReg", "IMR_0").Masks.Readable, Boards.Policy("SmmuReg", Party, "IMR_0").ResetValue);
    }
}
