using System;
using Sluice.Registers;
using VendorSvd;
using VendorSvd.Acme;

var memory = new uint[5];
var port = new Gpiob.Registers<MemoryBus>(new MemoryBus(memory), new RegisterAddress(0));
port.Moder.Modify(port.Moder.Read() with { Mode0 = Gpiob.ModerMode0.Output });
port.Odr.Modify(port.Odr.Read() with { Od3 = true });
port.Bsrr.Write(default(Gpiob.Bsrr) with { Br0 = true });
Console.WriteLine($"GPIOB at 0x{Gpiob.BaseAddress:X8}: MODER {memory[0]:X8}, ODR {memory[1]:X8}, BSRR {memory[2]:X8}");

// The vendor's file says nothing of guests; acme-mc1.overlay.xml beside it does.
var guest = default(Gpiob.Guest);
var pins = new Pins();
guest.Reset(ResetKind.PowerOn);
guest.Write(Gpiob.Offsets.Bsrr, AccessWidth.Word, new GuestValue(0x0000_0001), ref pins);
guest.Write(Gpiob.Offsets.Moder, AccessWidth.Word, new GuestValue(0x2), ref pins);
Console.WriteLine($"for a guest: ODR {guest.Odr.Value:X8}, MODER {guest.Moder.Mode0}, LCKR {guest.Lckr.Value:X8}");
