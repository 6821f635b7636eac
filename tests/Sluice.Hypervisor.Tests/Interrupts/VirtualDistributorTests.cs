using Sluice.Hypervisor.Guests.Interrupts;
using Sluice.Registers;
using Xunit;

namespace Sluice.Hypervisor.Tests.Interrupts;

public sealed class VirtualDistributorTests
{
    private const uint Control = 0x000;
    private const uint SetEnable = 0x100;
    private const uint ClearEnable = 0x180;
    private const uint SetPending = 0x200;
    private const uint ClearPending = 0x280;
    private const uint Priority = 0x400;
    private const uint Targets = 0x800;
    private const uint Configuration = 0xC00;
    private const uint SoftwareInterrupt = 0xF00;

    [Fact]
    public void Enable_bits_show_and_take_only_what_the_guest_owns()
    {
        VirtualDistributor distributor = Create(new GicMemory());

        Assert.Equal(AccessResult.Done, Write(ref distributor, SetEnable + 8, AccessWidth.Word, uint.MaxValue));
        Assert.Equal(0x00FF_0000ul, Read(ref distributor, SetEnable + 8, AccessWidth.Word));
        Assert.Equal(0x00FF_0000ul, Read(ref distributor, ClearEnable + 8, AccessWidth.Word));
        Write(ref distributor, ClearEnable + 10, AccessWidth.Byte, 0x0F);
        Assert.Equal(0x00F0_0000ul, Read(ref distributor, SetEnable + 8, AccessWidth.Word));
        Write(ref distributor, ClearEnable + 8, AccessWidth.Word, 0);
        Assert.Equal(0x00F0_0000ul, Read(ref distributor, ClearEnable + 8, AccessWidth.Word));
    }

    [Fact]
    public void Software_interrupts_are_enabled_for_good()
    {
        VirtualDistributor distributor = Create(new GicMemory());

        Write(ref distributor, ClearEnable, AccessWidth.Word, uint.MaxValue);
        Assert.Equal(0xFFFFul, Read(ref distributor, SetEnable, AccessWidth.Word));
    }

    [Fact]
    public void Pending_bits_come_and_go_as_they_are_named()
    {
        VirtualDistributor distributor = Create(new GicMemory());

        Write(ref distributor, SetPending + 8, AccessWidth.Word, 0xFFF0_0000);
        Assert.Equal(0x00F0_0000ul, Read(ref distributor, SetPending + 8, AccessWidth.Word));
        Write(ref distributor, ClearPending + 8, AccessWidth.Word, 0x0030_0000);
        Assert.Equal(0x00C0_0000ul, Read(ref distributor, ClearPending + 8, AccessWidth.Word));
        Write(ref distributor, ClearPending + 8, AccessWidth.Word, 0);
        Assert.Equal(0x00C0_0000ul, Read(ref distributor, SetPending + 8, AccessWidth.Word));
    }

    [Fact]
    public void A_priority_is_kept_in_its_upper_five_bits_and_for_owned_interrupts_only()
    {
        VirtualDistributor distributor = Create(new GicMemory());

        Write(ref distributor, Priority + 80, AccessWidth.Word, 0xA7FF_1020);
        Assert.Equal(0xA0F8_1020ul, Read(ref distributor, Priority + 80, AccessWidth.Word));
        Write(ref distributor, Priority + 81, AccessWidth.Byte, 0x48);
        Assert.Equal(0xA0F8_4820ul, Read(ref distributor, Priority + 80, AccessWidth.Word));
        Write(ref distributor, Priority + 40, AccessWidth.Word, uint.MaxValue);
        Assert.Equal(0ul, Read(ref distributor, Priority + 40, AccessWidth.Word));
    }

    [Fact]
    public void The_one_CPU_is_every_owned_interrupts_target()
    {
        VirtualDistributor distributor = Create(new GicMemory());

        Write(ref distributor, Targets + 80, AccessWidth.Word, 0xFFFF_FFFE);
        Assert.Equal(0x0101_0101ul, Read(ref distributor, Targets + 80, AccessWidth.Word));
        Assert.Equal(0ul, Read(ref distributor, Targets + 40, AccessWidth.Word));
    }

