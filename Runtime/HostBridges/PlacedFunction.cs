namespace Sluice.Runtime.HostBridges;

/// <summary>A function and where its memory lies.</summary>
public struct PlacedFunction
{
    /// <summary>Whether the entry is in use.</summary>
    public bool IsUsed;

    /// <summary>Which function.</summary>
    public RequesterId Function;

    /// <summary>Whether the function has gone, so that another one may come with other memory.</summary>
    public bool IsVacant;

    /// <summary>Its BARs with their places.</summary>
    public HostBars Bars;
}
