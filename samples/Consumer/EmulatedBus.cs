using Sluice.Registers;

namespace Consumer;

/// <summary>The driver's way to the emulated port. To a real one it would be <see cref="MmioBus"/>, and the driver would be the same.</summary>
internal readonly struct EmulatedBus(EmulatedUart uart) : IRegisterBus
{
    private readonly EmulatedUart _uart = uart;

    public byte Read8(RegisterAddress address) => (byte)_uart.Read(address.Value, AccessWidth.Byte);

    public ushort Read16(RegisterAddress address) => (ushort)_uart.Read(address.Value, AccessWidth.HalfWord);

    public uint Read32(RegisterAddress address) => (uint)_uart.Read(address.Value, AccessWidth.Word);

    public ulong Read64(RegisterAddress address) => _uart.Read(address.Value, AccessWidth.DoubleWord);

    public void Write8(RegisterAddress address, byte value) => _uart.Write(address.Value, AccessWidth.Byte, value);

    public void Write16(RegisterAddress address, ushort value) => _uart.Write(address.Value, AccessWidth.HalfWord, value);

    public void Write32(RegisterAddress address, uint value) => _uart.Write(address.Value, AccessWidth.Word, value);

    public void Write64(RegisterAddress address, ulong value) => _uart.Write(address.Value, AccessWidth.DoubleWord, value);
}
