using System.Runtime.CompilerServices;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Interrupts;

/// <summary>Whose messages may raise each vector of a controller that is told the sender.</summary>
public struct VectorSenders
{
    /// <summary>The most vectors that such a controller can have here.</summary>
    public const int Capacity = 128;

    private Entries _senders;

    /// <summary>Binds vectors to a function.</summary>
    /// <param name="block">Which vectors.</param>
    /// <param name="requester">The function.</param>
    /// <param name="alias">Its other id; zero for none.</param>
    public void Bind(VectorBlock block, RequesterId requester, RequesterId alias)
    {
        for (uint index = 0; index < block.Count && block.First + index < Capacity; index++)
        {
            _senders[(int)(block.First + index)] = requester.Value | ((uint)alias.Value << 16);
        }
    }

    /// <summary>Whether a vector is bound to a function.</summary>
    /// <param name="vector">Any number.</param>
    /// <param name="requester">Who sent the message.</param>
    public readonly bool Admits(uint vector, RequesterId requester)
    {
        uint bound = vector < Capacity ? _senders[(int)vector] : 0;
        return bound != 0 && (requester.Value == (bound & 0xFFFF) || (bound >> 16 != 0 && requester.Value == bound >> 16));
    }

    [InlineArray(Capacity)]
    private struct Entries
    {
        private uint _sender;
    }
}
