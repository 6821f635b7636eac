using Sluice.Registers;

namespace Sluice.Hypervisor.Processor;

/// <summary>The generic timer's physical count as a clock for bounded waits. Source: Arm DDI 0487, CNTPCT_EL0 and CNTFRQ_EL0.</summary>
internal readonly struct GenericTimer : IClock
{
    private readonly ulong _ticksPerSecond;

    private GenericTimer(ulong ticksPerSecond)
    {
        _ticksPerSecond = ticksPerSecond;
    }

    public static GenericTimer Create()
    {
        ulong frequency = SystemRegisters.ReadCntfrqEl0();

        // A firmware that left the register empty: then as fast as the architecture recommends at most, so that bounds are never too short.
        return new GenericTimer(frequency == 0 ? 1_000_000_000 : frequency);
    }

    public ulong Microseconds
    {
        get
        {
            ulong ticks = SystemRegisters.ReadCntpctEl0();
            return (ticks / _ticksPerSecond * 1_000_000) + (ticks % _ticksPerSecond * 1_000_000 / _ticksPerSecond);
        }
    }
}
