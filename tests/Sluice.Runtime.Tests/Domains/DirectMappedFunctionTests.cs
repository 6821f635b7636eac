using System.Linq;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Domains;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Tests.HostBridges;
using Xunit;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>A function whose BARs must not move, for a guest whose addresses are the machine's.</summary>
public sealed class DirectMappedFunctionTests
{
    private static readonly RequesterId s_function = new(0, 1, 0);

    private readonly DomainFixture _fixture = new();
    private readonly ulong _config;

    public DirectMappedFunctionTests()
    {
        _fixture.Plug(0, 1);
        AssignmentRequest<MsixEntryArray> request = _fixture.Request(s_function, 1) with
        {
            Policy = new FunctionPolicy { Relocation = BarRelocation.Never },
            Windows = new GuestMemoryWindows(new GuestMemoryWindow(ReferenceMachine.Windows, 2 * ReferenceMachine.WindowBytes), default),
        };
        Assert.Equal(AssignmentStep.None, _fixture.AssignRequest(request, 1));
        _config = (ulong)request.Place.Value << 12;
    }

    [Fact]
    public void Its_memory_is_mapped_where_the_machine_has_it_without_the_guest_having_placed_it()
    {
        Write(0x04, AccessWidth.HalfWord, 2);

        Assert.NotEmpty(_fixture.Guest(1).Mappings);
        Assert.All(_fixture.Guest(1).Mappings, static mapping => Assert.Equal(mapping.Machine, mapping.Guest));
    }

    [Fact]
    public void And_stays_there_whatever_the_guest_writes_before_or_while_it_decodes()
    {
        Write(0x10, AccessWidth.Word, 0x1180_0000);
        Write(0x04, AccessWidth.HalfWord, 2);
        ulong[] before = [.. _fixture.Guest(1).Mappings.Select(static mapping => mapping.Guest)];
        Write(0x10, AccessWidth.Word, 0x1180_0000);
        Write(0x18, AccessWidth.HalfWord, 0x1190);
        Write(0x18, AccessWidth.Word, 0xFFFF_FFFF);

        Assert.Equal(before, _fixture.Guest(1).Mappings.Select(static mapping => mapping.Guest));
        Assert.All(_fixture.Guest(1).Mappings, static mapping => Assert.Equal(mapping.Machine, mapping.Guest));
        _fixture.BridgeOf(1).ReadConfig(_config + 0x18, AccessWidth.Word, out ulong bar);
        Assert.Contains(bar & 0xFFFF_F000, before);
    }

    private void Write(uint offset, AccessWidth width, uint value)
        => _fixture.Checked(_fixture.BridgeOf(1).WriteConfig(_config + offset, width, new GuestValue(value)));
}
