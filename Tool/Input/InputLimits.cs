namespace Sluice.Tool.Input;

/// <summary>Bounds on what the tool reads, far above what descriptions need: a hostile file or folder must not fill memory.</summary>
internal static class InputLimits
{
    /// <summary>Characters of one file.</summary>
    public const int Characters = 64 * 1024 * 1024;

    /// <summary>Files that are read.</summary>
    public const int Files = 4096;

    /// <summary>Entries of folders that are looked at.</summary>
    public const int Entries = 200_000;
}
