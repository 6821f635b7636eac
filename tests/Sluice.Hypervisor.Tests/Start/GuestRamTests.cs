using System.Runtime.InteropServices;
using Sluice.Hypervisor.Guests;
using Sluice.Registers;
using Xunit;

namespace Sluice.Hypervisor.Tests.Start;

public sealed unsafe class GuestRamTests
{
    private const ulong Start = 0x4000_0000;
    private const uint Bytes = 0x1000;

    [Fact]
    public void A_word_is_read_only_where_the_guest_has_RAM_and_aligned()
    {
        void* memory = NativeMemory.AlignedAlloc(Bytes, 4096);
        try
        {
            NativeMemory.Fill(memory, Bytes, 0x5A);
            GuestRam ram = new(Start, (ulong)memory, Bytes);

            Assert.True(ram.TryRead64(new GuestAddress(Start), out ulong value));
            Assert.Equal(0x5A5A_5A5A_5A5A_5A5Aul, value);
            Assert.True(ram.TryRead64(new GuestAddress(Start + Bytes - 8), out _));
            foreach (ulong address in (ulong[])[0, Start - 8, Start + 4, Start + Bytes - 4, Start + Bytes, ulong.MaxValue - 7, ulong.MaxValue])
            {
                Assert.False(ram.TryRead64(new GuestAddress(address), out value));
                Assert.Equal(0ul, value);
            }

            Assert.True(ram.HasRam(new GuestAddress(Start), Bytes));
            Assert.False(ram.HasRam(new GuestAddress(Start), Bytes + 1));
            Assert.False(ram.HasRam(new GuestAddress(Start + 1), Bytes));
            Assert.False(ram.HasRam(new GuestAddress(Start), ulong.MaxValue));
            Assert.False(ram.HasRam(new GuestAddress(Start), 0));
        }
        finally
        {
            NativeMemory.AlignedFree(memory);
        }
    }
}
