using Sluice.Registers;
using Sluice.Simulation.Pci;

namespace Sluice.Runtime.Tests.ConfigSpace;

/// <summary>The reference device with more capabilities: vital product data, two of a vendor, advanced features, error reporting, serial number.</summary>
internal static class RichFunction
{
    public const uint ProductData = 0xD0;
    public const uint FirstVendor = 0xD8;
    public const uint SecondVendor = 0xE4;
    public const uint Advanced = 0xF0;
    public const uint Errors = 0x100;
    public const uint Serial = 0x180;

    public static void Prepare(DmaFunction device)
    {
        device.Poke(0x91, AccessWidth.Byte, ProductData);
        device.Poke(ProductData, AccessWidth.Word, 0x0000_0003 | (FirstVendor << 8));
        device.Poke(ProductData + 4, AccessWidth.Word, 0x1234_5678);
        device.Poke(FirstVendor, AccessWidth.Word, 0x010C_0009 | (SecondVendor << 8));
        device.Poke(FirstVendor + 4, AccessWidth.Word, 0xAAAA_0001);
        device.Poke(SecondVendor, AccessWidth.Word, 0x0208_0009 | (Advanced << 8));
        device.Poke(SecondVendor + 4, AccessWidth.Word, 0xBBBB_0002);
        device.Poke(Advanced, AccessWidth.Word, 0x0306_0013);
        device.Poke(Errors, AccessWidth.Word, 0x1401_0001);
        device.Poke(Errors + 4, AccessWidth.Word, 0x0010_0000);
        device.Poke(Errors + 8, AccessWidth.Word, 0x0040_0000);
        device.Poke(0x140, AccessWidth.Word, 0x1801_0010);
        device.Poke(Serial, AccessWidth.Word, 0x0001_0003);
        device.Poke(Serial + 4, AccessWidth.Word, 0xCAFE_F00D);
        device.Poke(Serial + 8, AccessWidth.Word, 0x0123_4567);
    }
}
