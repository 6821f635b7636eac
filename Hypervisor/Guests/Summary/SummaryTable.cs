using System;
using Sluice.Hypervisor.Devices;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;

namespace Sluice.Hypervisor.Guests.Summary;

/// <summary>Prints what was seen of a guest, a row a line: what kind, of what, how many. Scripts read it.</summary>
internal readonly struct SummaryTable : ITrapVisitor
{
    private const int KindWidth = 10;
    private const int NameWidth = 36;

    private readonly SerialConsole _console;

    public SummaryTable(SerialConsole console)
    {
        _console = console;
    }

    public void Begin(ReadOnlySpan<byte> reason)
    {
        _console.WriteLine("sluice: summary"u8);
        Pad("ended"u8, KindWidth);
        _console.WriteLine(reason);
    }

    public void End()
    {
        _console.WriteLine("sluice: end"u8);
    }

    public void Row(ReadOnlySpan<byte> kind, ReadOnlySpan<byte> name, ulong count)
    {
        Pad(kind, KindWidth);
        Pad(name, NameWidth);
        _console.WriteDecimal(count);
        _console.WriteLine(""u8);
    }

    /// <summary>A row whose name is a block's and a register's; none when there is nothing to count.</summary>
    public void Visit(ReadOnlySpan<byte> block, ReadOnlySpan<byte> register, uint count)
    {
        if (count == 0)
        {
            return;
        }

        Pad("trap"u8, KindWidth);
        _console.Write(block);
        _console.Write("."u8);
        Pad(register, NameWidth - block.Length - 1);
        _console.WriteDecimal(count);
        _console.WriteLine(""u8);
    }

    /// <summary>The rows of a block's registers.</summary>
    public void Registers<TTables>(ReadOnlySpan<byte> block, ref readonly RegisterCounters<TTables> counters)
        where TTables : struct, IRegisterTables
    {
        for (int register = 0; register < RegisterNames.Count<TTables>(); register++)
        {
            Visit(block, RegisterNames.Name<TTables>(register), counters[register]);
        }
    }

    /// <summary>One fault: whose, where, what was tried.</summary>
    public void Fault(uint stream, [GuestControlled] ulong address, bool write, uint kind)
    {
        Pad("fault"u8, KindWidth);
        _console.Write("stream "u8);
        _console.WriteHex(stream);
        _console.Write(" address "u8);
        _console.WriteHex(address);
        _console.Write(write ? " write"u8 : " read"u8);
        _console.Write(" event "u8);
        _console.WriteHex(kind, 2);
        _console.WriteLine(""u8);
    }

    private void Pad(ReadOnlySpan<byte> text, int width)
    {
        _console.Write(text);
        for (int column = text.Length; column < width; column++)
        {
            _console.Write(" "u8);
        }
    }
}
