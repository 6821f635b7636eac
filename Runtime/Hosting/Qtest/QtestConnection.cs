using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Sluice.Hosting;

/// <summary>
/// A connection to a QEMU's qtest socket: a command is a line, its answer is a line (QEMU, <c>docs/devel/testing/qtest.rst</c> and <c>system/qtest.c</c>).
/// One caller at a time. A single access allocates nothing.
/// </summary>
public sealed class QtestConnection : IDisposable
{
    private const int LineBytes = 128;
    private const int BulkBytes = 32 * 1024;

    private readonly Socket _socket;
    private readonly Func<string>? _lastWords;
    private readonly byte[] _line = new byte[LineBytes];
    private readonly Dictionary<int, bool> _lines = [];
    private byte[] _input = new byte[4096];
    private int _start;
    private int _end;

    /// <summary>Takes a connected socket over.</summary>
    /// <param name="socket">The socket; closed with this connection.</param>
    /// <param name="patience">How long an answer may take.</param>
    /// <param name="lastWords">Gives what QEMU has written, for the message when it is gone; null when nobody knows.</param>
    public QtestConnection(Socket socket, TimeSpan patience, Func<string>? lastWords = null)
    {
        _socket = socket;
        _lastWords = lastWords;
        Patience = patience;
        int milliseconds = (int)Math.Clamp(patience.TotalMilliseconds, 1, int.MaxValue);
        socket.ReceiveTimeout = milliseconds;
        socket.SendTimeout = milliseconds;
    }

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Patience { get; }

    /// <summary>How many commands were answered.</summary>
    public long Commands { get; private set; }

    /// <summary>Reads a register or memory: one access of that width.</summary>
    /// <param name="address">Machine address.</param>
    /// <param name="bytes">1, 2, 4 or 8.</param>
    /// <exception cref="HostingException">QEMU does not answer, or refuses.</exception>
    public ulong Read(ulong address, int bytes)
    {
        int length = Compose("read"u8, bytes, address);
        _line[length++] = (byte)'\n';
        return ParseNumber(Exchange(_line.AsSpan(0, length)));
    }

    /// <summary>Writes a register or memory: one access of that width.</summary>
    /// <param name="address">Machine address.</param>
    /// <param name="bytes">1, 2, 4 or 8.</param>
    /// <param name="value">What to write, right-aligned.</param>
    /// <exception cref="HostingException">QEMU does not answer, or refuses.</exception>
    public void Write(ulong address, int bytes, ulong value)
    {
        int length = Compose("write"u8, bytes, address);
        _line[length++] = (byte)' ';
        length += Hexadecimal(_line.AsSpan(length), value);
        _line[length++] = (byte)'\n';
        _ = Exchange(_line.AsSpan(0, length));
    }

    /// <summary>Reads bytes of memory, without regard to access widths: not for registers.</summary>
    /// <param name="address">Machine address.</param>
    /// <param name="into">Where to.</param>
    /// <exception cref="HostingException">QEMU does not answer, or refuses.</exception>
    public void ReadMemory(ulong address, Span<byte> into)
    {
        while (into.Length > 0)
        {
            Span<byte> part = into[..Math.Min(into.Length, BulkBytes)];
            ReadOnlySpan<byte> answer = Exchange(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"b64read 0x{address:x} 0x{part.Length:x}\n")));
            if (Base64.DecodeFromUtf8(answer, part, out _, out int written) != System.Buffers.OperationStatus.Done || written != part.Length)
            {
                throw Garbled(answer);
            }

