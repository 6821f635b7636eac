using System;
using System.Collections.Generic;
using Sluice.Generators.Tests.Sample;
using Sluice.Registers;

namespace Sluice.Generators.Tests.Views;

/// <summary>The sample's guest view with its hooks, after a power-on reset.</summary>
internal sealed class PortAccess
{
    private readonly List<string> _calls = [];
    private PortHooks _hooks;
    private Port.Guest _view;

    public PortAccess(ulong hardware = 0)
    {
        _hooks = new PortHooks(_calls) { Hardware = hardware };
        _view.Reset(ResetKind.PowerOn);
    }

    public ref Port.Guest View => ref _view;

    public ulong Hardware => _hooks.Hardware;

    public (AccessResult Result, ulong Value) Read(uint offset, AccessWidth width = AccessWidth.Word)
        => (_view.Read(offset, width, ref _hooks, out ulong value), value);

    public AccessResult Write(uint offset, ulong value, AccessWidth width = AccessWidth.Word)
        => _view.Write(offset, width, new GuestValue(value), ref _hooks);

    public RestoreOutcome Restore(ReadOnlySpan<byte> snapshot) => _view.Restore(snapshot, ref _hooks);

    /// <summary>What the hooks were asked since the last time.</summary>
    public string Calls()
    {
        string calls = string.Join("; ", _calls);
        _calls.Clear();
        return calls;
    }
}
