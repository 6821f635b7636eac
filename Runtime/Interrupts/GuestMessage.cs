using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Interrupts;

/// <summary>
/// What a guest's message means at the guest's own MSI controller. It is made when the guest unmasks or enables the message and kept by the function; nothing in it is an address or
/// data of the guest. Only the controller that made it can say which interrupt it is by now. The default value means nothing.
/// </summary>
public readonly struct GuestMessage
{
    private readonly uint _number;
    private readonly ushort _requester;
    private readonly bool _means;

    /// <summary>Makes a meaning. Only guest MSI controllers do.</summary>
    /// <param name="requester">The function that sends the message, as the guest sees it.</param>
    /// <param name="number">The controller's own number of it: an interrupt, a vector or an event. The controller has checked it.</param>
    public GuestMessage(RequesterId requester, uint number)
    {
        _number = number;
        _requester = requester.Value;
        _means = true;
    }

    /// <summary>Whether the message means nothing: no controller of the guest listens to it.</summary>
    public bool IsNone => !_means;

    /// <summary>The function that sends the message, as the guest sees it: the virtual requester.</summary>
    public RequesterId Requester => new(_requester);

    /// <summary>The controller's own number: an interrupt, a vector or an event.</summary>
    public uint Number => _number;
}
