using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Phy;

/// <summary>The clocks at the PS-GTR's four inputs in hertz, by number; 0 where none is connected. A device tree of today says only that they are there, so the board says how fast they are.</summary>
[InlineArray((int)LaneMatrix.Lanes)]
public struct ReferenceClocks
{
    private uint _hertz;
}
