using Sluice.Registers;

namespace Sluice.Runtime.Phy;

/// <summary>
/// A bus on which each word that is written is read back, for bring-up sequences of many steps. From the first one on that was not kept, or that nobody answered, nothing more is
/// written: whoever began the sequence takes it back over the bus itself. No register that such a sequence writes changes by itself.
/// </summary>
/// <typeparam name="TBus">The bus behind it.</typeparam>
internal readonly unsafe struct VerifiedBus<TBus> : IRegisterBus
    where TBus : struct, IRegisterBus
{
    private readonly TBus _bus;
    private readonly FirstMismatch* _mismatch;

    /// <summary>Puts the check before a bus.</summary>
    /// <param name="bus">The bus.</param>
    /// <param name="mismatch">Gets the first mismatch; outlives the bus.</param>
    public VerifiedBus(TBus bus, FirstMismatch* mismatch)
    {
        _bus = bus;
        _mismatch = mismatch;
    }

    /// <inheritdoc/>
    public byte Read8(RegisterAddress address) => _bus.Read8(address);

    /// <inheritdoc/>
    public ushort Read16(RegisterAddress address) => _bus.Read16(address);

    /// <inheritdoc/>
    public uint Read32(RegisterAddress address)
    {
        uint value = _bus.Read32(address);
        if (value == uint.MaxValue)
        {
            _mismatch->Note(address.Value, value, 0);
        }

        return value;
    }

    /// <inheritdoc/>
    public ulong Read64(RegisterAddress address) => _bus.Read64(address);

    /// <inheritdoc/>
    public void Write8([HardwareSink] RegisterAddress address, [HardwareSink] byte value)
    {
        if (!_mismatch->Exists)
        {
            _bus.Write8(address, value);
        }
    }

    /// <inheritdoc/>
    public void Write16([HardwareSink] RegisterAddress address, [HardwareSink] ushort value)
    {
        if (!_mismatch->Exists)
        {
            _bus.Write16(address, value);
        }
    }

    /// <inheritdoc/>
    public void Write32([HardwareSink] RegisterAddress address, [HardwareSink] uint value)
    {
        if (_mismatch->Exists)
        {
            return;
        }

        _bus.Write32(address, value);
        uint shown = _bus.Read32(address);
        if (shown != value)
        {
            _mismatch->Note(address.Value, shown, value);
        }
    }

    /// <inheritdoc/>
    public void Write64([HardwareSink] RegisterAddress address, [HardwareSink] ulong value)
    {
        if (!_mismatch->Exists)
        {
            _bus.Write64(address, value);
        }
    }
}