            address += (ulong)part.Length;
            into = into[part.Length..];
        }
    }

    /// <summary>Writes bytes of memory, without regard to access widths: not for registers.</summary>
    /// <param name="address">Machine address.</param>
    /// <param name="from">What to write.</param>
    /// <exception cref="HostingException">QEMU does not answer, or refuses.</exception>
    public void WriteMemory(ulong address, ReadOnlySpan<byte> from)
    {
        while (from.Length > 0)
        {
            ReadOnlySpan<byte> part = from[..Math.Min(from.Length, BulkBytes)];
            Command(string.Create(CultureInfo.InvariantCulture, $"b64write 0x{address:x} 0x{part.Length:x} ") + Convert.ToBase64String(part));
            address += (ulong)part.Length;
            from = from[part.Length..];
        }
    }

    /// <summary>Fills memory with one byte.</summary>
    /// <param name="address">Machine address.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="value">The byte.</param>
    /// <exception cref="HostingException">QEMU does not answer, or refuses.</exception>
    public void Fill(ulong address, ulong length, byte value)
    {
        if (length != 0)
        {
            Command(string.Create(CultureInfo.InvariantCulture, $"memset 0x{address:x} 0x{length:x} 0x{value:x}"));
        }
    }

    /// <summary>
    /// Has QEMU report the input lines of a device (an interrupt controller) from now on; that device no longer gets them. Once for a machine.
    /// </summary>
    /// <param name="path">The device's path in QEMU's object tree, for example <c>/machine/unattached/device[1]</c>.</param>
    /// <exception cref="HostingException">QEMU does not answer, or knows no such device.</exception>
    public void InterceptInputs(string path) => Command("irq_intercept_in " + path);

    /// <summary>Whether an intercepted line is high. What QEMU reported before the last answer is known.</summary>
    /// <param name="line">The line's number.</param>
    public bool IsRaised(int line) => _lines.GetValueOrDefault(line);

    /// <summary>Sends a command of any kind.</summary>
    /// <param name="command">The line, without its end.</param>
    /// <returns>What follows the OK.</returns>
    /// <exception cref="HostingException">QEMU does not answer, or refuses.</exception>
    public string Command(string command) => Encoding.ASCII.GetString(Exchange(Encoding.ASCII.GetBytes(command + "\n")));

    /// <inheritdoc/>
    public void Dispose() => _socket.Dispose();

    private static int Hexadecimal(Span<byte> into, ulong value)
    {
        into[0] = (byte)'0';
        into[1] = (byte)'x';
        _ = Utf8Formatter.TryFormat(value, into[2..], out int digits, 'x');
        return digits + 2;
    }

    private static ulong ParseNumber(ReadOnlySpan<byte> answer)
        => answer.StartsWith("0x"u8) && Utf8Parser.TryParse(answer[2..], out ulong value, out int used, 'x') && used == answer.Length - 2 ? value : throw Garbled(answer);

    private static ReadOnlySpan<byte> Next(ref ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf((byte)' ');
        ReadOnlySpan<byte> word = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return word;
    }

    private static HostingException Garbled(ReadOnlySpan<byte> answer) => new(
        HostingFailure.Protocol,
        $"qtest: QEMU answered '{Encoding.ASCII.GetString(answer[..Math.Min(answer.Length, 80)])}', which is no answer to the command; is the socket a qtest socket?");

    private int Compose(ReadOnlySpan<byte> verb, int bytes, ulong address)
    {
        verb.CopyTo(_line);
        int length = verb.Length;
        _line[length++] = bytes switch { 1 => (byte)'b', 2 => (byte)'w', 4 => (byte)'l', _ => (byte)'q' };
        _line[length++] = (byte)' ';
        return length + Hexadecimal(_line.AsSpan(length), address);
    }

    private ReadOnlySpan<byte> Exchange(ReadOnlySpan<byte> command)
    {
        Send(command);
        while (true)
        {
            ReadOnlySpan<byte> answer = ReceiveLine();
            ReadOnlySpan<byte> rest = answer;
            ReadOnlySpan<byte> verdict = Next(ref rest);
            if (verdict.SequenceEqual("OK"u8))
            {
                Commands++;
                return rest;
            }

            if (verdict.SequenceEqual("IRQ"u8))
            {
                ReadOnlySpan<byte> edge = Next(ref rest);
                if (!Utf8Parser.TryParse(rest, out int line, out _))
                {
                    throw Garbled(answer);
                }

                _lines[line] = edge.SequenceEqual("raise"u8);
                continue;
            }

            throw verdict.SequenceEqual("FAIL"u8) || verdict.SequenceEqual("ERR"u8)
                ? new HostingException(
                    HostingFailure.Protocol,
                    $"qtest: QEMU refused '{Encoding.ASCII.GetString(command[..Math.Min(command.Length, 80)]).TrimEnd()}': {Encoding.ASCII.GetString(answer)}")
                : Garbled(answer);
        }
    }

    private void Send(ReadOnlySpan<byte> bytes)
    {
        try
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[_socket.Send(bytes)..];
            }
        }
        catch (SocketException error)
        {
            throw Lost(error);
        }
    }

    private ReadOnlySpan<byte> ReceiveLine()
    {
        while (true)
        {
            int length = _input.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                ReadOnlySpan<byte> line = _input.AsSpan(_start, length);
                _start += length + 1;
                return line;
            }

            MakeRoom();
            int received;
            try
            {
                received = _socket.Receive(_input.AsSpan(_end));
            }
            catch (SocketException error)
            {
                throw Lost(error);
            }

            if (received == 0)
            {
                throw Lost(null);
            }

            _end += received;
        }
    }

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _input.AsSpan(_start, _end - _start).CopyTo(_input);
            _end -= _start;
            _start = 0;
        }

        if (_end == _input.Length)
        {
            // A line is a number, or a bulk read's text.
            if (_input.Length > 4 * BulkBytes)
            {
                throw Garbled(_input);
            }

            Array.Resize(ref _input, _input.Length * 2);
        }
    }

    private HostingException Lost(SocketException? error) => error is { SocketErrorCode: SocketError.TimedOut or SocketError.WouldBlock }
        ? new HostingException(
            HostingFailure.Timeout,
            $"qtest: no answer within {Patience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s; QEMU hangs, or waits for a debugger or a monitor",
            error)
        : new HostingException(HostingFailure.Closed, "qtest: QEMU closed the connection; it wrote: " + (_lastWords?.Invoke() ?? "(not known here)"), error);
}
