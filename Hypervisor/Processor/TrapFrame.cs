using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Sluice.Hypervisor.Processor;

/// <summary>A guest's general registers as vectors.S saves them; frame.h has the offsets.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TrapFrame
{
    private GeneralRegisters _registers;

    /// <summary>ELR_EL2: where the guest goes on.</summary>
    public ulong ReturnAddress;

    /// <summary>SPSR_EL2: the guest's PSTATE.</summary>
    public ulong Status;

    private readonly ulong _padding;

    /// <summary>A general register by its number in an instruction; 31 is the zero register: it reads 0 and takes no value.</summary>
    public ulong this[uint register]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        readonly get => register < 31 ? Unsafe.Add(ref Unsafe.As<GeneralRegisters, ulong>(ref Unsafe.AsRef(in _registers)), (nint)register) : 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            if (register < 31)
            {
                Unsafe.Add(ref Unsafe.As<GeneralRegisters, ulong>(ref _registers), (nint)register) = value;
            }
        }
    }

    [InlineArray(31)]
    private struct GeneralRegisters
    {
        private ulong _first;
    }
}
