using System;
using System.IO;
using Sluice.Tool.Input;

namespace Sluice.Tool.Output;

/// <summary>Where a command's result goes.</summary>
internal static class ResultFile
{
    /// <summary>Writes a result: UTF-8 without a byte order mark, lines as they are.</summary>
    /// <param name="text">The result.</param>
    /// <param name="path">The file; null for the terminal.</param>
    /// <param name="terminal">The terminal.</param>
    /// <exception cref="UnusableInputException">The file cannot be written.</exception>
    public static void Write(string text, string? path, TextWriter terminal)
    {
        if (path is null)
        {
            terminal.Write(text);
            return;
        }

        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new UnusableInputException($"cannot write '{PathText.Of(path)}': {failure.Message}");
        }
    }
}
