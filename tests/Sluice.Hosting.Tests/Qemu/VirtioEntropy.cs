using System;
using System.Buffers.Binary;
using System.Diagnostics;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Xunit;

namespace Sluice.Hosting.Tests.Qemu;

/// <summary>As much of a virtio driver as one buffer of random bytes needs (Virtual I/O Device 1.2, sections 2.7, 4.1.4 and 5.4).</summary>
internal sealed class VirtioEntropy
{
    private const byte VendorCapability = 0x09;
    private const byte CommonConfig = 1;
    private const byte NotifyConfig = 2;
    private const uint AccessPlatform = 1u << 1;
    private const uint Version1 = 1u << 0;

    private readonly VirtMachine _machine;
    private readonly ulong _queue;
    private readonly ulong _deviceQueue;
    private readonly RegisterAddress _common;
    private readonly RegisterAddress _notify;

    public VirtioEntropy(VirtMachine machine, HostFunction<EcamHostBridge<QtestBus>> function, ulong queue, ulong deviceQueue)
    {
        _machine = machine;
        _queue = queue;
        _deviceQueue = deviceQueue;
        CapabilityWalk<EcamHostBridge<QtestBus>> walk = new(function.Config);
        while (walk.MoveNext())
        {
            byte kind = function.Config.Read8(new RegisterAddress(walk.Offset + 3));
            if (walk.Id != VendorCapability || kind is not (CommonConfig or NotifyConfig))
            {
                continue;
            }

            byte bar = function.Config.Read8(new RegisterAddress(walk.Offset + 4));
            RegisterAddress place = function.MemoryAddress(bar, function.Config.Read32(new RegisterAddress(walk.Offset + 8)));
            _common = kind == CommonConfig ? place : _common;
            _notify = kind == NotifyConfig ? place : _notify;
        }

        Assert.NotEqual(0UL, _common.Value);
        Assert.NotEqual(0UL, _notify.Value);
    }

    /// <summary>Sets one queue up and has the device fill one buffer.</summary>
    public byte[] Draw(int bytes)
    {
        QtestBus bus = _machine.Bus;
        bus.Write8(_common + 0x14, 0);
        bus.Write8(_common + 0x14, 1 | 2);
        bus.Write32(_common + 0x08, 1);
        bus.Write32(_common + 0x0C, AccessPlatform | Version1);
        bus.Write8(_common + 0x14, 1 | 2 | 8);
        Assert.Equal(8, bus.Read8(_common + 0x14) & 8);
        bus.Write16(_common + 0x16, 0);
        bus.Write16(_common + 0x18, 4);
        bus.Write64(_common + 0x20, _deviceQueue);
        bus.Write64(_common + 0x28, _deviceQueue + 0x1000);
        bus.Write64(_common + 0x30, _deviceQueue + 0x2000);
        bus.Write16(_common + 0x1C, 1);
        bus.Write8(_common + 0x14, 1 | 2 | 8 | 4);

        Span<byte> descriptor = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(descriptor, _deviceQueue + 0x3000);
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor[8..], (uint)bytes);
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor[12..], 2);
        _machine.Machine.Connection.WriteMemory(_queue, descriptor);
        _machine.Machine.Connection.WriteMemory(_queue + 0x1000, [0, 0, 1, 0, 0, 0]);
        bus.Write16(_notify, 0);
        long begin = Stopwatch.GetTimestamp();
        while (bus.Read16(new RegisterAddress(_queue + 0x2002)) == 0)
        {
            Assert.True(Stopwatch.GetElapsedTime(begin) < TimeSpan.FromSeconds(10), "the device does not use the buffer");
        }

        return _machine.ReadMemory(_queue + 0x3000, bytes);
    }
}
