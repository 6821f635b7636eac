using System;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts;

public sealed unsafe class MsiAllocationTests
{
    private static readonly RequesterId s_sender = new(1, 0, 0);

    [Fact]
    public void Taking_messages_and_reading_config_space_allocate_nothing()
    {
        long least = long.MaxValue;
        ulong work = 0;
        for (int attempt = 0; attempt < 5; attempt++)
        {
            // The runtime itself may allocate while it compiles a method again; it does not do so five times.
            long before = GC.GetAllocatedBytesForCurrentThread();
            work += Exercise();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.True(work > 0);
        Assert.Equal(0, least);
    }

    private static ulong Exercise()
    {
        uint* words = stackalloc uint[0x400];
        new Span<uint>(words, 0x400).Clear();
        words[NwlBridge.Offsets.IMsiiCapabilities / 4] = 1;
        WordBus bus = new(words);
        NwlMsiSettings settings = new() { UsesFifo = true, Doorbell = 0xFD48_0000, EventInterrupt = 150 };
        NwlMsiController<WordBus, NoClock>.TryStart(bus, new RegisterAddress(0), default, settings, default, out NwlMsiController<WordBus, NoClock> controller, out _);
        MsiRequest request = new() { Owner = new OwnerId(1), Requester = s_sender, Count = 8, Alignment = 8 };
        controller.TryAllocate(in request, out VectorBlock block);
        words[NwlBridge.Offsets.MsgfRxFifoLevel / 4] = 3;
        words[NwlBridge.Offsets.MsgfRxFifoType / 4] = ((uint)s_sender.Value << 16) | 2;
        words[NwlBridge.Offsets.MsgfRxFifoAddressLo / 4] = 0xFD48_0000;
        words[NwlBridge.Offsets.MsgfRxFifoData / 4] = 5;
        words[NwlBridge.Offsets.MsgfMiscStatus / 4] = 3;
        PendingBits raised = default;
        ulong taken = 0;
        controller.Collect(150, ref raised);
        while (raised.TryTakeFirst(out uint vector))
        {
            taken += vector;
        }

        controller.Free(new OwnerId(1), block);
        NwlHostBridge<WordBus>.TryStart(bus, default(NoClock), default, out NwlHostBridge<WordBus> bridge, out BridgeRefusal refusal);
        return taken + refusal.Value + bridge.ReadConfig(s_sender, 0, AccessWidth.Word);
    }

    /// <summary>Registers that are plain words.</summary>
    private readonly struct WordBus(uint* words) : IRegisterBus
    {
        public byte Read8(RegisterAddress address) => (byte)Read32(address);

        public ushort Read16(RegisterAddress address) => (ushort)Read32(address);

        public uint Read32(RegisterAddress address) => words[(address.Value & 0xFFF) / 4];

        public ulong Read64(RegisterAddress address) => Read32(address);

        public void Write8([HardwareSink] RegisterAddress address, [HardwareSink] byte value) => Write32(address, value);

        public void Write16([HardwareSink] RegisterAddress address, [HardwareSink] ushort value) => Write32(address, value);

        public void Write32([HardwareSink] RegisterAddress address, [HardwareSink] uint value) => words[(address.Value & 0xFFF) / 4] = value;

        public void Write64([HardwareSink] RegisterAddress address, [HardwareSink] ulong value) => Write32(address, (uint)value);
    }

    private readonly struct NoClock : IClock
    {
        public ulong Microseconds => 0;
    }
}
