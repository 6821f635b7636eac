using System.Collections.Generic;
using Sluice.Generators.Tests.Sample;
using Sluice.Registers;
using Xunit;

namespace Sluice.Generators.Tests.Drivers;

public sealed class OrderedAccess
{
    private readonly List<string> _log = [];

    [Fact]
    public void A_register_whose_lower_half_comes_first_is_read_in_two()
    {
        Assert.Equal(0x5_0000_0005ul, On(5).Time.Read().Value);
        Assert.Equal(["read32 1038", "read32 103C"], _log);
    }

    [Fact]
    public void A_register_of_either_way_is_one_access()
    {
        On(0).Base.Write(new Crypto.Base(1));
        Assert.Equal(["write64 1030 1"], _log);
    }

    [Theory]
    [InlineData(RegisterHalves.LowFirst, "read32 1000, read32 1004, write32 1000 2, write32 1004 1")]
    [InlineData(RegisterHalves.HighFirst, "read32 1004, read32 1000, write32 1004 1, write32 1000 2")]
    [InlineData(RegisterHalves.Split, "read32 1004, read32 1000, read32 1004, write32 1000 2, write32 1004 1")]
    [InlineData(RegisterHalves.None, "read64 1000, write64 1000 100000002")]
    public void Each_order_is_kept(RegisterHalves halves, string expected)
    {
        RecordingBus bus = new(_log, 9);
        WideAccess.Read(bus, new RegisterAddress(0x1000), halves);
        WideAccess.Write(bus, new RegisterAddress(0x1000), halves, 0x1_0000_0002);
        Assert.Equal(expected, string.Join(", ", _log));
    }

    [Fact]
    public void A_queue_is_popped_and_pushed()
    {
        Crypto.Registers<RecordingBus> crypto = On(3);
        crypto.Pool.Push(crypto.Pool.Pop());
        Assert.Equal(["read32 1020", "write32 1020 3"], _log);
    }

    [Fact]
    public void A_window_selects_before_it_accesses_and_nothing_beyond_its_end()
    {
        Crypto.Registers<RecordingBus> crypto = On(8);
        Assert.True(crypto.Data.TryRead(99, out Crypto.Data value));
        Assert.True(crypto.Data.TryWrite(1, new Crypto.Data(2)));
        Assert.False(crypto.Data.TryRead(100, out _));
        Assert.Equal(8u, value.Value);
        Assert.Equal(["write32 1024 63", "read32 1028", "write32 1024 1", "write32 1028 2"], _log);
    }

    private Crypto.Registers<RecordingBus> On(ulong answer) => new(new RecordingBus(_log, answer), new RegisterAddress(0x1000));
}
