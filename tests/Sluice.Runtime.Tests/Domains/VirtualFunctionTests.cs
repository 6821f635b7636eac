using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Xunit;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>A virtual function and its physical one stand in each other's way, and in nobody else's.</summary>
public sealed class VirtualFunctionTests
{
    private static readonly RequesterId s_physical = new(0, 1, 0);
    private static readonly RequesterId s_virtual = new(0, 2, 0);
    private static readonly RequesterId s_other = new(0, 3, 0);

    private readonly DomainFixture _fixture = new();

    public VirtualFunctionTests()
    {
        _fixture.Plug(0, 1).WithVirtual(1, 8, 1);
        _fixture.Plug(0, 2);
        _fixture.Plug(0, 3);
    }

    [Fact]
    public void J5_A_physical_function_is_refused_because_of_its_virtual_one_and_the_reason_names_both_and_whose_virtual_functions_they_are()
    {
        Assert.Equal(AssignmentStep.None, _fixture.Assign(s_virtual, 1));

        Assert.Equal(AssignmentStep.Check, _fixture.Assign(s_physical, 1));

        AssignmentFailure failure = _fixture.Failure;
        Assert.Equal((AssignmentCause.Group, s_virtual.Value), (failure.Cause, failure.Other.Value));
        Assert.Equal(
            (IsolationRelation.VirtualFunction, s_physical.Value, s_virtual.Value, s_physical.Value, 0u),
            (failure.Reason.Relation, failure.Reason.First.Value, failure.Reason.Second.Value, failure.Reason.Via.Value, failure.Reason.Shared));
    }

    [Fact]
    public void J5_A_physical_function_with_virtual_ones_of_nobody_is_refused_as_well()
    {
        Assert.Equal(AssignmentStep.Check, _fixture.Assign(s_physical, 1));

        Assert.Equal((AssignmentCause.HasVirtualFunctions, s_physical.Value), (_fixture.Failure.Cause, _fixture.Failure.Other.Value));
    }

    [Fact]
    public void J5_Another_function_and_a_virtual_one_go_to_two_owners_in_any_order()
    {
        Assert.Equal(AssignmentStep.None, _fixture.Assign(s_virtual, 1));
        Assert.Equal(AssignmentStep.None, _fixture.Assign(s_other, 2));
        Assert.True(_fixture.Release(s_virtual, 1));

        Assert.Equal(AssignmentStep.None, _fixture.Assign(s_virtual, 3));

        Assert.True(_fixture.Release(s_other, 2));
        Assert.True(_fixture.Assignment.TryEject(s_other));
        Assert.False(_fixture.Assignment.TryEject(s_physical));
        Assert.Equal((AssignmentCause.HasVirtualFunctions, s_virtual.Value), (_fixture.Failure.Cause, _fixture.Failure.Other.Value));
        Assert.True(_fixture.Release(s_virtual, 3));
        Assert.True(_fixture.Assignment.TryEject(s_physical));
    }
}
