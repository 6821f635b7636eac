using Sluice.Registers;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>What the generator makes of Maps/channels-64.xml.</summary>
public struct Generated64 : IDevice, Maps.Channels64.IGuestHooks
{
    private Maps.Channels64.Guest _view;

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
    public void WriteChannelCommand(ref Maps.Channels64.Guest view, uint element, Maps.Channels64.ChannelCommand old, Maps.Channels64.ChannelCommand value, Lanes lanes)
        => Hooked++;
}
