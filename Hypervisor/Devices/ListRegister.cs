namespace Sluice.Hypervisor.Devices;

/// <summary>
/// One virtual interrupt in the hands of the virtual CPU interface. HW stays 0: the hypervisor deactivates the physical interrupt itself when
/// the guest's end of interrupt is reported. Source: Arm IHI 0048, §5.3.10 (GICH_LRn).
/// </summary>
internal readonly struct ListRegister
{
    private const uint PendingState = 1u << 28;
    private const uint ActiveState = 1u << 29;
    private const uint ReportEnd = 1u << 19;

    public ListRegister(uint value)
    {
        Value = value;
    }

    public uint Value { get; }

    public uint Interrupt => Value & 0x3FF;

    public bool IsPending => (Value & PendingState) != 0;

    public bool IsActive => (Value & ActiveState) != 0;

    /// <summary>A pending interrupt.</summary>
    /// <param name="interrupt">Its number as the guest knows it.</param>
    /// <param name="priority">Its priority, 0 the highest; the upper five bits count.</param>
    /// <param name="reportEnd">Whether its end raises the maintenance interrupt.</param>
    public static ListRegister Pending(uint interrupt, byte priority, bool reportEnd)
    {
        return new ListRegister(interrupt | (reportEnd ? ReportEnd : 0) | ((uint)(priority >> 3) << 23) | PendingState);
    }

    public ListRegister WithPending()
    {
        return new ListRegister(Value | PendingState);
    }

    public ListRegister WithoutPending()
    {
        return new ListRegister(Value & ~PendingState);
    }

    public ListRegister WithoutActive()
    {
        return new ListRegister(Value & ~ActiveState);
    }
}
