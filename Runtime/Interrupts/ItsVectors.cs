using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Interrupts;

/// <summary>Which event of which devices each vector is: event in bits 7:0, device in 15:8, the device of its alias, counted from 1, in 23:16, the phantom bits of its function number in 26:24.</summary>
[InlineArray(VectorTable.Capacity)]
internal struct ItsVectors
{
    private uint _vector;
}
