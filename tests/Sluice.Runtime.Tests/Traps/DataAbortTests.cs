using Sluice.Registers;
using Sluice.Runtime.Traps;
using Xunit;

namespace Sluice.Runtime.Tests.Traps;

public sealed class DataAbortTests
{
    private const ulong Class = 0x24ul << 26;
    private const ulong Length32 = 1ul << 25;
    private const ulong Valid = 1ul << 24;
    private const ulong Translation = 0x07;

    [Theory]
    [InlineData(0, AccessWidth.Byte)]
    [InlineData(1, AccessWidth.HalfWord)]
    [InlineData(2, AccessWidth.Word)]
    [InlineData(3, AccessWidth.DoubleWord)]
    public void The_syndrome_gives_width_direction_and_register(ulong size, AccessWidth width)
    {
        var load = new DataAbort(Class | Length32 | Valid | (size << 22) | (19ul << 16) | Translation, 0, 0);
        var store = new DataAbort(Class | Length32 | Valid | (size << 22) | (31ul << 16) | (1ul << 6) | Translation, 0, 0);

        Assert.True(load.IsEmulable);
        Assert.False(load.IsWrite);
        Assert.Equal(width, load.Width);
        Assert.Equal(19u, load.Register);
        Assert.Equal(4u, load.InstructionBytes);
        Assert.True(store.IsEmulable);
        Assert.True(store.IsWrite);
        Assert.Equal(31u, store.Register);
    }

    [Fact]
    public void The_address_joins_the_page_of_HPFAR_with_the_offset_of_FAR()
    {
        var abort = new DataAbort(Class | Valid | Translation, 0xFFFF_8000_1234_5ABC, 0x000F_F123_4567_89A0);

        // Bits 43:4 of HPFAR_EL2 are bits 51:12 of the address; what stands above them is not part of it.
        Assert.Equal(0x0001_2345_6789_AABCul, abort.Address.Untrusted);
    }

    [Theory]
    [InlineData(Class | Translation)]
    [InlineData(Class | Valid | Translation | (1ul << 7))]
    [InlineData(Class | Valid | Translation | (1ul << 10))]
    [InlineData(Class | Valid | 0x0F)]
    [InlineData(Class | Valid | 0x10)]
    public void An_access_that_the_syndrome_does_not_describe_is_not_emulable(ulong syndrome)
    {
        Assert.False(new DataAbort(syndrome, 0, 0).IsEmulable);
    }

    [Theory]
    [InlineData(0, false, false, 0x80, 0x80)]
    [InlineData(0, true, false, 0x80, 0xFFFF_FF80)]
    [InlineData(0, true, true, 0x80, 0xFFFF_FFFF_FFFF_FF80)]
    [InlineData(0, true, true, 0x7F, 0x7F)]
    [InlineData(1, true, false, 0x8001, 0xFFFF_8001)]
    [InlineData(1, true, true, 0x8001, 0xFFFF_FFFF_FFFF_8001)]
    [InlineData(2, true, true, 0x8000_0001, 0xFFFF_FFFF_8000_0001)]
    [InlineData(3, false, true, 0x8000_0000_0000_0001, 0x8000_0000_0000_0001)]
    public void A_load_is_extended_as_its_instruction_says(ulong size, bool signed, bool wide, ulong value, ulong expected)
    {
        ulong syndrome = Class | Valid | (size << 22) | (signed ? 1ul << 21 : 0) | (wide ? 1ul << 15 : 0) | Translation;

        Assert.Equal(expected, new DataAbort(syndrome, 0, 0).Extend(value));
    }
}
