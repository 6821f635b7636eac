using System;
using Sluice.Hypervisor.Devices;
using Sluice.Hypervisor.Guests.Exits;
using Sluice.Hypervisor.Guests.Interrupts;
using Sluice.Hypervisor.Guests.Summary;
using Sluice.Registers;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Smmu;

namespace Sluice.Hypervisor.Boards.Virt;

/// <summary>The end of the one guest is the end of the machine: what was seen of it is printed, then the power goes off.</summary>
internal static class Shutdown
{
    private const ulong PageBytes = 0x1000;

    public static void Off(ReadOnlySpan<byte> reason)
    {
        var table = new SummaryTable(new SerialConsole(VirtBoard.Uart));
        VirtMachine.Passthrough.CollectFaults();
        table.Begin(reason);
        table.Registers("gicd"u8, in VirtMachine.Guest.Distributor.Counters);
        ulong denied = VirtMachine.Guest.Distributor.Counters.Denied;
        if (VirtMachine.Passthrough.IsPresent)
        {
            denied += PrintFunction(table, ref VirtMachine.Passthrough);
        }

        PrintExits(table, ref VirtMachine.Guest.Exits);
        PrintInterrupts(table, ref VirtMachine.Guest.Distributor.Interrupts);
        table.Row("denied"u8, "accesses to described blocks"u8, denied);
        table.Row("denied"u8, "accesses where nothing is"u8, VirtMachine.Guest.Exits.Aborted);
        table.Row("denied"u8, "instructions"u8, VirtMachine.Guest.Exits.Undefined);
        table.End();
        Firmware.PowerOff();
    }

    /// <summary>The image cannot run what it was given.</summary>
    public static void Refuse(ReadOnlySpan<byte> reason)
    {
        var console = new SerialConsole(VirtBoard.Uart);
        console.Write("sluice: cannot start the guest: "u8);
        console.WriteLine(reason);
        Firmware.PowerOff();
    }

    private static void PrintExits(SummaryTable table, ref ExitCounters exits)
    {
        table.Row("exit"u8, "loads and stores"u8, exits.Accesses);
        table.Row("exit"u8, "identification registers"u8, exits.FeatureReads);
        table.Row("exit"u8, "calls"u8, exits.Calls);
        table.Row("exit"u8, "interrupts"u8, exits.Interrupts);
        table.Row("exit"u8, "ends of interrupts"u8, exits.Maintenance);
    }

    private static void PrintInterrupts(SummaryTable table, ref VirtualInterrupts interrupts)
    {
        table.Row("interrupt"u8, "delivered"u8, interrupts.Delivered);
        table.Row("interrupt"u8, "waited for a list register"u8, interrupts.Waits);
        table.Row("interrupt"u8, "of nobody, switched off"u8, VirtMachine.Guest.Exits.Unowned);
    }

    /// <returns>How many accesses were denied.</returns>
    private static ulong PrintFunction(SummaryTable table, ref Passthrough passthrough)
    {
        ref GuestFunction<EcamHostBridge<MmioBus>, VirtGuest, MsixEntryMemory> function = ref passthrough.Bridge.FunctionOf(passthrough.Slot);
        ref readonly TrapCounts counts = ref function.Counts;
        function.VisitTraps(ref table);
        passthrough.Frame.VisitTraps(ref table);
        table.Registers("nwl"u8, in passthrough.NwlCounters);
        table.Row("line"u8, "fired without cause"u8, passthrough.Lines.Spurious);
        table.Row("line"u8, "held at the end"u8, passthrough.Lines.Held);
        table.Row("message"u8, "delivered"u8, function.Delivered);
        table.Row("message"u8, "dropped"u8, function.Dropped);
        table.Row("smmu"u8, "translation stage used"u8, passthrough.Smmu.Capabilities.Stage == TranslationStage.Stage2 ? 2u : 1u);
        table.Row("pages"u8, "mapped for the device"u8, passthrough.IsAttached ? passthrough.Space.MappedBytes / PageBytes : 0);
        table.Row("pages"u8, "of the device mapped for the guest"u8, function.MappedPages);
        PrintFaults(table, ref passthrough);
        return counts.Denied + passthrough.Bridge.Denied + passthrough.Frame.Denied + passthrough.Nwl.Denied + passthrough.NwlConfig.Denied;
    }

    private static void PrintFaults(SummaryTable table, ref Passthrough passthrough)
    {
        table.Row("faults"u8, "of the device"u8, passthrough.Faults.Count);
        table.Row("faults"u8, "bursts lost"u8, passthrough.Smmu.EventLosses);
        for (int index = 0; index < FaultLog.Capacity && (ulong)index < passthrough.Faults.Count; index++)
        {
            SmmuFault fault = passthrough.Faults[index];
            table.Fault(fault.Stream.Value, fault.Address.Untrusted, fault.IsWrite, (uint)fault.Kind);
        }
    }
}
