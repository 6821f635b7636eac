using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Tests.ConfigSpace;
using Sluice.Testing;
using Xunit;

namespace Sluice.Runtime.Tests.Domains;

public sealed class FunctionAssignmentTests
{
    [Fact]
    public void DMA_is_quarantined_first_and_attached_last()
    {
        AssignedFunction assigned = new();

        Assert.Equal(AssignmentStep.None, assigned.Result);
        Assert.Equal(["quarantine 10", "attach 10"], assigned.Isolation.Steps);
        Assert.Equal(1, assigned.Assignment.Owned.Owned);
    }

    [Fact]
    public void J1_What_is_owned_is_not_assigned_again_and_the_hardware_is_not_touched()
    {
        AssignedFunction assigned = new();
        assigned.Isolation.Steps.Clear();
        assigned.Request = assigned.Request with { Owner = new OwnerId(2), Place = new(0, 3, 0) };

        Assert.Equal(AssignmentStep.Check, assigned.Assign());

        Assert.Empty(assigned.Isolation.Steps);
        Assert.Empty(assigned.Device.Trace.Accesses);
    }

    [Fact]
    public void I1_A_stream_that_somebody_owns_is_not_given_to_another()
    {
        AssignedFunction assigned = new();
        assigned.Reference.Plug(new(0, 3, 0));
        assigned.Isolation.Steps.Clear();
        assigned.Request = assigned.Request with { Function = new(0, 3, 0), Place = new(0, 3, 0), Owner = new OwnerId(2) };

        Assert.Equal(AssignmentStep.Check, assigned.Assign());
        Assert.Empty(assigned.Isolation.Steps);
    }

    [Fact]
    public void I2_Functions_that_share_a_stream_go_to_one_owner_and_only_the_last_one_closes_it()
    {
        AssignedFunction assigned = new();
        assigned.Reference.Plug(new(0, 3, 0));
        assigned.Isolation.Steps.Clear();
        AssignmentRequest<MsixEntryArray> first = assigned.Request;
        assigned.Request = first with { Function = new(0, 3, 0), Place = new(0, 3, 0), Entries = new MsixEntryArray(new GuestMsixEntry[17]) };

        Assert.Equal(AssignmentStep.None, assigned.Assign());
        Assert.Empty(assigned.Isolation.Steps);

        Assert.True(assigned.Release());
        Assert.Empty(assigned.Isolation.Steps);
        Assert.True(assigned.Assignment.TryRelease(new(0, 3, 0), assigned.Guest.Handle, ref assigned.Bridge));
        Assert.Equal(["quarantine 10"], assigned.Isolation.Steps);
    }

    [Fact]
    public void I3_A_controller_that_cannot_tell_senders_apart_serves_one_guest_only()
    {
        AssignedFunction assigned = new();
        assigned.Reference.Plug(new(0, 3, 0));
        AssignmentRequest<MsixEntryArray> other = assigned.Request with { Function = new(0, 3, 0), Stream = 0x18, Place = new(0, 3, 0) };
        assigned.Isolation.Steps.Clear();

        assigned.Request = other with { Owner = new OwnerId(2) };
        Assert.Equal(AssignmentStep.Check, assigned.Assign());
        Assert.Empty(assigned.Isolation.Steps);

        assigned.Request = other;
        Assert.Equal(AssignmentStep.None, assigned.Assign());
    }

    [Fact]
    public void Nobody_owns_nothing()
    {
        AssignedFunction assigned = new();
        Assert.True(assigned.Release());
        assigned.Request = assigned.Request with { Owner = default };

        Assert.Equal(AssignmentStep.Check, assigned.Assign());
    }

    [Fact]
    public void I4_When_attaching_fails_all_is_undone_and_the_stream_stays_quarantined()
    {
        AssignedFunction assigned = new();
        Assert.True(assigned.Release());
        assigned.Isolation.FailsAttach = true;

        Assert.Equal(AssignmentStep.Attach, assigned.Assign());

        AssertFree(assigned);
        assigned.Isolation.FailsAttach = false;
        Assert.Equal(AssignmentStep.None, assigned.Assign());
    }

    [Fact]
    public void I4_When_the_quarantine_fails_the_function_is_given_up()
    {
        AssignedFunction assigned = new();
        Assert.True(assigned.Release());
        assigned.Isolation.FailsQuarantine = true;
        Assert.Equal(AssignmentStep.Quarantine, assigned.Assign());
        assigned.Isolation.FailsQuarantine = false;

        Assert.Equal(AssignmentStep.Check, assigned.Assign());
        Assert.Equal(0, assigned.Assignment.Owned.Owned);
        Assert.Empty(assigned.Isolation.Attached);
    }

    [Fact]
    public void I4_When_there_are_no_vectors_all_is_undone()
    {
        AssignedFunction assigned = new();
        assigned.Reference.Plug(new(0, 3, 0));
        AssignmentRequest<MsixEntryArray> first = assigned.Request;
        assigned.Request = first with { Function = new(0, 3, 0), Stream = 0x18, Place = new(0, 3, 0) };
        Assert.Equal(AssignmentStep.None, assigned.Assign());
        assigned.Reference.Plug(new(0, 4, 0));
        assigned.Request = first with { Function = new(0, 4, 0), Stream = 0x20, Place = new(0, 4, 0) };
        Assert.Equal(AssignmentStep.None, assigned.Assign());
        assigned.Reference.Plug(new(0, 5, 0));
        assigned.Request = first with { Function = new(0, 5, 0), Stream = 0x28, Place = new(0, 5, 0) };

        Assert.Equal(AssignmentStep.Vectors, assigned.Assign());

        Assert.Equal(51u, assigned.Assignment.Msi.TakenVectors);
        Assert.Equal(3, assigned.Assignment.Owned.Owned);
        Assert.DoesNotContain(0x28u, assigned.Isolation.Attached);
        assigned.Bridge.ReadConfig(5 << 15, AccessWidth.Word, out ulong absent);
        Assert.Equal(0xFFFF_FFFFul, absent);
    }

