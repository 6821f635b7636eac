using System.Runtime.InteropServices;
using Sluice.Runtime.Memory;

namespace Sluice.Hypervisor.Processor;

/// <summary>How this CPU runs a guest: what traps, what it sees, and the state that its first instruction finds. Source: Arm DDI 0487.</summary>
internal static unsafe class GuestMode
{
    // VM, PTW, FMO, IMO, AMO; TID3, TSC; RW; API and APK, so that pointer authentication is the guest's own.
    private const ulong Hcr = 1 | (1 << 2) | (7 << 3) | (1 << 18) | (1 << 19) | (1ul << 31) | (3ul << 40);

    // Performance monitors trap; debug registers are the guest's, and HPMN stays as the CPU has it.
    private const ulong MdcrTraps = (1 << 6) | (1 << 5);
    private const ulong MdcrCounters = 0x1F;

    // The physical counter may be read, the physical timer belongs to EL2.
    private const ulong Cnthctl = 1;

    private const ulong SctlrReset = 0x30D0_0800;
    private const ulong KernelMasked = 0x3C5;

    /// <summary>Sets everything up but the entry itself.</summary>
    /// <param name="geometry">The shape of the guest's stage-2 table.</param>
    /// <param name="root">Its root.</param>
    /// <param name="guest">The guest's number, which tags its translations; not 0.</param>
    public static void Prepare(PageTableGeometry geometry, MachineAddress root, ushort guest)
    {
        SystemRegisters.WriteVtcrEl2(
            (1ul << 31) | (geometry.OutputSizeCode << 16) | (3 << 12) | (1 << 10) | (1 << 8) | (geometry.StartLevelCode << 6) | geometry.SizeOffset);
        SystemRegisters.WriteVttbrEl2(((ulong)guest << 48) | root.Value);
        SystemRegisters.WriteHcrEl2(Hcr);
        SystemRegisters.WriteVpidrEl2(SystemRegisters.ReadMidrEl1());
        SystemRegisters.WriteVmpidrEl2(SystemRegisters.ReadMpidrEl1());
        SystemRegisters.WriteMdcrEl2((SystemRegisters.ReadMdcrEl2() & MdcrCounters) | MdcrTraps);
        SystemRegisters.WriteHstrEl2(0);
        SystemRegisters.WriteCnthctlEl2(Cnthctl);
        SystemRegisters.WriteCntvoffEl2(SystemRegisters.ReadCntpctEl0());
        SystemRegisters.WriteCntvCtlEl0(0);
        SystemRegisters.WriteCntpCtlEl0(0);
        SystemRegisters.WriteCntkctlEl1(0);
        SystemRegisters.WriteSctlrEl1(SctlrReset);
        SystemRegisters.WriteCpacrEl1(0);
        SystemRegisters.InvalidateGuestTranslations();
        SystemRegisters.InvalidateInstructions();
    }

    /// <summary>Enters the guest; what called this never goes on, for every later exit starts on an empty stack.</summary>
    /// <param name="entry">Guest physical address of the first instruction.</param>
    /// <param name="argument">What it finds in x0.</param>
    public static void Enter(ulong entry, ulong argument)
    {
        TrapFrame frame = default;
        frame[0] = argument;
        frame.ReturnAddress = entry;
        frame.Status = KernelMasked;
        EnterGuest(&frame);
    }

    [DllImport("el2", EntryPoint = "enter_guest")]
    [SuppressGCTransition]
    private static extern void EnterGuest(TrapFrame* frame);
}
