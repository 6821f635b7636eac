using System;
using System.Globalization;

namespace Sluice.Hosting;

/// <summary>
/// Registers of this machine, mapped into this process from a file that the kernel offers: <c>/dev/mem</c>, <c>/dev/uioN</c>, a <c>resourceN</c> of sysfs. They stay
/// mapped until this object is disposed of.
/// </summary>
public sealed unsafe class MappedRegion : IDisposable
{
    private readonly nuint _mappedBytes;
    private nint _mapped;

    private MappedRegion(nint mapped, nuint mappedBytes, ulong lead, ulong machineAddress, ulong length)
    {
        _mapped = mapped;
        _mappedBytes = mappedBytes;
        Lead = lead;
        MachineAddress = machineAddress;
        LengthBytes = length;
    }

    /// <summary>The machine address of the first byte.</summary>
    public ulong MachineAddress { get; }

    /// <summary>How many bytes there are.</summary>
    public ulong LengthBytes { get; }

    /// <summary>The registers as a bus; addresses are the machine's.</summary>
    public MappedBus Bus => new(this);

    private ulong Lead { get; }

    /// <summary>Maps physical memory of this machine. Needs root, and a kernel that lets even root do that (not every one does).</summary>
    /// <param name="machineAddress">Machine address of the first byte.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="device">The kernel's file for physical memory.</param>
    /// <exception cref="HostingException">Absent, not permitted, or not a range that the kernel maps.</exception>
    public static MappedRegion OfMachine(ulong machineAddress, ulong length, string device = "/dev/mem") => Map(
        device,
        machineAddress,
        length,
        machineAddress,
        "run as root; a kernel with CONFIG_STRICT_DEVMEM or in lockdown refuses memory that it uses itself: bind the device to uio instead");

    /// <summary>Maps a part of a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">Where in the file the first byte is.</param>
    /// <param name="length">Bytes.</param>
    /// <param name="machineAddress">The machine address of that byte, for the bus.</param>
    /// <param name="advice">What a person can do when it fails.</param>
    /// <exception cref="HostingException">Absent, not permitted, or not a range that the kernel maps.</exception>
    public static MappedRegion Map(string path, ulong offset, ulong length, ulong machineAddress, string advice)
    {
        ulong page = (ulong)Environment.SystemPageSize;
        ulong lead = offset % page;
        if (length == 0 || length > long.MaxValue - page || offset > long.MaxValue - length - page)
        {
            throw new HostingException(
                HostingFailure.Range,
                string.Create(CultureInfo.InvariantCulture, $"{path}: 0x{length:x} bytes from 0x{offset:x} on are no range; give a length that is not zero and an end below 2^63"));
        }

        int file = SystemCalls.Open(path, SystemCalls.ReadWrite | SystemCalls.Synchronous | SystemCalls.CloseOnExec);
        if (file < 0)
        {
            throw SystemCalls.Failed("cannot be opened for reading and writing", path, advice);
        }

        nuint bytes = (nuint)((lead + length + page - 1) & ~(page - 1));
        nint mapped = SystemCalls.Map(0, bytes, SystemCalls.ProtectRead | SystemCalls.ProtectWrite, SystemCalls.MapShared, file, (long)(offset - lead));
        HostingException? failed = mapped == -1
            ? SystemCalls.Failed(string.Create(CultureInfo.InvariantCulture, $"0x{length:x} bytes from 0x{offset:x} on cannot be mapped"), path, advice)
            : null;
        _ = SystemCalls.Close(file);
        return failed is null ? new MappedRegion(mapped, bytes, lead, machineAddress, length) : throw failed;
    }

    /// <summary>Unmaps the registers. The bus throws from then on.</summary>
    public void Dispose()
    {
        nint mapped = System.Threading.Interlocked.Exchange(ref _mapped, 0);
        if (mapped != 0)
        {
            _ = SystemCalls.Unmap(mapped, _mappedBytes);
        }
    }

    /// <summary>Where in this process a machine address is, checked.</summary>
    internal void* Locate(ulong machineAddress, uint bytes)
    {
        ulong offset = machineAddress - MachineAddress;
        if (machineAddress < MachineAddress || offset > LengthBytes || bytes > LengthBytes - offset || machineAddress % bytes != 0)
        {
            throw new HostingException(
                HostingFailure.Range,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"an access of {bytes} bytes at 0x{machineAddress:x} is misaligned or outside the mapped 0x{LengthBytes:x} bytes from 0x{MachineAddress:x} on"));
        }

        ObjectDisposedException.ThrowIf(_mapped == 0, this);
        return (void*)(_mapped + (nint)(Lead + offset));
    }
}
