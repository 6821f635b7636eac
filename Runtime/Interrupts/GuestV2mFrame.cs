using System.Runtime.CompilerServices;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Interrupts;

/// <summary>The GICv2m frame that a guest sees. Its doorbell is for the guest's functions; a processor that writes to it interrupts itself.</summary>
public struct GuestV2mFrame
{
    private const int CountedRegisters = 8;

    private GicV2m.Guest _view;
    private FrameHooks _hooks;
    private RegisterCounts _counts;

    /// <summary>Makes a frame.</summary>
    /// <param name="address">Guest address of the frame.</param>
    /// <param name="firstInterrupt">The guest's first interrupt number for messages: from 32 on.</param>
    /// <param name="count">How many follow one another.</param>
    public GuestV2mFrame(ulong address, uint firstInterrupt, uint count)
    {
        Doorbell = new GuestDoorbell(address + GicV2m.Offsets.MsiSetspiNs, firstInterrupt, count);
        _hooks = new FrameHooks(Doorbell);
        _view.Reset(ResetKind.PowerOn);
        _view.MsiTyper = default(GicV2m.MsiTyper) with { BaseSpi = firstInterrupt, NumSpi = count };
    }

    /// <summary>Which of the guest's messages mean which of its interrupts.</summary>
    public GuestDoorbell Doorbell { get; }

    /// <summary>How often the guest accessed the frame.</summary>
    public uint Accesses { get; private set; }

    /// <summary>How many of these met what is not there.</summary>
    public uint Denied { get; private set; }

    /// <summary>Reads the frame.</summary>
    /// <param name="offset">Byte offset in the frame; any value.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is read, right-aligned, upper bits zero.</param>
    [TrapPath]
    public AccessResult Read(uint offset, AccessWidth width, out ulong value) => Count(offset, _view.Read(offset, width, ref _hooks, out value));

    /// <summary>Writes the frame.</summary>
    /// <typeparam name="TSink">Where the guest's interrupts go.</typeparam>
    /// <param name="offset">Byte offset in the frame; any value.</param>
    /// <param name="width">How wide.</param>
    /// <param name="value">What is written, right-aligned.</param>
    /// <param name="sink">The guest's interrupts.</param>
    [TrapPath]
    public AccessResult Write<TSink>(uint offset, AccessWidth width, GuestValue value, TSink sink)
        where TSink : struct, IInterruptSink
    {
        AccessResult result = Count(offset, _view.Write(offset, width, value, ref _hooks));
        if (_hooks.TryTake(out uint interrupt))
        {
            sink.Raise(interrupt);
        }

        return result;
    }

    /// <summary>Tells how often each register of the frame was accessed.</summary>
    /// <typeparam name="TVisitor">Who is told.</typeparam>
    /// <param name="visitor">Who is told.</param>
    public readonly void VisitTraps<TVisitor>(ref TVisitor visitor)
        where TVisitor : struct, ITrapVisitor
    {
        for (int register = 0; register < CountedRegisters; register++)
        {
            if (_counts[register] != 0)
            {
                visitor.Visit("gicv2m"u8, RegisterNames.Name<GicV2m.Guest.Tables>(register), _counts[register]);
            }
        }
    }

    /// <summary>As <see cref="IGuestMessages.TryResolve"/>. The frame does not care who sends a message.</summary>
    [Sanitizes]
    public readonly bool TryResolve(RequesterId requester, GuestAddress address, GuestValue data, out GuestMessage message)
    {
        bool rings = Doorbell.TryResolve(address, data, out uint interrupt);
        message = rings ? new GuestMessage(requester, interrupt) : default;
        return rings;
    }

    /// <summary>As <see cref="IGuestMessages.TryDeliver"/>.</summary>
    /// <typeparam name="TSink">Where the guest's interrupts go.</typeparam>
    /// <param name="message">What <see cref="TryResolve"/> made.</param>
    /// <param name="sink">The guest's interrupts.</param>
    public readonly bool TryDeliver<TSink>(GuestMessage message, TSink sink)
        where TSink : struct, IInterruptSink
    {
        bool owned = !message.IsNone && new VectorBlock(Doorbell.FirstInterrupt, Doorbell.Count).TryIndex(message.Number, out _);
        if (owned)
        {
            sink.Raise(message.Number);
        }

        return owned;
    }

    private AccessResult Count(uint offset, AccessResult result)
    {
        int register = RegisterNames.Find<GicV2m.Guest.Tables>(offset, out _);
        if ((uint)register < CountedRegisters)
        {
            _counts[register]++;
        }

        Accesses++;
        Denied += result == AccessResult.Done ? 0u : 1u;
        return result;
    }

    [InlineArray(CountedRegisters)]
    private struct RegisterCounts
    {
        private uint _count;
    }

    private struct FrameHooks(GuestDoorbell doorbell) : GicV2m.IGuestHooks
    {
        private readonly GuestDoorbell _doorbell = doorbell;
        private uint _rung;

        public bool TryTake(out uint interrupt)
        {
            interrupt = _rung;
            _rung = 0;
            return interrupt != 0;
        }

        public readonly bool OwnsMsiSetspiNsSpi([GuestControlled] uint index)
            => new VectorBlock(_doorbell.FirstInterrupt, _doorbell.Count).TryIndex(index, out _);

        public void WriteMsiSetspiNs(ref GicV2m.Guest view, GicV2m.MsiSetspiNs old, GicV2m.MsiSetspiNs value, Lanes lanes)
        {
            // The doorbell keeps nothing: what is stored is only what this write passed, or nothing that the guest owns.
            _rung = OwnsMsiSetspiNsSpi(value.Spi) ? value.Spi : 0;
            view.MsiSetspiNs = default;
        }
    }
}
