using Sluice.Registers;

namespace Sluice.Runtime.HostBridges;

/// <summary>
/// An ECAM window: 4 KiB of config space a function, in the order of requester ids (PCI Express Base Specification, "PCI Express Enhanced
/// Configuration Access Mechanism"). A firmware's bus range may promise more buses than the window holds: the window decides.
/// </summary>
public readonly struct EcamWindow
{
    /// <summary>Bytes of config space that a function has.</summary>
    public const uint FunctionBytes = 0x1000;

    private readonly ulong _address;
    private readonly ulong _sizeBytes;
    private readonly uint _firstBus;
    private readonly uint _lastBus;

    /// <summary>Makes a window.</summary>
    /// <param name="address">Machine address of the first bus's first function.</param>
    /// <param name="sizeBytes">Size of the window in bytes.</param>
    /// <param name="firstBus">Number of the first bus.</param>
    /// <param name="lastBus">Number of the last bus, included.</param>
    public EcamWindow(ulong address, ulong sizeBytes, uint firstBus, uint lastBus)
    {
        _address = address;
        _sizeBytes = sizeBytes;
        _firstBus = firstBus;
        _lastBus = lastBus;
    }

    /// <summary>Machine address of the first bus's first function.</summary>
    public ulong Address => _address;

    /// <summary>Size of the window in bytes.</summary>
    public ulong SizeBytes => _sizeBytes;

    /// <summary>Number of the first bus.</summary>
    public uint FirstBus => _firstBus;

    /// <summary>Number of the last bus whose functions all lie in the window; below <see cref="FirstBus"/> when there is none.</summary>
    public int LastBus
    {
        get
        {
            ulong held = _sizeBytes >> 20;
            ulong promised = _lastBus < _firstBus ? 0 : (ulong)(_lastBus - _firstBus) + 1;
            return (int)(_firstBus + (held < promised ? held : promised)) - 1;
        }
    }

    /// <summary>Finds a function's config space.</summary>
    /// <param name="function">Which function.</param>
    /// <param name="address">Machine address of its config space; 0 when the window does not hold it.</param>
    /// <returns>Whether the window holds all 4 KiB of it.</returns>
    [Sanitizes]
    public bool TryLocate(RequesterId function, out RegisterAddress address)
    {
        bool numbered = function.Bus >= _firstBus && function.Bus <= _lastBus;
        ulong offset = ((ulong)function.Value - ((ulong)_firstBus << 8)) * FunctionBytes;
        bool held = numbered && _sizeBytes >= FunctionBytes && offset <= _sizeBytes - FunctionBytes;
        address = new RegisterAddress(held ? _address + offset : 0);
        return held;
    }
}
