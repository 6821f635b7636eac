using Sluice.Registers;

namespace Sluice.Hypervisor.Guests.Interrupts;

/// <summary>
/// What a guest sees where its GICv2 distributor is: the registers of the interrupts that it owns; all others read zero and take nothing.
/// Every access is one aligned word and its byte lanes. Source: Arm IHI 0048, §4.3.
/// </summary>
internal static class VirtualDistributor
{
    public const uint SizeBytes = 0x1000;

    private const uint Control = 0x000;
    private const uint Type = 0x004;
    private const uint Implementer = 0x008;
    private const uint Groups = 0x080;
    private const uint SetEnable = 0x100;
    private const uint ClearEnable = 0x180;
    private const uint SetPending = 0x200;
    private const uint ClearPending = 0x280;
    private const uint SetActive = 0x300;
    private const uint ClearActive = 0x380;
    private const uint Priorities = 0x400;
    private const uint Targets = 0x800;
    private const uint Configuration = 0xC00;
    private const uint ConfigurationEnd = 0xD00;
    private const uint SoftwareInterrupt = 0xF00;
    private const uint PeripheralId2 = 0xFE8;

    // The banks of one bit an interrupt have this many words between them.
    private const uint BankWords = 32;
    private const uint InterruptsPerWord = 32;
    private const uint FirstShared = 32;

    public static AccessResult Read(ref VirtualInterrupts interrupts, uint offset, AccessWidth width, out ulong value)
    {
        uint aligned = offset & ~3u;
        if ((offset & ((uint)width - 1)) != 0 || width == AccessWidth.DoubleWord)
        {
            value = 0;
            return AccessResult.Rejected;
        }

        bool described = TryRead(ref interrupts, aligned, out uint word);
        value = (word & Lanes.Within(offset, width).Mask32) >> (int)((offset & 3) * 8);
        return described ? AccessResult.Done : AccessResult.Denied;
    }

    public static AccessResult Write(ref VirtualInterrupts interrupts, uint offset, AccessWidth width, GuestValue value)
    {
        if ((offset & ((uint)width - 1)) != 0 || width == AccessWidth.DoubleWord)
        {
            return AccessResult.Rejected;
        }

        Lanes lanes = Lanes.Within(offset, width);
        uint bits = (uint)value.Mask(uint.MaxValue) << (int)((offset & 3) * 8) & lanes.Mask32;
        return TryWrite(ref interrupts, offset & ~3u, bits, lanes) ? AccessResult.Done : AccessResult.Denied;
    }

    private static bool TryRead(ref VirtualInterrupts interrupts, uint offset, out uint word)
    {
        uint bank = offset / 4 % BankWords;
        switch (offset)
        {
            case Control:
                word = interrupts.Forwarding ? 1u : 0;
                return true;
            case Type:
                // ITLinesNumber; one CPU, no security extensions.
                word = (InterruptSet.Limit / InterruptsPerWord) - 1;
                return true;
            case Implementer:
            case >= Groups and < SetEnable:
            case >= Configuration and < ConfigurationEnd:
                word = offset == Implementer ? 0x0200_143B : offset == Configuration ? 0xAAAA_AAAA : 0;
                return true;
            case >= SetEnable and < SetPending:
                word = interrupts.EnabledWord(bank);
                return true;
            case >= SetPending and < SetActive:
                word = interrupts.PendingWord(bank);
                return true;
            case >= SetActive and < Priorities:
                word = interrupts.ActiveWord(bank);
                return true;
            case >= Priorities and < Priorities + InterruptSet.Limit:
                word = FourPriorities(ref interrupts, offset - Priorities);
                return true;
            case >= Targets and < Targets + InterruptSet.Limit:
                word = FourTargets(ref interrupts, offset - Targets);
                return true;
            case PeripheralId2:
                // GICv2.
                word = 0x2B;
                return true;
            default:
                word = 0;
                return false;
        }
    }

    private static bool TryWrite(ref VirtualInterrupts interrupts, uint offset, uint bits, Lanes lanes)
    {
        uint bank = offset / 4 % BankWords;
        switch (offset)
        {
            case Control:
                if ((lanes.Bits & 1) != 0)
                {
                    interrupts.Forwarding = (bits & 1) != 0;
                }

                return true;
            case >= SetEnable and < ClearEnable:
                interrupts.Enable(bank, bits);
                return true;
            case >= ClearEnable and < SetPending:
                interrupts.Disable(bank, bits);
                return true;
            case >= SetPending and < ClearPending:
                interrupts.SetPending(bank, bits);
                return true;
            case >= ClearPending and < SetActive:
                interrupts.ClearPending(bank, bits);
                return true;
            case >= ClearActive and < Priorities:
                interrupts.ClearActive(bank, bits);
                return true;
            case >= Priorities and < Priorities + InterruptSet.Limit:
                for (uint lane = 0; lane < 4; lane++)
                {
                    if ((lanes.Bits & (1u << (int)lane)) != 0)
                    {
                        interrupts.SetPriority(offset - Priorities + lane, (byte)(bits >> (int)(lane * 8)));
                    }
                }

                return true;
            case >= Targets and < Targets + InterruptSet.Limit:
            case >= Configuration and < ConfigurationEnd:
            case >= Groups and < SetEnable:
            case >= SetActive and < ClearActive:
                // One CPU, one group, and triggering is the hardware's: nothing of these can change.
                return true;
            case SoftwareInterrupt:
                Send(ref interrupts, bits);
                return true;
            default:
                return false;
        }
    }

    private static uint FourPriorities(ref VirtualInterrupts interrupts, uint first)
    {
        uint word = 0;
        for (uint lane = 0; lane < 4; lane++)
        {
            word |= (uint)interrupts.Priority(first + lane) << (int)(lane * 8);
        }

        return word;
    }

    private static uint FourTargets(ref VirtualInterrupts interrupts, uint first)
    {
        uint word = 0;
        for (uint lane = 0; lane < 4; lane++)
        {
            uint interrupt = first + lane;
            bool here = interrupt < FirstShared || (interrupts.OwnedWord(interrupt / InterruptsPerWord) & (1u << (int)(interrupt % InterruptsPerWord))) != 0;
            word |= (here ? 1u : 0) << (int)(lane * 8);
        }

        return word;
    }

    /// <summary>GICD_SGIR: filter 0 names CPUs, 1 means all others, 2 the writer itself; there is one CPU.</summary>
    private static void Send(ref VirtualInterrupts interrupts, uint bits)
    {
        uint filter = (bits >> 24) & 3;
        if (filter == 2 || (filter == 0 && (bits & (1u << 16)) != 0))
        {
            interrupts.Raise(bits & 0xF);
        }
    }
}
