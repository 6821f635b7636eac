using Sluice.Registers;

namespace Sluice.Runtime.Interrupts;

/// <summary>Where the message controller of a soft AXI-PCIe bridge lives, for the driver of the lines, which come through the same FIFO.</summary>
/// <typeparam name="TBus">How the machine's registers are reached.</typeparam>
/// <typeparam name="TClock">What tells the time.</typeparam>
public interface IAxiMessages<TBus, TClock>
    where TBus : struct, IRegisterBus
    where TClock : struct, IClock
{
    /// <summary>The message controller.</summary>
    ref AxiMsiController<TBus, TClock> Controller { get; }

    /// <summary>The lines that are let through: INTA is bit 0. All closed to begin with.</summary>
    ref uint OpenLines { get; }
}
