using Sluice.Registers;

namespace Sluice.Runtime.HostBridges;

/// <summary>One access of a width that is only known at run time.</summary>
internal static class MachineAccess
{
    /// <summary>What config space shows where nothing is.</summary>
    /// <param name="width">One, two or four bytes.</param>
    public static uint Absent(AccessWidth width)
        => width switch { AccessWidth.Byte => byte.MaxValue, AccessWidth.HalfWord => ushort.MaxValue, _ => uint.MaxValue };

    /// <summary>Reads.</summary>
    public static ulong Read<TBus>(TBus bus, RegisterAddress address, AccessWidth width)
        where TBus : struct, IRegisterBus
        => width switch
        {
            AccessWidth.Byte => bus.Read8(address),
            AccessWidth.HalfWord => bus.Read16(address),
            AccessWidth.Word => bus.Read32(address),
            _ => bus.Read64(address),
        };

    /// <summary>Writes.</summary>
    public static void Write<TBus>(TBus bus, [HardwareSink] RegisterAddress address, AccessWidth width, [HardwareSink] ulong value)
        where TBus : struct, IRegisterBus
    {
        switch (width)
        {
            case AccessWidth.Byte:
                bus.Write8(address, (byte)value);
                break;
            case AccessWidth.HalfWord:
                bus.Write16(address, (ushort)value);
                break;
            case AccessWidth.Word:
                bus.Write32(address, (uint)value);
                break;
            default:
                bus.Write64(address, value);
                break;
        }
    }
}
