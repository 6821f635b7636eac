using Sluice.Generators.Tests.Sample;
using Sluice.Registers;
using Xunit;

namespace Sluice.Generators.Tests.Views;

public sealed class PassthroughView
{
    private const uint Link = Port.Offsets.Link;

    [Fact]
    public void A_read_shows_the_visible_bits_of_the_hardware()
    {
        PortAccess port = new(hardware: 0xFFFF_FFFF);
        Assert.Equal((AccessResult.Done, 0x0007_00F1ul), port.Read(Link));
        Assert.Equal((AccessResult.Done, 0x07ul), port.Read(Link + 2, AccessWidth.Byte));
        Assert.Equal("hardware read 24 Word; hardware read 24 Word", port.Calls());
    }

    [Fact]
    public void A_write_keeps_what_the_party_may_not_write_and_triggers_nothing_that_it_did_not()
    {
        // OWNER is another's; FAULT (W0C) must be written as one, DOWN and LOST (W1C) as zero unless the party writes them.
        PortAccess port = new(hardware: 0x0007_AB20);
        port.Write(Link, 0xFFFE_0031);
        Assert.Equal("hardware read 24 Word; hardware write 24 Word 6AB31", port.Calls());
    }

    [Fact]
    public void A_write_of_one_byte_reaches_the_hardware_whole_and_acts_on_that_byte_alone()
    {
        PortAccess port = new(hardware: 0x0007_AB20);
        port.Write(Link, 0x41, AccessWidth.Byte);
        Assert.Equal("hardware read 24 Word; hardware write 24 Word 2AB41", port.Calls());
        port.Write(Link + 2, 0x01, AccessWidth.Byte);
        Assert.Equal("hardware read 24 Word; hardware write 24 Word 3AB41", port.Calls());
    }

    [Fact]
    public void A_value_that_its_sanitizer_refuses_never_reaches_the_hardware()
    {
        PortAccess port = new(hardware: 0x0000_0020);
        port.Write(Link, 0x0000_0090);
        Assert.Equal(0x0002_0020ul, port.Hardware);
    }

    [Fact]
    public void A_narrow_read_of_a_register_that_reading_clears_reads_no_other_byte_of_the_hardware()
    {
        PortAccess port = new(hardware: 0xAB);
        Assert.Equal((AccessResult.Done, 0xABul), port.Read(Port.Offsets.LinkEvents + 1, AccessWidth.Byte));
        Assert.Equal("hardware read 29 Byte", port.Calls());
        port.Read(Port.Offsets.LinkEvents);
        Assert.Equal("hardware read 28 Word", port.Calls());
    }

    [Fact]
    public void A_write_that_meets_no_writable_bit_does_not_reach_the_hardware()
    {
        PortAccess port = new(hardware: 0x0007_AB20);
        Assert.Equal(AccessResult.Done, port.Write(Link + 1, 0xFF, AccessWidth.Byte));
        Assert.Equal(AccessResult.Done, port.Write(Link + 3, 0xFF, AccessWidth.Byte));
        Assert.Equal(AccessResult.Done, port.Write(Port.Offsets.LinkEvents, 0xFFFF_FFFF));
        Assert.Equal("", port.Calls());
    }

    [Fact]
    public void Peeking_does_not_reach_the_hardware()
    {
        PortAccess port = new(hardware: 0xFFFF_FFFF);
        Assert.Equal(port.View.Peek(Link), port.View.Peek(Link));
        Assert.Equal("", port.Calls());
    }
}
