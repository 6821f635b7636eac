using Sluice.Registers;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>What the generator makes of Maps/channels-256.xml.</summary>
public struct Generated256 : IDevice, Maps.Channels256.IGuestHooks
{
    private Maps.Channels256.Guest _view;

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
    public void WriteChannelCommand(ref Maps.Channels256.Guest view, uint element, Maps.Channels256.ChannelCommand old, Maps.Channels256.ChannelCommand value, Lanes lanes)
        => Hooked++;
}
