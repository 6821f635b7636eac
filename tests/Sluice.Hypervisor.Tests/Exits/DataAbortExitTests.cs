using Sluice.Hypervisor.Guests.Exits;
using Sluice.Hypervisor.Processor;
using Sluice.Registers;
using Sluice.Runtime.Traps;
using Xunit;

namespace Sluice.Hypervisor.Tests.Exits;

public sealed class DataAbortExitTests
{
    private const ulong Load = (0x24ul << 26) | (1ul << 25) | (1ul << 24) | 0x07;
    private const ulong Store = Load | (1ul << 6);
    private const ulong Block = 0x0900_0000;

    private AddressMap _map;
    private RecordingDevices _devices;
    private TrapFrame _frame;
    private ulong _denied;

    public DataAbortExitTests()
    {
        Assert.Equal(AddressMapError.None, _map.Add(Block, 0x1000, 5));
        _frame.ReturnAddress = 0x8000;
    }

    [Fact]
    public void A_load_puts_the_blocks_answer_into_its_register_and_goes_on_behind_the_instruction()
    {
        _devices.Answer = 0xFFEE;

        Assert.True(Take(Load | (1ul << 22) | (3ul << 16), Block + 0x124));
        Assert.Equal((5u, 0x124u, AccessWidth.HalfWord, false), (_devices.Target, _devices.Offset, _devices.Width, _devices.WasWrite));
        Assert.Equal(0xFFEEul, _frame[3]);
        Assert.Equal(0x8004ul, _frame.ReturnAddress);
        Assert.Equal(0ul, _denied);
    }

    [Fact]
    public void A_store_brings_only_the_bytes_of_its_width()
    {
        _frame[7] = 0x1122_3344_5566_7788;

        Assert.True(Take(Store | (0ul << 22) | (7ul << 16), Block + 1));
        Assert.Equal((1u, AccessWidth.Byte, true, 0x88ul), (_devices.Offset, _devices.Width, _devices.WasWrite, _devices.Written));
    }

    [Fact]
    public void The_zero_register_is_stored_as_zero()
    {
        Assert.True(Take(Store | (2ul << 22) | (31ul << 16), Block));
        Assert.Equal(0ul, _devices.Written);
    }

    [Fact]
    public void A_denied_access_is_answered_and_counted()
    {
        _devices.Result = AccessResult.Denied;
        _devices.Answer = 0xFF;

        Assert.True(Take(Load, Block));
        Assert.Equal(0xFFul, _frame[0]);
        Assert.Equal(1ul, _denied);
        Assert.Equal(0x8004ul, _frame.ReturnAddress);
    }

    [Theory]
    [InlineData(Load, Block + 0x1000)]
    [InlineData(Load | (3ul << 22), Block + 0xFFC)]
    [InlineData(Load & ~(1ul << 24), Block)]
    [InlineData(Load | (1ul << 7), Block)]
    public void An_access_that_no_block_can_take_changes_nothing(ulong syndrome, ulong address)
    {
        TrapFrame before = _frame;

        Assert.False(Take(syndrome, address));
        Assert.Equal(before.ReturnAddress, _frame.ReturnAddress);
        Assert.Equal(before[0], _frame[0]);
        Assert.Equal(0u, _devices.Accesses);
        Assert.Equal(0ul, _denied);
    }

    private bool Take(ulong syndrome, ulong address)
    {
        var abort = new DataAbort(syndrome, 0xFFFF_0000_0000_0000 | (address & 0xFFF), (address >> 12) << 4);
        return DataAbortExit.TryHandle(ref _frame, abort, ref _map, ref _devices, ref _denied);
    }

    private struct RecordingDevices : IGuestDevices
    {
        public ulong Answer;
        public AccessResult Result;
        public uint Accesses;
        public uint Target;
        public uint Offset;
        public AccessWidth Width;
        public bool WasWrite;
        public ulong Written;

        public AccessResult Read(uint target, uint offset, AccessWidth width, out ulong value)
        {
            value = Answer;
            return Record(target, offset, width, write: false);
        }

        public AccessResult Write(uint target, uint offset, AccessWidth width, GuestValue value)
        {
            Written = value.Untrusted;
            return Record(target, offset, width, write: true);
        }

        private AccessResult Record(uint target, uint offset, AccessWidth width, bool write)
        {
            Accesses++;
            (Target, Offset, Width, WasWrite) = (target, offset, width, write);
            return Result;
        }
    }
}
