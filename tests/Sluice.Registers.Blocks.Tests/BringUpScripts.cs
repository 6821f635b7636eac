using System.Collections.Generic;
using System.Linq;
using Sluice.Registers.Description;
using Sluice.Testing.Snapshots;
using Xunit;

namespace Sluice.Registers.Blocks.Tests;

/// <summary>The sequences of the boards as scripts.</summary>
public sealed class BringUpScripts
{
    public static TheoryData<string, string> All
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (DeviceModel device in Boards.Results.Select(result => result.Model!))
            {
                foreach (string name in SequenceScript.Names(device))
                {
                    all.Add(device.Name, name);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_sequence_is_a_script_too(string device, string name)
    {
        DeviceModel model = Boards.Results.Single(result => result.Model!.Name == device).Model!;
        Dictionary<string, ulong> least = SequenceScript.Find(model, name)!.Arguments.ToDictionary(argument => argument.Name, argument => argument.Minimum);
        foreach (ScriptKind kind in new[] { ScriptKind.UBoot, ScriptKind.Xsdb })
        {
            Assert.Null(SequenceScript.Write(model, name, least, kind).Problem);
        }
    }

    [Theory]
    [InlineData("GT_PCIE", ScriptKind.UBoot)]
    [InlineData("GT_PCIE", ScriptKind.Xsdb)]
    [InlineData("GT_SATA", ScriptKind.Xsdb)]
    [InlineData("GT_USB3", ScriptKind.Xsdb)]
    [InlineData("GT_DP", ScriptKind.Xsdb)]
    [InlineData("GT_SGMII", ScriptKind.Xsdb)]
    public void The_bring_up_of_a_lane_is_what_was_agreed(string name, ScriptKind kind)
    {
        DeviceModel model = Boards.Results.Single(result => result.Model!.Name == "ZYNQMP").Model!;
        ScriptResult script = SequenceScript.Write(model, name, ZynqmpLanes.Arguments(name), kind);
        Assert.Null(script.Problem);
        Snapshot.Match(script.Text!, "txt", name + "." + kind);
    }
}
