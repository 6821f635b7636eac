using System;
using Sluice.Registers;
using Sluice.Runtime.Blocks;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>What was accessed, by register. Outside the trap path.</summary>
public partial struct GuestFunction<TBridge, TGuest, TEntries>
{
    /// <summary>Tells how often each register of the function was accessed.</summary>
    /// <typeparam name="TVisitor">Who is told.</typeparam>
    /// <param name="visitor">Who is told.</param>
    public readonly void VisitTraps<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, ITrapVisitor
    {
        uint header = GuestRegisters<TBridge, TGuest, TEntries>.HeaderBytes;
        Visit<PciHeader.Guest.Tables, TVisitor>(0, 0, header, "config"u8, ref visitor);
        uint denied = 0;
        for (uint offset = header; offset < TrapCounts.CountedBytes; offset += sizeof(uint))
        {
            GuestCapability kind = _registers.OwnerOf(offset);
            if (kind == GuestCapability.None)
            {
                denied += CountOf(offset, sizeof(uint));
            }
            else if (_registers.StartOf(offset) == offset)
            {
                VisitCapability(kind, offset, ref visitor);
            }
        }

        Tell(ref visitor, "config"u8, "not described"u8, denied);
        Tell(ref visitor, "config"u8, "extended"u8, _counts.Extended);
        VisitTable(ref visitor);
        Tell(ref visitor, "memory"u8, "MSI-X pending bits"u8, _counts.Pending);
        Tell(ref visitor, "memory"u8, "beside the MSI-X table"u8, _counts.Neighbours);
    }

    private readonly void VisitCapability<TVisitor>(GuestCapability kind, uint offset, ref TVisitor visitor)
        where TVisitor : struct, ITrapVisitor
    {
        uint length = _registers.LengthOf(offset);
        switch (kind)
        {
            case GuestCapability.Power:
                Visit<PmCapability.Guest.Tables, TVisitor>(offset, 0, length, "pm"u8, ref visitor);
                break;
            case GuestCapability.Msi when _core.Host.Msi.Is64Bit:
                Visit<MsiCapability.Guest.Tables, TVisitor>(offset, 0, length, "msi"u8, ref visitor);
                break;
            case GuestCapability.Msi:
                Visit<MsiCapability.Guest.Tables, TVisitor>(offset, 0, MsiCapability.Offsets.MsiData32, "msi"u8, ref visitor);
                Visit<MsiCapability.Guest.Tables, TVisitor>(
                    offset + MsiCapability.Offsets.MsiData32, MsiCapability.Offsets.MsiData64, length - MsiCapability.Offsets.MsiData32, "msi"u8, ref visitor);
                break;
            case GuestCapability.Msix:
                Visit<MsixCapability.Guest.Tables, TVisitor>(offset, 0, length, "msix"u8, ref visitor);
                break;
            case GuestCapability.Express:
                Visit<PcieCapability.Guest.Tables, TVisitor>(offset, 0, length, "pcie"u8, ref visitor);
                break;
            case GuestCapability.AdvancedFeatures:
                Visit<AfCapability.Guest.Tables, TVisitor>(offset, 0, length, "af"u8, ref visitor);
                break;
            case GuestCapability.VitalProductData:
                Visit<VpdCapability.Guest.Tables, TVisitor>(offset, 0, length, "vpd"u8, ref visitor);
                break;
            default:
                Tell(ref visitor, "vendor"u8, "VENDOR"u8, CountOf(offset, length));
                break;
        }
    }

    private readonly void Visit<TTables, TVisitor>(uint offset, uint first, uint length, ReadOnlySpan<byte> block, ref TVisitor visitor)
        where TTables : struct, IRegisterTables
        where TVisitor : struct, ITrapVisitor
        => TrapTally.Visit<TTables, TVisitor>(in _counts, offset, first, length, block, ref visitor);

    private readonly uint CountOf(uint offset, uint length)
    {
        uint count = 0;
        for (uint index = 0; index < length; index++)
        {
            count += _counts.At(offset + index);
        }

        return count;
    }

    private static void Tell<TVisitor>(ref TVisitor visitor, ReadOnlySpan<byte> block, ReadOnlySpan<byte> register, uint count)
        where TVisitor : struct, ITrapVisitor
    {
        if (count != 0)
        {
            visitor.Visit(block, register, count);
        }
    }

    private readonly void VisitTable<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, ITrapVisitor
    {
        for (uint offset = 0; offset < MsixEntry.SizeBytes; offset += sizeof(uint))
        {
            int register = RegisterNames.Find<MsixEntry.Guest.Tables>(offset, out _);
            Tell(ref visitor, "msix-entry"u8, RegisterNames.Name<MsixEntry.Guest.Tables>(register), _counts.AtEntry(offset));
        }
    }
}
