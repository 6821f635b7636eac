using System;
using System.Runtime;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Sluice.Hypervisor.Boards.Virt;
using Sluice.Hypervisor.Devices;
using Sluice.Hypervisor.Guests.Exits;
using Sluice.Hypervisor.Processor;
using Sluice.Registers;
using Sluice.Runtime.Memory;
using Sluice.Runtime.Traps;

namespace Sluice.TrapCost;

/// <summary>
/// Runs the payload with the compiled handler, then with the C twin, and prints both. Under <c>-icount shift=0</c> an instruction takes a
/// nanosecond of virtual time, so the counter counts instructions.
/// </summary>
internal static unsafe class Measurement
{
    private const uint Ranges = 6;
    private const uint RangeDistance = 0x1_0000;

    // The highest ratio that passes, in hundredths.
    private const ulong Limit = 125;

    private static AddressMap s_map;
    private static ScratchDevices s_devices;
    private static ulong s_denied;
    private static Costs s_compiled;
    private static bool s_twinRuns;

    [UnmanagedCallersOnly(EntryPoint = "sluice_main")]
    private static void Main()
    {
        for (uint target = 0; target < Ranges; target++)
        {
            // Below and above the block that is used.
            ulong start = Payload.BlockAddress - (ScratchDevices.ScratchTarget * RangeDistance) + (target * RangeDistance);
            if (s_map.Add(start, 0x1000, target) != AddressMapError.None)
            {
                Firmware.PowerOff();
            }
        }

        s_devices.Block.Reset(ResetKind.PowerOn);
        Payload.PrepareTwin();
        if (!PageTableGeometry.TryCreate<Stage2Format>(39, 40, LeafSize.OneGigabyte, out PageTableGeometry geometry))
        {
            Firmware.PowerOff();
        }

        GuestMode.Prepare(geometry, new MachineAddress(Payload.TranslationRoot()), 1);
        GuestMode.Enter(Payload.Entry(), 0);
    }

    [RuntimeExport("sluice_guest_synchronous")]
    private static void Synchronous(TrapFrame* frame, ulong syndrome, ulong faultAddress, ulong intermediateAddress)
    {
        if ((uint)syndrome >> 26 == (uint)ExceptionClass.DataAbort)
        {
            var abort = new DataAbort(syndrome, faultAddress, intermediateAddress);
            if (DataAbortExit.TryHandle(ref *frame, abort, ref s_map, ref s_devices, ref s_denied))
            {
                return;
            }
        }

        Other(ref *frame, syndrome);
    }

    [RuntimeExport("sluice_guest_interrupt")]
    private static void Interrupt(TrapFrame* frame)
    {
        Fail("an interrupt came"u8);
    }

    [RuntimeExport("sluice_guest_system_error")]
    private static void SystemError(TrapFrame* frame, ulong syndrome)
    {
        Fail("a system error came"u8);
    }

    [RuntimeExport("sluice_fatal")]
    private static void Fatal(ulong kind, ulong syndrome, ulong returnAddress, ulong faultAddress)
    {
        FatalException.Report(kind, syndrome, returnAddress, faultAddress);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Other(ref TrapFrame frame, ulong syndrome)
    {
        if ((uint)syndrome >> 26 != (uint)ExceptionClass.Hypercall)
        {
            Fail("the payload left its path"u8);
            return;
        }

        switch (syndrome & 0xFFFF)
        {
            case Payload.SpoilCall:
                Payload.SpoilSimd();
                break;
            case Payload.SpoiltCall when frame[0] != 0:
                Fail("a SIMD register of the guest did not survive an exit that used it"u8);
                break;
            case Payload.ReportCall:
                Report(ref frame);
                break;
            default:
                break;
        }
    }

    private static void Report(ref TrapFrame frame)
    {
        if (frame[4] != Payload.Written)
        {
            Fail("the register did not keep what was written"u8);
            return;
        }

        var costs = new Costs(frame[0], frame[1], frame[2], frame[3]);
        if (!s_twinRuns)
        {
            s_compiled = costs;
            s_twinRuns = true;
            Payload.UseTwin();
            return;
        }

        ulong read = Percent(s_compiled.Read, costs.Read);
        ulong write = Percent(s_compiled.Write, costs.Write);
        var console = new SerialConsole(VirtBoard.Uart);
        console.Write("trap cost: C# R/W "u8);
        Print(console, s_compiled);
        console.Write(", C twin "u8);
        Print(console, costs);
        console.Write(", ratio "u8);
        Print(console, read > write ? read : write);
        console.WriteLine(read <= Limit && write <= Limit ? ""u8 : " (above the limit)"u8);
        Firmware.PowerOff();
    }

    private static ulong Percent(ulong part, ulong whole)
    {
        return whole == 0 ? ulong.MaxValue : ((part * 100) + (whole / 2)) / whole;
    }

    private static void Print(SerialConsole console, Costs costs)
    {
        console.WriteDecimal(costs.Read);
        console.Write("/"u8);
        console.WriteDecimal(costs.Write);
        console.Write(" instructions (empty call "u8);
        console.WriteDecimal(costs.Call);
        console.Write(")"u8);
    }

    private static void Print(SerialConsole console, ulong hundredths)
    {
        console.WriteDecimal(hundredths / 100);
        console.Write("."u8);
        console.WriteDecimal(hundredths / 10 % 10);
        console.WriteDecimal(hundredths % 10);
    }

    private static void Fail(ReadOnlySpan<byte> reason)
    {
        var console = new SerialConsole(VirtBoard.Uart);
        console.Write("trap cost: failed: "u8);
        console.WriteLine(reason);
        Firmware.PowerOff();
    }
}
