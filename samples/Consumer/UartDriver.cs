using Consumer.Blocks;
using Sluice.Registers;

namespace Consumer;

/// <summary>Drives the serial port over any bus.</summary>
internal readonly struct UartDriver<TBus>(TBus bus)
    where TBus : struct, IRegisterBus
{
    private readonly Uart.Registers<TBus> _uart = new(bus, new RegisterAddress(Uart.BaseAddress));

    public void Start(uint divider)
        => _uart.Control.Write(default(Uart.Control) with { Enable = true, Parity = Uart.ControlParity.Even, Divider = divider });

    public void Send(string text)
    {
        foreach (char character in text)
        {
            _uart.Data.Write(default(Uart.Data) with { Character = character });
        }
    }

    /// <summary>The character that waits, if one does, and whether another was lost since the last time.</summary>
    public bool TryReceive(out char character, out bool lost)
    {
        Uart.Status status = _uart.Status.Read();
        character = status.Received ? (char)_uart.Data.Read().Character : '\0';
        lost = status.Overrun;
        if (lost)
        {
            _uart.Status.Write(default(Uart.Status) with { Overrun = true });
        }

        return status.Received;
    }
}
