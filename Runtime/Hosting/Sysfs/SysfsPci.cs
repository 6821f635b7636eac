using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Microsoft.Win32.SafeHandles;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;

namespace Sluice.Hosting;

/// <summary>
/// The PCI functions of this machine as Linux offers them in sysfs (Linux, <c>Documentation/PCI/sysfs-pci.rst</c>): config space as a file, BARs as files that are mapped.
/// Files are opened when they are first needed and kept. One caller at a time.
/// </summary>
public sealed class SysfsPci : IDisposable
{
    private const int MostResources = 7;

    private readonly string _root;
    private readonly uint _domain;
    private readonly Dictionary<ushort, SafeFileHandle?> _readable = [];
    private readonly Dictionary<ushort, SafeFileHandle> _writable = [];
    private readonly List<MappedRegion> _regions = [];

    /// <summary>Looks at one PCI domain of this machine.</summary>
    /// <param name="domain">Its number.</param>
    /// <param name="root">Where the kernel lists functions.</param>
    /// <exception cref="HostingException">There is no such folder.</exception>
    public SysfsPci(uint domain = 0, string root = "/sys/bus/pci/devices")
    {
        _root = root;
        _domain = domain;
        if (!Directory.Exists(root))
        {
            throw new HostingException(HostingFailure.Absent, $"{root}: there is no such folder; this needs Linux with PCI and a mounted sysfs");
        }
    }

    /// <summary>The host bridge contract over these files.</summary>
    public SysfsHostBridge Bridge => new(this);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (SafeFileHandle? file in _readable.Values)
        {
            file?.Dispose();
        }

        foreach (SafeFileHandle file in _writable.Values)
        {
            file.Dispose();
        }

        foreach (MappedRegion region in _regions)
        {
            region.Dispose();
        }
    }

    /// <summary>Reads config space. A function that is not there, and a byte beyond what the function has, reads as all ones.</summary>
    /// <exception cref="HostingException">The kernel does not let this process read that far.</exception>
    internal uint ReadConfig(RequesterId function, uint offset, AccessWidth width)
    {
        int bytes = (int)width;
        uint ones = (uint)(ulong.MaxValue >> (64 - (bytes * 8)));
        SafeFileHandle? file = Readable(function);
        if (file is null)
        {
            return ones;
        }

        Span<byte> word = stackalloc byte[sizeof(uint)];
        word.Clear();
        int read;
        try
        {
            read = RandomAccess.Read(file, word[..bytes], offset);
        }
        catch (IOException)
        {
            // The function was removed.
            return ones;
        }

        if (read == bytes)
        {
            return BinaryPrimitives.ReadUInt32LittleEndian(word);
        }

        long length = RandomAccess.GetLength(file);
        return offset >= length
            ? ones
            : throw new HostingException(
                HostingFailure.Permission,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{PathOf(function, "config")}: the kernel does not show byte 0x{offset:x} to this user (without CAP_SYS_ADMIN it shows the first 64 bytes); run as root"));
    }

    /// <summary>Writes config space. Nothing happens when the function is not there.</summary>
    /// <exception cref="HostingException">This process may not write it.</exception>
    internal void WriteConfig(RequesterId function, uint offset, AccessWidth width, uint value)
    {
        SafeFileHandle? file = Writable(function);
        if (file is null)
        {
            return;
        }

        Span<byte> word = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(word, value);
        try
        {
            RandomAccess.Write(file, word[..(int)width], offset);
        }
        catch (IOException)
        {
            // The function was removed: what is not there swallows writes.
        }
    }

    /// <summary>The mapped memory that holds an address; null when no function's BAR does.</summary>
    /// <exception cref="HostingException">The BAR cannot be mapped.</exception>
    internal MappedRegion? Find(ulong address)
    {
        foreach (MappedRegion region in _regions)
        {
            if (address >= region.MachineAddress && address - region.MachineAddress < region.LengthBytes)
            {
                return region;
            }
        }

        string prefix = _domain.ToString("x4", CultureInfo.InvariantCulture) + ":";
        foreach (string folder in Directory.EnumerateDirectories(_root, prefix + "*"))
        {
            for (int resource = 0; resource < MostResources; resource++)
            {
                if (TryResource(folder, resource, out ulong start, out ulong length) && address >= start && address - start < length)
                {
                    string file = Path.Combine(folder, "resource" + resource.ToString(CultureInfo.InvariantCulture));
                    MappedRegion region = MappedRegion.Map(file, 0, length, start, "run as root, and enable the function's memory: write 1 to its file 'enable'");
                    _regions.Add(region);
                    return region;
                }
            }
        }

        return null;
    }

    private static bool TryResource(string folder, int index, out ulong start, out ulong length)
    {
        start = 0;
        length = 0;
        string path = Path.Combine(folder, "resource");
        if (!File.Exists(path))
        {
            return false;
        }

        // Lines of start, end and flags; bit 9 of the flags says memory (Linux, include/linux/ioport.h).
        string[] lines = File.ReadAllLines(path);
        string[] words = index < lines.Length ? lines[index].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        if (words.Length != 3 || !TryHexadecimal(words[0], out start) || !TryHexadecimal(words[1], out ulong end) || !TryHexadecimal(words[2], out ulong flags))
        {
            return false;
        }

        length = end - start + 1;
        return (flags & 0x200) != 0 && end > start;
    }

    private static bool TryHexadecimal(string word, out ulong value)
    {
        value = 0;
        return word.StartsWith("0x", StringComparison.Ordinal) && ulong.TryParse(word.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out value);
    }

    private string PathOf(RequesterId function, string file) => Path.Combine(
        _root,
        string.Create(CultureInfo.InvariantCulture, $"{_domain:x4}:{function.Bus:x2}:{function.Device:x2}.{function.Function}"),
        file);

    private SafeFileHandle? Readable(RequesterId function)
    {
        if (!_readable.TryGetValue(function.Value, out SafeFileHandle? file))
        {
            file = Open(function, FileAccess.Read);
            _readable[function.Value] = file;
        }

        return file;
    }

    private SafeFileHandle? Writable(RequesterId function)
    {
        if (!_writable.TryGetValue(function.Value, out SafeFileHandle? file))
        {
            file = Open(function, FileAccess.ReadWrite);
            if (file is not null)
            {
                _writable[function.Value] = file;
            }
        }

        return file;
    }

    private SafeFileHandle? Open(RequesterId function, FileAccess access)
    {
        string path = PathOf(function, "config");
        try
        {
            return File.OpenHandle(path, FileMode.Open, access, FileShare.ReadWrite);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (UnauthorizedAccessException error)
        {
            throw new HostingException(
                HostingFailure.Permission,
                $"{path}: may not be {(access == FileAccess.Read ? "read" : "written")} by this user; run as root, or give this user the file",
                error);
        }
    }
}
