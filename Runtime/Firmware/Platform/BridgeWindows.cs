using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Firmware;

/// <summary>The windows of a host bridge, in the order of its <c>ranges</c>; unused ones have no bytes.</summary>
[InlineArray(Capacity)]
public struct BridgeWindows
{
    /// <summary>The most windows that a bridge can have here.</summary>
    public const int Capacity = 8;

    private BridgeWindow _window;
}
