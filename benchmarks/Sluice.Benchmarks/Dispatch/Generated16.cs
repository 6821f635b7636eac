using Sluice.Registers;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>What the generator makes of Maps/channels-16.xml; there is one struct a size, since the size is part of the type.</summary>
public struct Generated16 : IDevice, Maps.Channels16.IGuestHooks
{
    private Maps.Channels16.Guest _view;

    /// <summary>How often the hook was called.</summary>
    public uint Hooked { get; private set; }

    /// <inheritdoc/>
    public uint Read(uint offset, AccessWidth width)
    {
        _view.Read(offset, width, ref this, out ulong value);
        return (uint)value;
    }

    /// <inheritdoc/>
    public void Write(uint offset, AccessWidth width, uint value) => _view.Write(offset, width, new GuestValue(value), ref this);

    /// <inheritdoc/>
    public void WriteChannelCommand(ref Maps.Channels16.Guest view, uint element, Maps.Channels16.ChannelCommand old, Maps.Channels16.ChannelCommand value, Lanes lanes)
        => Hooked++;
}
