using System;
using System.Buffers.Binary;
using System.Globalization;
using System.IO;

namespace Sluice.Hosting;

/// <summary>
/// A device that the kernel leaves to user space (UIO): its registers, and its interrupt (Linux, <c>Documentation/driver-api/uio-howto.rst</c>).
/// </summary>
public sealed class UioDevice : IDisposable
{
    private const string Advice = "bind the device to uio_pci_generic or uio_pdrv_genirq, and run as root or give this user the file";

    private readonly string _file;
    private readonly string _attributes;
    private int _descriptor;

    /// <summary>Opens a device.</summary>
    /// <param name="number">Its number: N of <c>/dev/uioN</c>.</param>
    /// <param name="devices">Where the device files are.</param>
    /// <param name="attributes">Where the kernel describes them.</param>
    /// <exception cref="HostingException">Absent or not permitted.</exception>
    public UioDevice(int number, string devices = "/dev", string attributes = "/sys/class/uio")
    {
        string name = "uio" + number.ToString(CultureInfo.InvariantCulture);
        _file = Path.Combine(devices, name);
        _attributes = Path.Combine(attributes, name);
        _descriptor = SystemCalls.Open(_file, SystemCalls.ReadWrite | SystemCalls.CloseOnExec);
        if (_descriptor < 0)
        {
            throw SystemCalls.Failed("cannot be opened", _file, Advice);
        }
    }

    /// <summary>Maps one of its register ranges.</summary>
    /// <param name="index">Which: N of the kernel's <c>mapN</c>.</param>
    /// <exception cref="HostingException">There is none, the kernel describes it in a way that has no meaning, or it cannot be mapped.</exception>
    public MappedRegion Map(int index)
    {
        string map = Path.Combine(_attributes, "maps", "map" + index.ToString(CultureInfo.InvariantCulture));
        ulong address = Number(Path.Combine(map, "addr"));
        ulong size = Number(Path.Combine(map, "size"));

        // The kernel takes the page of the offset for the number of the range; what lies before the registers in their page is said by the attribute "offset".
        string lead = Path.Combine(map, "offset");
        ulong within = File.Exists(lead) ? Number(lead) : 0;
        ulong page = (ulong)Environment.SystemPageSize;
        return within < page
            ? MappedRegion.Map(_file, ((ulong)index * page) + within, size, address + (address % page == 0 ? within : 0), Advice)
            : throw new HostingException(HostingFailure.Range, $"{lead}: says 0x{within:x}, more than a page; the driver that made this device is at fault");
    }

    /// <summary>Lets the device's interrupt through, once.</summary>
    /// <exception cref="HostingException">The device has no interrupt that can be switched.</exception>
    public void EnableInterrupt()
    {
        Span<byte> one = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(one, 1);
        if (SystemCalls.Write(_descriptor, one, sizeof(uint)) != sizeof(uint))
        {
            throw SystemCalls.Failed("its interrupt cannot be enabled", _file, "does the device have an interrupt?");
        }
    }

    /// <summary>Waits for the device's interrupt.</summary>
    /// <param name="patience">How long.</param>
    /// <param name="count">How many there were since the device was bound.</param>
    /// <returns>Whether there was one in this time.</returns>
    /// <exception cref="HostingException">The device has no interrupt, or went away.</exception>
    public bool TryWaitInterrupt(TimeSpan patience, out uint count)
    {
        count = 0;
        SystemCalls.PollRequest request = new() { File = _descriptor, Wanted = SystemCalls.PollIn };
        int ready = SystemCalls.Poll(ref request, 1, (int)Math.Clamp(patience.TotalMilliseconds, 0, int.MaxValue));
        Span<byte> number = stackalloc byte[sizeof(uint)];
        if (ready < 0 || (ready > 0 && SystemCalls.Read(_descriptor, number, sizeof(uint)) != sizeof(uint)))
        {
            throw SystemCalls.Failed("its interrupt cannot be waited for", _file, "does the device have an interrupt, and is it still there?");
        }

        count = BinaryPrimitives.ReadUInt32LittleEndian(number);
        return ready > 0;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        int descriptor = System.Threading.Interlocked.Exchange(ref _descriptor, -1);
        if (descriptor >= 0)
        {
            _ = SystemCalls.Close(descriptor);
        }
    }

    private static ulong Number(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path).Trim();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HostingException(
                error is UnauthorizedAccessException ? HostingFailure.Permission : HostingFailure.Absent,
                $"{path}: cannot be read: {error.Message} The device has no such range, or is not a UIO device.",
                error);
        }

        string digits = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? text[2..] : text;
        return ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
            ? value
            : throw new HostingException(HostingFailure.Protocol, $"{path}: says '{text}', which is no number; is this sysfs?");
    }
}
