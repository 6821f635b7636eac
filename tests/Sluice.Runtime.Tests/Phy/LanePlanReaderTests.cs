using System;
using System.Text;
using Sluice.Runtime.Firmware;
using Sluice.Runtime.Phy;
using Sluice.Runtime.Tests.Firmware;
using Xunit;

namespace Sluice.Runtime.Tests.Phy;

/// <summary>What each lane is for, from the three forms that the binding has had.</summary>
public sealed class LanePlanReaderTests
{
    private const string Today = """
        phy@fd400000 { compatible = "xlnx,zynqmp-psgtr-v1.1"; #phy-cells = <4>; phandle = <9>; };
        sata@fd0c0000 { phys = <9 3 1 1 1>; };
        display@fd4a0000 { phys = <9 1 6 0 3>; };
        usb@ff9d0000 { phys = <9 2 4 0 2>; };
        usb@ff9e0000 { phys = <9 0 4 0 2>; status = "disabled"; };
        pcie@fd0e0000 { phys = <9 0 2 0 0>; };
        """;

    private const string ChildrenWithFourCells = """
        phy@fd400000 {
            compatible = "xlnx,zynqmp-psgtr";
            lane0 { #phy-cells = <4>; phandle = <10>; };
            lane1 { #phy-cells = <4>; phandle = <11>; };
            lane2 { #phy-cells = <4>; phandle = <12>; };
            lane3 { #phy-cells = <4>; phandle = <13>; };
        };
        sata@fd0c0000 { phys = <13 1 1 1 125000000>; };
        display@fd4a0000 { phys = <11 6 0 3 27000000>; };
        usb@ff9d0000 { phys = <12 4 0 2 26000000>; };
        pcie@fd0e0000 { phys = <10 2 0 0 100000000>; };
        """;

    private const string ChildrenWithTwoCells = """
        phy@fd400000 {
            compatible = "xlnx,zynqmp-psgtr";
            lane0 { #phy-cells = <2>; phandle = <10>; };
            lane1 { #phy-cells = <2>; phandle = <11>; };
            lane2 { #phy-cells = <2>; phandle = <12>; };
            lane3 { #phy-cells = <2>; phandle = <13>; };
        };
        sata@fd0c0000 { phys = <13 1 1>; };
        display@fd4a0000 { phys = <11 6 0>; };
        usb@ff9d0000 { phys = <12 4 0>; };
        pcie@fd0e0000 { phys = <10 2 0>; };
        """;

    [Theory]
    [InlineData(Today, 3u)]
    [InlineData(ChildrenWithFourCells, 3u)]
    [InlineData(ChildrenWithTwoCells, 1u)]
    public void All_three_forms_say_the_same(string nodes, uint clockOfDisplay)
    {
        Read(nodes, 27_000_000, (bool read, LanePlan plan, string problem) =>
        {
            Assert.True(read, problem);
            Assert.Equal((LaneProtocol.Pcie, 0u), (plan[0].Protocol, plan[0].Instance));
            Assert.Equal((LaneProtocol.DisplayPort, clockOfDisplay, 27_000_000u), (plan[1].Protocol, plan[1].ReferenceClock, plan[1].ReferenceHertz));
            Assert.Equal(LaneProtocol.Usb3, plan[2].Protocol);
            Assert.Equal((LaneProtocol.Sata, 1u), (plan[3].Protocol, plan[3].Instance));
        });
    }

    [Theory]
    [InlineData("<9 0 2 0 0>", "<9 0 2 1 0>", "Malformed /pcie@fd0e0000: phys")]
    [InlineData("<9 2 4 0 2>", "<9 2 4 1 2>", "Malformed /usb@ff9d0000: phys")]
    [InlineData("<9 2 4 0 2>", "<9 2 3 0 2>", "Malformed /usb@ff9d0000: phys")]
    [InlineData("<9 2 4 0 2>", "<9 3 4 1 2>", "Contradiction")]
    [InlineData("<9 0 2 0 0>", "<9 2 2 2 0>", "Contradiction")]
    [InlineData("<9 1 6 0 3>", "<9 1 2 1 0>, <9 2 2 2 0>", "Contradiction")]
    public void A_lane_that_cannot_be_what_is_asked_of_it_is_refused_with_path_and_property(string from, string to, string wanted)
    {
        Assert.Contains(from, Today, StringComparison.Ordinal);
        Read(Today.Replace(from, to, StringComparison.Ordinal), 27_000_000, (bool read, LanePlan _, string problem) =>
        {
            Assert.False(read);
            Assert.StartsWith(wanted, problem, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_clock_that_the_board_does_not_have_is_refused_and_a_tree_without_transceivers_has_no_plan()
    {
        Read(Today, 0, (bool read, LanePlan _, string problem) => Assert.Equal((false, "Malformed /display@fd4a0000: phys"), (read, problem)));
        Read("usb { phys = <7>; }; phy { #phy-cells = <0>; phandle = <7>; };", 0, (bool read, LanePlan plan, string problem) =>
        {
            Assert.True(read, problem);
            Assert.True(plan.IsEmpty);
        });
    }

    private static void Read(string nodes, uint displayHertz, Action<bool, LanePlan, string> look)
    {
        DeviceTreeCompiler.Run("dts", "dtb", Encoding.UTF8.GetBytes("/dts-v1/; / { " + nodes + " };"), out byte[] blob);
        Assert.Equal(FdtError.None, FdtReader.TryOpen(blob, out FdtReader tree));
        ReferenceClocks clocks = default;
        clocks[0] = 100_000_000;
        clocks[1] = displayHertz == 0 ? 125_000_000 : nodes.Contains("<2>", StringComparison.Ordinal) ? 27_000_000u : 125_000_000;
        clocks[2] = 26_000_000;
        clocks[3] = nodes.Contains("<2>", StringComparison.Ordinal) ? 125_000_000 : displayHertz;
        bool read = LanePlanReader.TryRead(tree, in clocks, out LanePlan plan, out PlatformProblem problem);
        byte[] text = new byte[256];
        string where = problem.IsNone ? "" : $"{problem.Kind} {Encoding.UTF8.GetString(text, 0, problem.WriteTo(tree, text))}";
        look(read, plan, where);
    }
}
