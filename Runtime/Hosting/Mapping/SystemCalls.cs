using System;
using System.Runtime.InteropServices;

namespace Sluice.Hosting;

/// <summary>The few calls of Linux that .NET has no way to.</summary>
internal static partial class SystemCalls
{
    internal const int ReadWrite = 2;
    internal const int ReadOnly = 0;
    internal const int Synchronous = 0x101000;
    internal const int CloseOnExec = 0x80000;
    internal const int ProtectRead = 1;
    internal const int ProtectWrite = 2;
    internal const int MapShared = 1;
    internal const short PollIn = 1;

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    internal static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    internal static partial nint Map(nint address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport("libc", EntryPoint = "munmap", SetLastError = true)]
    internal static partial int Unmap(nint address, nuint length);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    internal static partial nint Read(int file, Span<byte> into, nuint length);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    internal static partial nint Write(int file, ReadOnlySpan<byte> from, nuint length);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    internal static partial int Poll(ref PollRequest request, nuint count, int milliseconds);

    /// <summary>The error of the last call, as this library says it.</summary>
    internal static HostingException Failed(string what, string path, string advice)
    {
        int error = Marshal.GetLastPInvokeError();
        HostingFailure reason = error switch
        {
            1 or 13 => HostingFailure.Permission,
            2 or 6 or 19 => HostingFailure.Absent,
            22 or 75 => HostingFailure.Range,
            _ => HostingFailure.Closed,
        };
        string why = Marshal.GetPInvokeErrorMessage(error);
        return new HostingException(reason, $"{path}: {what}: {why}; {advice}");
    }

    [StructLayout(LayoutKind.Sequential)]
    internal struct PollRequest
    {
        internal int File;
        internal short Wanted;
        internal short Found;
    }
}
