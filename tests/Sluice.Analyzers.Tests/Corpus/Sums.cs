using System;
using Sluice.Registers;

namespace Corpus;

/// <summary>Base and length: sums that cannot wrap around, and sums that can.</summary>
public class Sums
{
    public void Checked_sum_below_a_limit([GuestControlled] ulong address, [GuestControlled] ulong length)
    {
        if (checked(address + length) <= Trusted.Size)
        {
            Hardware.Dma(address, length);
        }
    }

    public void Wrap_test([GuestControlled] ulong address, [GuestControlled] ulong length)
    {
        ulong end = address + length;
        if (end < address || end > Trusted.Size)
        {
            return;
        }

        Hardware.Dma(address, length);
    }

    public void Wrap_test_inline([GuestControlled] ulong address, [GuestControlled] ulong length)
    {
        if (address + length >= address && address + length <= Trusted.Size)
        {
            Hardware.Dma(address, length);
        }
    }

    public void Overflow_check([GuestControlled] ulong address, [GuestControlled] ulong length)
    {
        if (address > ulong.MaxValue - length)
        {
            return;
        }

        if (address + length <= Trusted.Size)
        {
            Hardware.Dma(address, length);
        }
    }

    public void Checked_local([GuestControlled] ulong address, [GuestControlled] ulong length)
    {
        ulong end = checked(address + length);
        if (end <= Trusted.Size)
        {
            Hardware.Dma(address, length);
        }
    }

    public void Wrap_test_stale([GuestControlled] ulong address, [GuestControlled] ulong length)
    {
        ulong end = address + length;
        if (end < address)
        {
            return;
        }

        address = Guest.ReadWide(0);
        if (end <= Trusted.Size)
        {
            Hardware.Dma([|address|], [|length|]);
        }
    }

    public void Wrap_test_only([GuestControlled] ulong address, [GuestControlled] ulong length)
    {
        if (address + length < address)
        {
            return;
        }

        Hardware.Dma([|address|], [|length|]);
    }

    public void Constant_length([GuestControlled] ulong address)
    {
        ulong end = address + 4096;
        if (end >= address && end <= Trusted.Size)
        {
            Hardware.StoreWide(address);
        }
    }

    public void Signed_wrap_test([GuestControlled] long address, [GuestControlled] long length)
    {
        long end = address + length;
        if (end < address || end > 4096)
        {
            return;
        }

        Hardware.StoreSigned([|(int)address|]);
    }

    public void Bounded_plus_guest([GuestControlled] ulong address, [GuestControlled] ulong length)
    {
        if (address < Trusted.Size)
        {
            Hardware.StoreWide([|address + length|]);
        }
    }

    public void Length_within_rest([GuestControlled] ulong address, [GuestControlled] ulong length)
    {
        if (address <= Trusted.Size && length <= Trusted.Size - address)
        {
            Hardware.Dma(address, length);
        }
    }

    public void End_in_range_but_start_not([GuestControlled] ulong address, [GuestControlled] ulong length)
    {
        if (address + length <= Trusted.Size)
        {
            Hardware.Dma([|address|], [|length|]);
        }
    }

    public void Checked_sum_whose_overflow_is_caught([GuestControlled] ulong address, [GuestControlled] ulong length)
    {
        try
        {
            if (checked(address + length) > Trusted.Size)
            {
                return;
            }
        }
        catch (OverflowException)
        {
            return;
        }

        Hardware.Dma(address, length);
    }
}
