using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Net.Sockets;
using System.Text;

namespace Sluice.Hosting;

/// <summary>A QEMU whose processors never run: its devices are driven from here, over the qtest socket. It ends with this object.</summary>
public sealed class QtestMachine : IDisposable
{
    private readonly Process _process;
    private readonly string _folder;
    private readonly StringBuilder _log;

    private QtestMachine(Process process, string folder, StringBuilder log, QtestConnection connection)
    {
        _process = process;
        _folder = folder;
        _log = log;
        Connection = connection;
    }

    /// <summary>The connection to it.</summary>
    public QtestConnection Connection { get; }

    /// <summary>Its registers.</summary>
    public QtestBus Bus => new(Connection);

    /// <summary>Its memory.</summary>
    public QtestMemory Memory => new(Connection);

    /// <summary>What QEMU has written on its standard output and error.</summary>
    public string Log
    {
        get
        {
            lock (_log)
            {
                return _log.ToString();
            }
        }
    }

    /// <summary>Starts a QEMU and waits until it connects.</summary>
    /// <param name="options">Which one, and with what.</param>
    /// <exception cref="HostingException">The program is absent or may not be run, refuses its arguments, or does not connect in time.</exception>
    public static QtestMachine Start(QtestOptions options)
    {
        try
        {
            return StartOnce(options);
        }
        catch (HostingException late) when (late.Reason == HostingFailure.Timeout)
        {
            return StartOnce(options);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Connection.Dispose();
        End(_process, _folder);
    }

    private static QtestMachine StartOnce(QtestOptions options)
    {
        string folder = Directory.CreateTempSubdirectory("sluice-").FullName;
        string path = Path.Combine(folder, "qtest");
        Process? process = null;
        try
        {
            using Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            listener.Bind(new UnixDomainSocketEndPoint(path));
            listener.Listen(1);
            StringBuilder log = new();
            process = Launch(options, path, log);
            Socket socket = Await(listener, process, options, log);
            return new QtestMachine(process, folder, log, new QtestConnection(socket, options.Patience, () => LastWords(process, log)));
        }
        catch
        {
            End(process, folder);
            throw;
        }
    }

    private static Process Launch(QtestOptions options, string socket, StringBuilder log)
    {
        ProcessStartInfo start = new(options.Program) { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in (string[])["-display", "none", "-nodefaults", "-qtest", "unix:" + socket, "-qtest-log", "/dev/null", .. options.Arguments])
        {
            start.ArgumentList.Add(argument);
        }

        foreach ((string name, string value) in options.Environment)
        {
            start.Environment[name] = value;
        }

        Process process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(log, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(log, line.Data);
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            bool denied = error.NativeErrorCode == 13;
            throw new HostingException(
                denied ? HostingFailure.Permission : HostingFailure.Absent,
                $"qtest: {options.Program} cannot be started: {error.Message}; " + (denied ? "is it executable?" : "install it (Debian: qemu-system-arm, qemu-system-mips), or name another program"),
                error);
        }

        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    private static Socket Await(Socket listener, Process process, QtestOptions options, StringBuilder log)
    {
        long begin = Stopwatch.GetTimestamp();
        while (!listener.Poll(TimeSpan.FromMilliseconds(20), SelectMode.SelectRead))
        {
            if (process.HasExited)
            {
                process.WaitForExit();
                throw new HostingException(HostingFailure.Closed, $"qtest: {options.Program} ended with {process.ExitCode} before it connected; it wrote: {Text(log)}");
            }

            if (Stopwatch.GetElapsedTime(begin) > options.StartPatience)
            {
                throw new HostingException(
                    HostingFailure.Timeout,
                    $"qtest: {options.Program} did not connect within {options.StartPatience.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s; it wrote: {Text(log)}");
            }
        }

        return listener.Accept();
    }

    private static string LastWords(Process process, StringBuilder log)
    {
        // What it wrote arrives a little later than the end of its connection.
        _ = process.WaitForExit(TimeSpan.FromSeconds(1));
        return Text(log);
    }

    private static void Keep(StringBuilder log, string? line)
    {
        lock (log)
        {
            if (line is not null && log.Length < 64 * 1024)
            {
                log.Append(line).Append('\n');
            }
        }
    }

    private static string Text(StringBuilder log)
    {
        lock (log)
        {
            return log.Length == 0 ? "nothing" : log.ToString().TrimEnd();
        }
    }

    private static void End(Process? process, string folder)
    {
        if (process is not null)
        {
            try
            {
                process.Kill();
                process.WaitForExit();
            }
            catch (InvalidOperationException)
            {
                // It was never started, or is gone already.
            }

            process.Dispose();
        }

        Directory.Delete(folder, recursive: true);
    }
}
