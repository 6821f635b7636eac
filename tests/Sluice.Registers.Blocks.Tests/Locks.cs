using Sluice.Registers.Description;
using Xunit;

namespace Sluice.Registers.Blocks.Tests;

/// <summary>Registers that hardware does not take while something else is on.</summary>
public sealed class Locks
{
    [Theory]
    [InlineData("Smmu500", "SMMU_CB_ACTLR", "SMMU_SACR", "CACHE_LOCK", 1, true)]
    [InlineData("SriovCapability", "SRIOV_NUM_VF", "SRIOV_CTRL", "VFE", 0, false)]
    [InlineData("SriovCapability", "SRIOV_SYS_PGSIZE", "SRIOV_CTRL", "VFE", 0, false)]
    [InlineData("SriovCapability", "SRIOV_BAR", "SRIOV_CTRL", "VFE", 0, false)]
    public void Are_in_the_description(string block, string register, string owner, string field, ulong value, bool isNegated)
    {
        BlockModel model = Boards.Block(block);
        ConditionModel condition = Assert.IsType<ConditionModel>(Boards.Register(block, register).WriteEnable);
        RegisterModel subject = model.Registers[condition.Register];
        Assert.Equal((owner, field, value, isNegated), (subject.Name, subject.Fields[condition.Field].Name, condition.Value, condition.IsNegated));
    }

    [Fact]
    public void Of_the_smmu_are_closed_after_reset()
        => Assert.Equal(1ul << 26, Boards.Register("Smmu500", "SMMU_SACR").ResetValue & (1ul << 26));
}
