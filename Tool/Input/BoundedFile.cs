using System;
using System.IO;
using System.Text;

namespace Sluice.Tool.Input;

/// <summary>Reads a text file of bounded length.</summary>
internal static class BoundedFile
{
    /// <summary>The whole text of a file: UTF-8, unless its byte order mark says otherwise.</summary>
    /// <exception cref="UnusableInputException">It does not exist, cannot be read, or is too long.</exception>
    public static string Read(string path)
    {
        try
        {
            using StreamReader reader = new(path, Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
            StringBuilder text = new();
            char[] buffer = new char[64 * 1024];
            int count;
            while ((count = reader.Read(buffer, 0, buffer.Length)) > 0)
            {
                if (text.Length + count > InputLimits.Characters)
                {
                    throw new UnusableInputException($"'{PathText.Of(path)}' is longer than the {InputLimits.Characters} characters that are read");
                }

                text.Append(buffer, 0, count);
            }

            return text.ToString();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            string why = failure is FileNotFoundException or DirectoryNotFoundException ? "there is no such file" : failure.Message;
            throw new UnusableInputException($"cannot read '{PathText.Of(path)}': {why}");
        }
    }
}
