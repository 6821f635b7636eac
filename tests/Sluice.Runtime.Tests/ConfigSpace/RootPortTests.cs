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
}
