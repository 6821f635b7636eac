using Sluice.Runtime.Firmware;

namespace Sluice.Runtime.Phy;

/// <summary>Reads from a device tree what every lane is for, whoever drives its controller.</summary>
public static class LanePlanReader
{
    private const int MostNodes = 64;

    /// <summary>Goes through all nodes that are switched on and ask for a lane of a PS-GTR.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="clocks">How fast the board's clocks are, for the forms of the binding that do not say.</param>
    /// <param name="plan">The lanes.</param>
    /// <param name="problem">What is wrong with the tree, with node and property; a lane that cannot be what is asked of it is malformed or contradicts another.</param>
    /// <returns>Whether there is nothing wrong. A tree without a PS-GTR gives an empty plan.</returns>
    public static bool TryRead(FdtReader tree, in ReferenceClocks clocks, out LanePlan plan, out PlatformProblem problem)
    {
        plan = default;
        problem = default;
        FdtNode node = tree.Root;
        int consumers = 0;
        while (problem.IsNone && tree.TryNext(node, out node))
        {
            if (!tree.IsEnabled(node) || !tree.TryGetProperty(node, "phys"u8, out FdtProperty _))
            {
                continue;
            }

            problem = ++consumers > MostNodes
                ? new PlatformProblem(PlatformProblemKind.TooMany, node, PlatformProperty.Phys)
                : Add(tree, node, in clocks, ref plan);
        }

        if (problem.IsNone && plan.Problem != LaneProblem.None)
        {
            problem = new PlatformProblem(PlatformProblemKind.Contradiction, tree.Root, PlatformProperty.Phys);
        }

        return problem.IsNone;
    }

    private static PlatformProblem Add(FdtReader tree, FdtNode node, in ReferenceClocks clocks, ref LanePlan plan)
    {
        PlatformProblem problem = PhyReader.Read(tree, node, out PhyReferences references, out int count);
        if (!problem.IsNone)
        {
            // Another kind of PHY, which is not ours to judge.
            return problem.Kind == PlatformProblemKind.Unsupported || problem.Property == PlatformProperty.PhyCells ? default : problem;
        }

        for (int index = 0; index < count; index++)
        {
            LaneProblem lane = plan.Add(in references[index], in clocks);
            if (lane != LaneProblem.None)
            {
                return new PlatformProblem(
                    lane == LaneProblem.LaneTaken ? PlatformProblemKind.Contradiction : PlatformProblemKind.Malformed, node, PlatformProperty.Phys);
            }
        }

        return default;
    }
}
