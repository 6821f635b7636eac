using System;
using System.Threading;
using Sluice.Registers;

namespace Sluice.Hypervisor.Devices;

/// <summary>A PL011 UART, written by polling. Firmware has set it up; a guest may own it in between. Source: Arm DDI 0183, §3.3.</summary>
internal readonly unsafe struct SerialConsole
{
    private const int Data = 0x00;
    private const int Flags = 0x18;
    private const uint TransmitFull = 1 << 5;

    private readonly byte* _base;

    public SerialConsole(ulong address)
    {
        _base = (byte*)address;
    }

    public void WriteLine(ReadOnlySpan<byte> text)
    {
        Write(text);
        Write("\r\n"u8);
    }

    public void Write(ReadOnlySpan<byte> text)
    {
        for (int index = 0; index < text.Length; index++)
        {
            Put(text[index]);
        }
    }

    /// <summary>In hexadecimal with 0x, at least <paramref name="digits"/> digits.</summary>
    public void WriteHex([GuestControlled] ulong value, int digits = 1)
    {
        Write("0x"u8);
        for (int shift = 60; shift >= 0; shift -= 4)
        {
            if (value >> shift != 0 || shift < digits * 4)
            {
                uint digit = (uint)(value >> shift) & 0xF;
                Put((byte)(digit < 10 ? '0' + digit : 'a' + digit - 10));
            }
        }
    }

    public void WriteDecimal(ulong value)
    {
        ulong unit = 1;
        while (value / unit >= 10)
        {
            unit *= 10;
        }

        for (; unit != 0; unit /= 10)
        {
            Put((byte)('0' + (value / unit % 10)));
        }
    }

    private void Put(byte character)
    {
        while ((Volatile.Read(ref *(uint*)(_base + Flags)) & TransmitFull) != 0)
        {
        }

        Volatile.Write(ref *(uint*)(_base + Data), character);
    }
}
