using Sluice.Runtime.Phy;
using Xunit;

namespace Sluice.Runtime.Tests.Phy;

public sealed class LanePlanTests
{
    [Fact]
    public void H1_Lane_2_is_refused_for_instance_1_of_pci_express()
    {
        LanePlan plan = default;

        Assert.Equal(LaneProblem.WrongInstance, plan.Add(2, PhyMachine.Setup(LaneProtocol.Pcie, 1, 0, 100_000_000)));
        Assert.True(plan.IsEmpty);
    }

    [Fact]
    public void H1_Each_lane_leads_to_one_instance_of_each_protocol_and_to_no_other()
    {
        // Rows: PCI Express, SATA, USB 3, DisplayPort, SGMII; columns: lanes.
        uint[][] matrix = [[0, 1, 2, 3], [0, 1, 0, 1], [0, 0, 0, 1], [1, 0, 1, 0], [0, 1, 2, 3]];
        for (uint lane = 0; lane < 6; lane++)
        {
            for (uint protocol = 0; protocol < 9; protocol++)
            {
                for (uint instance = 0; instance < 6; instance++)
                {
                    LanePlan plan = default;
                    LaneProblem wanted =
                        lane > 3 ? LaneProblem.NoSuchLane
                        : protocol is 0 or > 5 ? LaneProblem.NoSuchProtocol
                        : matrix[protocol - 1][lane] == instance ? LaneProblem.None : LaneProblem.WrongInstance;
                    Assert.Equal(wanted, plan.Add(lane, PhyMachine.Setup((LaneProtocol)protocol, instance, 0, 100_000_000)));
                }
            }
        }
    }

    [Theory]
    [InlineData(100_000_000, true)]
    [InlineData(100_010_000, true)]
    [InlineData(99_990_000, true)]
    [InlineData(100_020_000, false)]
    [InlineData(19_200_000, true)]
    [InlineData(150_000_000, true)]
    [InlineData(33_333_333, false)]
    [InlineData(1, false)]
    public void A_clock_may_be_off_by_100_parts_in_a_million(uint hertz, bool isTaken)
    {
        LanePlan plan = default;

        Assert.Equal(isTaken ? LaneProblem.None : LaneProblem.WrongFrequency, plan.Add(0, PhyMachine.Setup(LaneProtocol.Pcie, 0, 0, hertz)));
    }

    [Fact]
    public void A_lane_without_a_clock_or_asked_for_twice_or_an_instance_that_another_lane_has_is_refused()
    {
        LanePlan plan = default;

        Assert.Equal(LaneProblem.NoClock, plan.Add(0, PhyMachine.Setup(LaneProtocol.Sata, 0, 0, 0)));
        Assert.Equal(LaneProblem.NoSuchLane, plan.Add(0, PhyMachine.Setup(LaneProtocol.Sata, 0, 4, 125_000_000)));
        Assert.Equal(LaneProblem.None, plan.Add(0, PhyMachine.Setup(LaneProtocol.Sata, 0, 1, 125_000_000)));
        Assert.Equal(LaneProblem.LaneTaken, plan.Add(0, PhyMachine.Setup(LaneProtocol.Usb3, 0, 1, 26_000_000)));
        Assert.Equal(LaneProblem.LaneTaken, plan.Add(2, PhyMachine.Setup(LaneProtocol.Sata, 0, 1, 125_000_000)));
    }

    [Fact]
    public void Pci_express_has_one_two_or_four_lanes_from_the_first_on_and_displayport_needs_its_first()
    {
        Assert.Equal(LaneProblem.None, PhyMachine.Pcie(1).Problem);
        Assert.Equal(LaneProblem.None, PhyMachine.Pcie(2).Problem);
        Assert.Equal(LaneProblem.WrongWidth, PhyMachine.Pcie(3).Problem);
        Assert.Equal(LaneProblem.None, PhyMachine.Pcie(4).Problem);
        LanePlan second = default;
        second.Add(1, PhyMachine.Setup(LaneProtocol.Pcie, 1, 0, 100_000_000));
        Assert.Equal(LaneProblem.WrongWidth, second.Problem);
        LanePlan display = default;
        display.Add(0, PhyMachine.Setup(LaneProtocol.DisplayPort, 1, 3, 27_000_000));
        Assert.Equal(LaneProblem.WrongWidth, display.Problem);
    }
}
