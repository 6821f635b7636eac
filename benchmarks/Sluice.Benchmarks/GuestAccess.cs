using Sluice.Registers;

namespace Sluice.Benchmarks;

/// <summary>One access of a guest, as a trap decodes it.</summary>
internal readonly record struct GuestAccess(ulong Address, AccessWidth Width, bool IsWrite, uint Value);
