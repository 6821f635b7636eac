using Sluice.Registers;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>
/// A guest as its functions know it: its stage 2, its MSI controller, its INTx wires, its time. A small struct that is copied freely; what it stands for lives elsewhere, in one
/// place.
/// </summary>
public interface IGuest : IBarMapper, IGuestMessages, IGuestIntx, IClock
{
}
