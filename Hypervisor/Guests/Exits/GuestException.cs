using Sluice.Hypervisor.Processor;

namespace Sluice.Hypervisor.Guests.Exits;

/// <summary>
/// Makes a guest take an exception at its EL1, as the architecture says that the processor would. Source: Arm DDI 0487,
/// AArch64.TakeException.
/// </summary>
internal static class GuestException
{
    private const ulong ModeMask = 0x1F;
    private const ulong Aarch32 = 1 << 4;
    private const ulong KernelWithOwnStack = 5;
    private const ulong AllMasked = 0xFul << 6;
    private const ulong Conditions = 0xFul << 28;
    private const ulong InstructionLength = 1ul << 25;
    private const ulong ExternalAbort = 0x10;

    /// <summary>The instruction is not defined, as one that names a register which the guest does not have.</summary>
    public static void Undefined(ref TrapFrame frame)
    {
        Take(ref frame, InstructionLength);
    }

    /// <summary>Nothing answers at the address.</summary>
    /// <param name="frame">The guest's registers.</param>
    /// <param name="instruction">Whether the guest wanted to execute there, rather than to load or store.</param>
    /// <param name="write">Whether it wanted to store.</param>
    /// <param name="address">The guest's virtual address.</param>
    public static void Abort(ref TrapFrame frame, bool instruction, bool write, ulong address)
    {
        ExceptionClass kind = instruction ? ExceptionClass.InstructionAbort : ExceptionClass.DataAbort;
        uint sameLevel = (frame.Status & 0xF) != 0 ? 1u : 0;
        ulong syndrome = ((ulong)((uint)kind + sameLevel) << 26) | InstructionLength | (write ? 1ul << 6 : 0) | ExternalAbort;
        SystemRegisters.WriteFarEl1(address);
        Take(ref frame, syndrome);
    }

    private static void Take(ref TrapFrame frame, ulong syndrome)
    {
        ulong mode = frame.Status & ModeMask;
        ulong offset = mode == KernelWithOwnStack ? 0x200u : (mode & Aarch32) != 0 ? 0x600u : (mode & 0xF) == 0 ? 0x400u : 0u;
        SystemRegisters.WriteElrEl1(frame.ReturnAddress);
        SystemRegisters.WriteSpsrEl1(frame.Status);
        SystemRegisters.WriteEsrEl1(syndrome);
        frame.ReturnAddress = SystemRegisters.ReadVbarEl1() + offset;
        frame.Status = (frame.Status & Conditions) | AllMasked | KernelWithOwnStack;
    }
}
