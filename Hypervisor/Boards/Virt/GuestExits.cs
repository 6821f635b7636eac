using System.Runtime;
using System.Runtime.CompilerServices;
using Sluice.Hypervisor.Devices;
using Sluice.Hypervisor.Guests;
using Sluice.Hypervisor.Guests.Exits;
using Sluice.Hypervisor.Processor;
using Sluice.Runtime.Traps;

namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>Where vectors.S calls when the guest was left. On return the guest goes on.</summary>
internal static unsafe class GuestExits
{
    // A line that never falls silent must not keep the guest from ever running.
    private const int MaximumInterruptsPerExit = 32;

    [RuntimeExport("sluice_guest_synchronous")]
    private static void Synchronous(TrapFrame* frame, ulong syndrome, ulong faultAddress, ulong intermediateAddress)
    {
        ref Guest<VirtDevices> guest = ref VirtMachine.Guest;
        if ((uint)syndrome >> 26 == (uint)ExceptionClass.DataAbort)
        {
            var abort = new DataAbort(syndrome, faultAddress, intermediateAddress);
            if (DataAbortExit.TryHandle(ref *frame, abort, ref guest.Map, ref guest.Devices, ref guest.Exits.Denied))
            {
                guest.Exits.Accesses++;
                return;
            }
        }

        Other(ref *frame, syndrome, faultAddress, ref guest.Exits);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Other(ref TrapFrame frame, ulong syndrome, ulong faultAddress, ref ExitCounters exits)
    {
        var kind = (ExceptionClass)((uint)syndrome >> 26);
        switch (kind)
        {
            case ExceptionClass.Hypercall:
                exits.Calls++;
                Power(ref frame);
                break;
            case ExceptionClass.SecureMonitorCall:
                exits.Calls++;
                frame.ReturnAddress += 4;
                Power(ref frame);
                break;
            case ExceptionClass.SystemRegister when SystemRegisterExit.TryHandle(ref frame, syndrome):
                exits.FeatureReads++;
                break;
            case ExceptionClass.DataAbort:
            case ExceptionClass.InstructionAbort:
                exits.Aborted++;
                GuestException.Abort(ref frame, kind == ExceptionClass.InstructionAbort, (syndrome & (1 << 6)) != 0, faultAddress);
                break;
            default:
                exits.Undefined++;
                GuestException.Undefined(ref frame);
                break;
        }
    }

    [RuntimeExport("sluice_guest_interrupt")]
    private static void Interrupt(TrapFrame* frame)
    {
        CpuInterfaceDevice cpuInterface = VirtMachine.CpuInterface;
        for (int count = 0; count < MaximumInterruptsPerExit; count++)
        {
            uint interrupt = cpuInterface.Acknowledge();
            if (interrupt >= CpuInterfaceDevice.FirstSpecial)
            {
                return;
            }

            cpuInterface.DropPriority(interrupt);
            Take(interrupt, cpuInterface);
        }
    }

    /// <summary>What the guest's memory or devices reported too late to say where. Nobody else can have caused it: it is the guest's.</summary>
    [RuntimeExport("sluice_guest_system_error")]
    private static void SystemError(TrapFrame* frame, ulong syndrome)
    {
        Shutdown.Off("system error"u8);
    }

    private static void Take(uint interrupt, CpuInterfaceDevice cpuInterface)
    {
        ref Guest<VirtDevices> guest = ref VirtMachine.Guest;
        guest.Exits.Interrupts++;
        if (guest.Distributor.Interrupts.IsDirect(interrupt))
        {
            // Stays active until the guest has ended it: a level cannot come again before.
            guest.Distributor.Interrupts.Raise(interrupt);
            return;
        }

        if (interrupt == VirtBoard.MaintenanceInterrupt)
        {
            guest.Exits.Maintenance++;
            guest.Distributor.Interrupts.Maintain();
            VirtMachine.Passthrough.AfterEnds();
            cpuInterface.Deactivate(interrupt);
            return;
        }

        if (VirtMachine.Passthrough.TryTakeLine(interrupt))
        {
            // Masked by now, or silent again.
            cpuInterface.Deactivate(interrupt);
            return;
        }

        // All others are edges. Deactivated before they are delivered, so that the next one finds the interrupt inactive.
        cpuInterface.Deactivate(interrupt);
        if (interrupt is VirtBoard.SmmuEventInterrupt or VirtBoard.SmmuErrorInterrupt)
        {
            VirtMachine.Passthrough.CollectFaults();
        }
        else if (!VirtMachine.Passthrough.TryDeliver(interrupt))
        {
            guest.Exits.Unowned++;
            VirtMachine.Distributor.Disable(interrupt);
        }
    }

    private static void Power(ref TrapFrame frame)
    {
        switch (PowerExit.Handle(ref frame))
        {
            case PowerRequest.Off:
                Shutdown.Off("the guest switched itself off"u8);
                break;
            case PowerRequest.Reset:
                Shutdown.Off("the guest asked for a reset"u8);
                break;
            default:
                break;
        }
    }
}
