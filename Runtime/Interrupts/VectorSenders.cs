using System.Runtime.CompilerServices;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Interrupts;

/// <summary>Whose messages may raise each vector of a controller that is told the sender.</summary>
public struct VectorSenders
{
    /// <summary>The most vectors that such a controller can have here.</summary>
    public const int Capacity = 128;

    private const uint MostPhantomBits = 3;
    private const uint FunctionNumber = 7;

    private Entries _senders;
    private Phantoms _phantoms;

    /// <summary>Binds vectors to a function.</summary>
    /// <param name="block">Which vectors.</param>
    /// <param name="requester">The function.</param>
    /// <param name="alias">Its other id; zero for none.</param>
    /// <param name="phantomBits">How many of the highest bits of its function number do not count, 0 to 3: it sends under all of them.</param>
    public void Bind(VectorBlock block, RequesterId requester, RequesterId alias, uint phantomBits = 0)
    {
        uint counted = FunctionNumber >> (int)(phantomBits < MostPhantomBits ? phantomBits : MostPhantomBits);
        for (uint index = 0; index < block.Count && block.First + index < Capacity; index++)
        {
            _senders[(int)(block.First + index)] = requester.Value | ((uint)alias.Value << 16);
            _phantoms[(int)(block.First + index)] = (byte)(FunctionNumber & ~counted);
        }
    }

    /// <summary>Whether a vector is bound to a function.</summary>
    /// <param name="vector">Any number.</param>
    /// <param name="requester">Who sent the message.</param>
    public readonly bool Admits(uint vector, RequesterId requester)
    {
        uint bound = vector < Capacity ? _senders[(int)vector] : 0;
        uint own = vector < Capacity ? 0xFFFFu ^ _phantoms[(int)vector] : 0;
        return bound != 0 && ((requester.Value & own) == (bound & own) || (bound >> 16 != 0 && requester.Value == bound >> 16));
    }

    [InlineArray(Capacity)]
    private struct Entries
    {
        private uint _sender;
    }

    [InlineArray(Capacity)]
    private struct Phantoms
    {
        private byte _bits;
    }
}
