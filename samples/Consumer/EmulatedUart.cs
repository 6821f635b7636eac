using Consumer.Blocks;
using Sluice.Registers;

namespace Consumer;

/// <summary>A serial port as a guest finds it: the generated view answers, and this adds the line.</summary>
internal sealed class EmulatedUart
{
    private Uart.Guest _view;
    private SerialLine _line = new();

    public EmulatedUart() => _view.Reset(ResetKind.PowerOn);

    /// <summary>All that was sent.</summary>
    public string Sent => _line.Sent.ToString();

    /// <summary>How the port is set up.</summary>
    public Uart.Control Control => _view.Control;

    /// <summary>A character arrives from the other end.</summary>
    public void Arrive(char character)
    {
        bool full = _view.Status.Received;
        _view.Status = _view.Status with { Received = true, Overrun = _view.Status.Overrun || full };
        if (!full)
        {
            _line.Waiting = character;
        }
    }

    /// <summary>The guest reads.</summary>
    public ulong Read(ulong address, AccessWidth width)
    {
        _view.Read((uint)(address - Uart.BaseAddress), width, ref _line, out ulong value);
        return value;
    }

    /// <summary>The guest writes.</summary>
    public AccessResult Write(ulong address, AccessWidth width, ulong value)
        => _view.Write((uint)(address - Uart.BaseAddress), width, new GuestValue(value), ref _line);
}
