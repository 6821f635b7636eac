using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Interrupts;

/// <summary>The tables of message interrupts (LPIs) of a redistributor: a byte of configuration each, and a bit that it is pending, which is the hardware's alone.</summary>
/// <typeparam name="TMemory">The memory that they are in.</typeparam>
/// <remarks>Source: Arm IHI 0069, sections 5.1 and 12.11 (GICR_PROPBASER, GICR_PENDBASER).</remarks>
internal readonly struct LpiTables<TMemory>
    where TMemory : struct, IMachineMemory
{
    /// <summary>The number of the first message interrupt.</summary>
    internal const uint FirstInterrupt = 8192;

    /// <summary>Pages of the configuration: a byte for each number with 14 bits from the first one on.</summary>
    internal const uint ConfigurationPages = 2;

    /// <summary>Pages of the pending table: it begins at a multiple of 64 KiB.</summary>
    internal const uint PendingPages = 16;

    private const uint NumberBits = 14;
    private const ulong Priority = 0xA0;
    private const ulong Group1 = 2;
    private const ulong Enabled = 1;

    private readonly TMemory _memory;

    internal LpiTables(TMemory memory, MachineAddress configuration, MachineAddress pending)
    {
        _memory = memory;
        Configuration = configuration;
        Pending = pending;
    }

    internal MachineAddress Configuration { get; }

    internal MachineAddress Pending { get; }

    /// <summary>Gives the tables to a redistributor whose message interrupts are off, and switches these on.</summary>
    internal ItsResult Open<TBus, TClock>(
        GicRedistributor.Registers<TBus> registers, in TClock clock, ulong patience, bool coherent, out uint failedRegister)
        where TBus : struct, IRegisterBus
        where TClock : struct, IClock
    {
        failedRegister = GicRedistributor.Offsets.GicrPropbaser;
        registers.GicrPropbaser.Write(default(GicRedistributor.GicrPropbaser) with
        {
            PhysicalAddress = Configuration.Value >> 12,
            IdBits = NumberBits - 1,
            InnerCache = coherent ? 7u : 1,
            Shareability = coherent ? 1u : 0,
        });
        if (registers.GicrPropbaser.Read().PhysicalAddress != Configuration.Value >> 12)
        {
            return ItsResult.NotKept;
        }

        failedRegister = GicRedistributor.Offsets.GicrPendbaser;
        registers.GicrPendbaser.Write(default(GicRedistributor.GicrPendbaser) with
        {
            PhysicalAddress = Pending.Value >> 16,
            Ptz = true,
            InnerCache = coherent ? 7u : 1,
            Shareability = coherent ? 1u : 0,
        });
        if (registers.GicrPendbaser.Read().PhysicalAddress != Pending.Value >> 16)
        {
            return ItsResult.NotKept;
        }

        failedRegister = GicRedistributor.Offsets.GicrCtlr;
        registers.GicrCtlr.Modify(registers.GicrCtlr.Read() with { EnableLpis = true });
        ulong wanted = (default(GicRedistributor.GicrCtlr) with { EnableLpis = true }).Value;
        ulong busy = (default(GicRedistributor.GicrCtlr) with { Rwp = true }).Value;
        return registers.GicrCtlr.TryWait(in clock, wanted | busy, wanted, patience, 0) ? ItsResult.Done : ItsResult.Timeout;
    }

    /// <summary>Allows or masks an interrupt; the redistributor may go on with what it has cached of it.</summary>
    internal void Set(uint vector, bool enabled)
    {
        int shift = (int)(vector & 7) * 8;
        MachineAddress word = Configuration + (vector & ~7u);
        ulong value = Priority | Group1 | (enabled ? Enabled : 0);
        _memory.Write64(word, (_memory.Read64(word) & ~(0xFFUL << shift)) | (value << shift));
        _memory.Clean(word, sizeof(ulong));
        _memory.Barrier();
    }
}
