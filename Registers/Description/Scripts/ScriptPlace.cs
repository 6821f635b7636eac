namespace Sluice.Registers.Description;

/// <summary>A register on the bus, or an array of which each element is meant in turn.</summary>
/// <param name="Name">The hardware's names of block and register, joined by a dot; with another dot and the element, for one of an array.</param>
/// <param name="Address">Machine address of the register; of the first element.</param>
/// <param name="WidthBits">8, 16, 32 or 64.</param>
/// <param name="Count">How many elements are meant.</param>
/// <param name="StrideBytes">How far apart they are.</param>
internal sealed record ScriptPlace(string Name, ulong Address, int WidthBits, uint Count, uint StrideBytes);