    [Fact]
    public void I4_When_the_place_is_taken_all_is_undone()
    {
        AssignedFunction assigned = new();
        assigned.Reference.Plug(new(0, 3, 0));
        assigned.Request = assigned.Request with { Function = new(0, 3, 0), Stream = 0x18 };

        Assert.Equal(AssignmentStep.Publish, assigned.Assign());
        Assert.Equal(17u, assigned.Assignment.Msi.TakenVectors);
        Assert.Equal(1, assigned.Assignment.Owned.Owned);
        Assert.DoesNotContain(0x18u, assigned.Isolation.Attached);
    }

    [Fact]
    public void J2_Release_silences_unmaps_quarantines_and_resets()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Write(0x72, 2, 0x8000);
        assigned.Program(0, AssignedFunction.Doorbell, AssignedFunction.FirstInterrupt);
        int resets = assigned.Device.Resets;

        Assert.True(assigned.Release());

        AssertFree(assigned);
        Assert.Equal(resets + 1, assigned.Device.Resets);
        Assert.Equal(0u, assigned.HostCommand & 0x0007);
        Assert.Equal(0u, assigned.Device.Peek(0x72, AccessWidth.HalfWord) & 0x8000);
        Assert.True(assigned.Device.Msix.IsMasked(0));
        Assert.False(assigned.Release());
    }

    [Fact]
    public void I6_When_the_quarantine_fails_at_release_the_function_is_given_up_although_it_is_at_rest()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Isolation.FailsQuarantine = true;

        Assert.False(assigned.Release());
        assigned.Isolation.FailsQuarantine = false;

        Assert.Equal(AssignmentStep.Quarantine, assigned.Assignment.Failure.Step);
        Assert.True(assigned.Assignment.Failure.IsBroken);
        Assert.Equal(AssignmentStep.Check, assigned.Assign());
        Assert.Equal(AssignmentCause.Broken, assigned.Assignment.Failure.Cause);
        Assert.Equal(0u, assigned.Assignment.Msi.TakenVectors);
        Assert.Equal(0xFFFF_FFFFu, assigned.Read(0, 4));
        Assert.Empty(assigned.Guest.Mappings);
    }

    [Fact]
    public void A_function_that_vanished_is_given_up_at_release()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Device.IsPresent = false;

        Assert.False(assigned.Release());

        Assert.Empty(assigned.Guest.Mappings);
        Assert.Empty(assigned.Isolation.Attached);
        Assert.Equal(AssignmentStep.Check, assigned.Assign());
    }

    [Fact]
    public void A_function_that_was_given_up_may_still_send_messages_so_nobody_shares_its_controller()
    {
        AssignedFunction assigned = new AssignedFunction().Enable();
        assigned.Reference.Plug(new(0, 3, 0));
        assigned.Isolation.FailsQuarantine = true;
        Assert.False(assigned.Release());
        assigned.Isolation.FailsQuarantine = false;
        assigned.Request = assigned.Request with { Owner = new OwnerId(2), Function = new(0, 3, 0), Stream = 0x18 };

        Assert.Equal(AssignmentStep.Check, assigned.Assign());
    }

    [Fact]
    public void J9_After_any_number_of_owners_everything_is_as_at_the_beginning()
    {
        AssignedFunction assigned = new();
        Assert.True(assigned.Release());
        ulong free = assigned.Assignment.FreeLowBytes;
        assigned.Device.Trace.IsKept = false;
        assigned.IsWatched = false;
        for (int cycle = 0; cycle < Effort.Of(200); cycle++)
        {
            assigned.Request = assigned.Request with { Owner = new OwnerId((ushort)(1 + (cycle % 5))) };
            Assert.Equal(AssignmentStep.None, assigned.Assign());
            assigned.Enable();
            assigned.Write(0x72, 2, 0x8000);
            assigned.Program(1, AssignedFunction.Doorbell, AssignedFunction.FirstInterrupt + 1);
            Assert.True(assigned.Device.Signal(1));
            assigned.TakePhysicalInterrupts();
            Assert.True(assigned.Guest.TryTakeInterrupt(out _));
            Assert.True(assigned.Release());
            AssertFree(assigned);
            Assert.Equal(free, assigned.Assignment.FreeLowBytes);
        }
    }

    [Fact]
    public void A_function_that_comes_back_with_other_memory_is_not_assigned()
    {
        AssignedFunction assigned = new();
        Assert.True(assigned.Release());
        assigned.Device.Poke(0x18, AccessWidth.Word, 0x0000_0006);

        Assert.Equal(AssignmentStep.Place, assigned.Assign());
        Assert.Equal(0, assigned.Assignment.Owned.Owned);
    }

    private static void AssertFree(AssignedFunction assigned)
    {
        Assert.Equal(0, assigned.Assignment.Owned.Owned);
        Assert.Equal(0u, assigned.Assignment.Msi.TakenVectors);
        Assert.Empty(assigned.Guest.Mappings);
        Assert.Empty(assigned.Isolation.Attached);
        Assert.Equal(0xFFFF_FFFFu, assigned.Read(0, 4));
    }
}
