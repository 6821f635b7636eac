using Sluice.Generators.Tests.Sample;
using Sluice.Registers;
using Xunit;

namespace Sluice.Generators.Tests.Views;

/// <summary>What software must not write (SVD <c>writeConstraint</c>), a guest cannot: the field stays as it was.</summary>
public sealed class ConstrainedView
{
    private Clock.Guest _view;

    public ConstrainedView() => _view.Reset(ResetKind.PowerOn);

    [Theory]
    [InlineData(0x209, 0x2A9)]
    [InlineData(0x200, 0x2A0)]
    [InlineData(0x20A, 0x2A0)]
    [InlineData(0x105, 0x0A5)]
    [InlineData(0x255, 0x2A5)]
    public void A_field_takes_what_the_hardware_takes_and_its_neighbours_do_not_care(uint written, uint stored)
    {
        Assert.Equal(AccessResult.Done, Write(Clock.Offsets.Ctrl, written, AccessWidth.Word));
        Assert.Equal(stored, _view.Peek(Clock.Offsets.Ctrl));
    }

    [Fact]
    public void A_register_takes_a_value_that_fits_as_a_whole()
    {
        Write(Clock.Offsets.Count, 200, AccessWidth.Word);
        Write(Clock.Offsets.Count, 99, AccessWidth.Word);
        Assert.Equal(200u, _view.Peek(Clock.Offsets.Count));
        Write(Clock.Offsets.Count + 2, 2, AccessWidth.Byte);
        Assert.Equal(200u, _view.Peek(Clock.Offsets.Count));
        Write(Clock.Offsets.Count + 1, 0xFF, AccessWidth.Byte);
        Assert.Equal(0xFFC8u, _view.Peek(Clock.Offsets.Count));
    }

    [Fact]
    public void A_snapshot_that_holds_what_could_not_be_written_is_refused()
    {
        Write(Clock.Offsets.Ctrl, 9, AccessWidth.Word);
        byte[] snapshot = new byte[Clock.Guest.SnapshotBytes];
        Assert.True(_view.TrySave(snapshot));
        Assert.Equal(RestoreResult.Restored, _view.Restore(snapshot).Result);
        int at = System.Array.IndexOf(snapshot, (byte)0xA9);
        snapshot[at] = 0xAF;
        Assert.Equal((RestoreResult.Unsanitized, 0), (_view.Restore(snapshot).Result, _view.Restore(snapshot).Register));
        Assert.Equal(0xA9u, _view.Peek(Clock.Offsets.Ctrl));
    }

    private AccessResult Write(uint offset, ulong value, AccessWidth width) => _view.Write(offset, width, new GuestValue(value));
}
