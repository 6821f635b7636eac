using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Memory;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts;

/// <summary>Each command as the service reads it (Arm IHI 0069, section 5.3).</summary>
public sealed class ItsCommandTests
{
    private const ulong Valid = 1UL << 63;

    [Fact]
    public void Each_command_has_its_operands_where_the_architecture_puts_them()
    {
        AssertWords(ItsCommand.Sync(0x3_0000), 0x05, 0, 0x3_0000);
        AssertWords(ItsCommand.MapDevice(0x108, new MachineAddress(0x4000_2000), 8), 0x0000_0108_0000_0008, 7, 0x4000_2000 | Valid);
        AssertWords(ItsCommand.UnmapDevice(0x108), 0x0000_0108_0000_0008, 0, 0);
        AssertWords(ItsCommand.MapCollection(5, 0x3_0000), 0x09, 0, 0x3_0005 | Valid);
        AssertWords(ItsCommand.MapEvent(0x108, 3, 8195, 5), 0x0000_0108_0000_000A, 0x0000_2003_0000_0003, 5);
        AssertWords(ItsCommand.Invalidate(0x108, 3), 0x0000_0108_0000_000C, 3, 0);
        AssertWords(ItsCommand.InvalidateAll(5), 0x0D, 0, 5);
        AssertWords(ItsCommand.Discard(0x108, 3), 0x0000_0108_0000_000F, 3, 0);
    }

    private static void AssertWords(ItsCommand command, ulong first, ulong second, ulong third)
        => Assert.Equal((first, second, third), (command.Word0, command.Word1, command.Word2));
}