    [Fact]
    public void Triggering_can_be_chosen_where_no_physical_interrupt_stands_behind()
    {
        VirtualDistributor distributor = Create(new GicMemory());

        Write(ref distributor, Configuration + 20, AccessWidth.Word, uint.MaxValue);
        Assert.Equal(0x0000_AAAAul, Read(ref distributor, Configuration + 20, AccessWidth.Word));
        Write(ref distributor, Configuration + 4, AccessWidth.Word, uint.MaxValue);
        Assert.Equal(0ul, Read(ref distributor, Configuration + 4, AccessWidth.Word));
        Write(ref distributor, Configuration, AccessWidth.Word, 0);
        Assert.Equal(0xAAAA_AAAAul, Read(ref distributor, Configuration, AccessWidth.Word));
    }

    [Theory]
    [InlineData(0x0001_0003u, true)]
    [InlineData(0x0200_0003u, true)]
    [InlineData(0x0002_0003u, false)]
    [InlineData(0x0100_0003u, false)]
    public void A_software_interrupt_reaches_the_one_CPU_when_it_is_meant(uint value, bool reaches)
    {
        var gic = new GicMemory();
        VirtualDistributor distributor = Create(gic);
        Write(ref distributor, Control, AccessWidth.Word, 1);

        Write(ref distributor, SoftwareInterrupt, AccessWidth.Word, value);

        Assert.Equal(reaches, gic.List(0).IsPending && gic.List(0).Interrupt == 3);
    }

    [Fact]
    public void Nothing_is_forwarded_before_the_guest_turns_the_distributor_on()
    {
        var gic = new GicMemory();
        VirtualDistributor distributor = Create(gic);
        Write(ref distributor, SetEnable + 8, AccessWidth.Word, uint.MaxValue);
        distributor.Interrupts.Raise(80);
        Assert.False(gic.List(0).IsPending);

        Write(ref distributor, Control, AccessWidth.Word, 1);

        Assert.Equal(80u, gic.List(0).Interrupt);
        Assert.Equal(1ul, Read(ref distributor, Control, AccessWidth.Word));
    }

    [Fact]
    public void Every_byte_of_the_page_has_an_answer_in_every_width()
    {
        VirtualDistributor distributor = Create(new GicMemory());
        foreach (AccessWidth width in new[] { AccessWidth.Byte, AccessWidth.HalfWord, AccessWidth.Word, AccessWidth.DoubleWord })
        {
            for (uint offset = 0; offset < VirtualDistributor.SizeBytes + 8; offset++)
            {
                bool inside = offset % (uint)width == 0 && offset + (uint)width <= VirtualDistributor.SizeBytes;
                AccessResult read = distributor.Read(offset, width, out ulong value);
                AccessResult write = distributor.Write(offset, width, new GuestValue(ulong.MaxValue));
                Assert.Equal(inside, read != AccessResult.Rejected);
                Assert.Equal(inside, write != AccessResult.Rejected);
                Assert.True(width == AccessWidth.DoubleWord || value >> ((int)width * 8) == 0);
            }
        }

        Assert.True(distributor.Counters.Denied > 0);
    }

    private static VirtualDistributor Create(GicMemory gic)
    {
        for (uint interrupt = 80; interrupt < 88; interrupt++)
        {
            gic.Interrupts.Own(interrupt, direct: false);
        }

        return new VirtualDistributor(gic.Interrupts);
    }

    private static ulong Read(ref VirtualDistributor distributor, uint offset, AccessWidth width)
    {
        Assert.Equal(AccessResult.Done, distributor.Read(offset, width, out ulong value));
        return value;
    }

    private static AccessResult Write(ref VirtualDistributor distributor, uint offset, AccessWidth width, uint value)
    {
        return distributor.Write(offset, width, new GuestValue(value));
    }
}
