using System.Text;
using Consumer.Blocks;
using Sluice.Registers;

namespace Consumer;

/// <summary>What the view asks for beyond its tables; a hook that is missing here does not compile.</summary>
internal struct SerialLine() : Uart.IGuestHooks
{
    public StringBuilder Sent { get; } = new();

    public char Waiting { get; set; }

    public readonly Uart.Data ReadData(ref Uart.Guest view, Uart.Data stored, Lanes lanes)
    {
        view.Status = view.Status with { Received = false };
        return new Uart.Data(Waiting);
    }

    public readonly void WriteData(ref Uart.Guest view, Uart.Data old, Uart.Data value, Lanes lanes)
    {
        if (view.Control.Enable)
        {
            Sent.Append((char)value.Character);
        }
    }
}
