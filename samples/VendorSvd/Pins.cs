using Sluice.Registers;
using VendorSvd.Acme;

namespace VendorSvd;

/// <summary>What the overlay leaves to code: a write to BSRR sets and resets pins in ODR.</summary>
internal readonly struct Pins : Gpiob.IGuestHooks
{
    public void WriteBsrr(ref Gpiob.Guest view, Gpiob.Bsrr old, Gpiob.Bsrr value, Lanes lanes)
        => view.Odr = view.Odr with { Od0 = value.Bs0 || (view.Odr.Od0 && !value.Br0) };
}
