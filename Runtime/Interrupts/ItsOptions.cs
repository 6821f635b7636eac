namespace Sluice.Runtime.Interrupts;

/// <summary>What the board decides of a translation service.</summary>
public readonly struct ItsOptions
{
    /// <summary>How many vectors it hands out: at most <see cref="VectorTable.Capacity"/>; 0 means as many.</summary>
    public uint Vectors { get; init; }

    /// <summary>How many functions can have vectors at a time: a power of two, at most 32; 0 means 32. Each takes 4 KiB.</summary>
    public uint Devices { get; init; }

    /// <summary>Bits of a device id: 1 to 16; 0 means 16. The flat device table takes an entry for each id.</summary>
    public int DeviceBits { get; init; }

    /// <summary>What is added to a function's requester id to get its device id: what a device tree's <c>msi-map</c> says.</summary>
    public uint DeviceBase { get; init; }

    /// <summary>Whether the service snoops the caches.</summary>
    public bool IsCoherent { get; init; }

    /// <summary>How long it may take for an answer, in microseconds; 0 means 100 ms.</summary>
    public ulong PatienceMicroseconds { get; init; }
}
