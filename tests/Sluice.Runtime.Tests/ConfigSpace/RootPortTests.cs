using System;
using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Xunit;

namespace Sluice.Runtime.Tests.ConfigSpace;

public sealed class RootPortTests
{
    [Fact]
    public void Every_byte_of_every_width_and_direction_is_what_it_is_classified_as()
    {
        for (uint offset = 0; offset < 0x1000; offset++)
        {
            for (int width = 1; width <= 4; width *= 2)
            {
                GuestRootPort port = GuestRootPort.Create();
                ConfigByte[] bytes = [.. Enumerable.Range((int)offset, width).Select(at => GuestRootPort.Classify((uint)at))];
                bool aligned = offset % (uint)width == 0;
                bool isEnd = offset >= GuestRootPort.SizeBytes;
                AccessResult read = port.Read(offset, (AccessWidth)width, out ulong value);
                AccessResult written = port.Write(offset, (AccessWidth)width, new GuestValue(ulong.MaxValue), out _);
                Assert.Equal(Expected(bytes.Select(static one => one.Reads).Contains(ByteTreatment.Denied)), read);
                Assert.Equal(Expected(bytes.Select(static one => one.Writes).Contains(ByteTreatment.Denied)), written);
                if (read != AccessResult.Rejected)
                {
                    port.Read(offset, (AccessWidth)width, out ulong after);
                    for (int index = 0; index < width; index++)
                    {
                        bool changed = (((value ^ after) >> (index * 8)) & 0xFF) != 0;
                        Assert.True(!changed || bytes[index].Writes != ByteTreatment.Constant, $"0x{offset:x} of {width}");
                        Assert.True(bytes[index].Reads != ByteTreatment.Denied || ((value >> (index * 8)) & 0xFF) == 0xFF, $"0x{offset:x} of {width}");
                    }
                }

                AccessResult Expected(bool denied) => !aligned || isEnd ? AccessResult.Rejected : denied ? AccessResult.Denied : AccessResult.Done;
            }
        }
    }

    [Fact]
    public void What_the_classes_say_adds_up_to_its_header()
    {
        ConfigByte[] bytes = [.. Enumerable.Range(0, 0x1000).Select(static at => GuestRootPort.Classify((uint)at))];

        Assert.Equal((int)GuestRootPort.SizeBytes, bytes.Count(static one => one.Reads != ByteTreatment.Denied));
        Assert.Contains(bytes, static one => one.Writes == ByteTreatment.Stored);
        Assert.Equal(default, GuestRootPort.Classify(uint.MaxValue));
    }

    [Theory]
    [InlineData(1u, 3u, 0u, false)]
    [InlineData(1u, 3u, 1u, true)]
    [InlineData(1u, 3u, 3u, true)]
    [InlineData(1u, 3u, 4u, false)]
    [InlineData(2u, 3u, 1u, false)]
    [InlineData(0u, 3u, 0u, false)]
    [InlineData(0u, 3u, 2u, false)]
    [InlineData(3u, 2u, 3u, false)]
    [InlineData(3u, 2u, 2u, false)]
    public void A_bus_is_behind_it_from_its_secondary_to_its_subordinate_one_and_none_before_it_is_numbered(uint secondary, uint subordinate, uint bus, bool routes)
    {
        GuestRootPort port = GuestRootPort.Create();
        port.Write(0x19, AccessWidth.Byte, new GuestValue(secondary), out _);
        port.Write(0x1A, AccessWidth.Byte, new GuestValue(subordinate), out _);

        Assert.Equal(routes, port.Routes(bus));
    }

    [Fact]
    public void A_reset_of_its_bus_is_told_when_it_begins_and_not_while_it_lasts()
    {
        GuestRootPort port = GuestRootPort.Create();

        Assert.Equal([true, false, false, false, true], ((uint[])[0x40, 0x40, 0x42, 0, 0x40]).Select(Resets));

        bool Resets(uint control)
        {
            port.Write(0x3E, AccessWidth.HalfWord, new GuestValue(control), out bool resets);
            return resets;
        }
    }
}
