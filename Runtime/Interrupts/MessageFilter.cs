using Sluice.Registers;
using Sluice.Runtime.HostBridges;

namespace Sluice.Runtime.Interrupts;

/// <summary>
/// What the drivers of controllers with a message FIFO share: a message raises its vector only if the vector was allocated for the function that sent it; one that
/// arrives masked is kept; and when the FIFO has overflowed, every vector is raised once, because nobody knows which one was lost, and who flooded the FIFO is not listened
/// to for a while.
/// </summary>
/// <typeparam name="TClock">What tells the time.</typeparam>
public struct MessageFilter<TClock>
    where TClock : struct, IClock
{
    /// <summary>How long a function that flooded the FIFO is not listened to, in microseconds.</summary>
    public const ulong ThrottleMicroseconds = 10_000;

    /// <summary>How many messages between two overflows make a function the one that flooded the FIFO.</summary>
    public const uint FloodMessages = 32;

    private const ulong ReportMicroseconds = 1_000_000;

    private readonly TClock _clock;
    private VectorTable _owners;
    private VectorSenders _senders;
    private PendingBits _masked;
    private PendingBits _held;
    private RequesterTally _recent;
    private RequesterTally _dropped;
    private RequesterCount _offender;
    private Deadline _throttle;
    private Deadline _quiet;
    private bool _hasReported;
    private uint _reportedLosses;

    /// <summary>Begins with no vector owned.</summary>
    /// <param name="clock">What tells the time.</param>
    /// <param name="vectors">How many vectors there are; at most <see cref="VectorSenders.Capacity"/>.</param>
    public MessageFilter(TClock clock, uint vectors)
    {
        _clock = clock;
        VectorCount = vectors < VectorSenders.Capacity ? vectors : VectorSenders.Capacity;
    }

    /// <summary>How many vectors there are.</summary>
    public uint VectorCount { get; }

    /// <summary>How often the FIFO was found to have overflowed.</summary>
    public uint Losses { get; private set; }

    /// <summary>Messages of a function that was not listened to.</summary>
    public uint Throttled { get; private set; }

    /// <summary>Whether a function is not listened to now.</summary>
    public bool IsThrottling { get; private set; }

    /// <summary>What arrived and was dropped, by sender: for a vector of somebody else or of nobody, or for none at all.</summary>
    public readonly RequesterTally Dropped => _dropped;

    /// <summary>How many vectors have an owner.</summary>
    public readonly uint TakenVectors => _owners.Taken;

    /// <summary>As <see cref="IMsiController.TryAllocate"/>.</summary>
    public bool TryAllocate(in MsiRequest request, out VectorBlock block)
    {
        uint alignment = request.Alignment == 0 ? 1 : request.Alignment;
        if (!_owners.TryAllocate(VectorCount, request.Owner, request.Count, alignment, out block))
        {
            return false;
        }

        _senders.Bind(block, request.Requester, request.Alias, request.PhantomBits);
        return true;
    }

    /// <summary>As <see cref="IMsiController.Free"/>.</summary>
    public void Free(OwnerId owner, VectorBlock block)
    {
        for (uint vector = block.First; vector - block.First < block.Count && vector < VectorCount; vector++)
        {
            if (_owners.OwnerOf(vector).Is(owner))
            {
                _senders.Bind(new VectorBlock(vector, 1), default, default);
                _masked.Take(vector);
                _held.Take(vector);
            }
        }

        _owners.Free(owner, block);
    }

    /// <summary>As <see cref="IMsiController.OwnerOf"/>.</summary>
    public readonly OwnerId OwnerOf(uint vector) => _owners.OwnerOf(vector);

    /// <summary>As <see cref="IMsiController.TryMask"/>.</summary>
    public bool TryMask(uint vector)
    {
        bool owned = !_owners.OwnerOf(vector).IsNone;
        if (owned)
        {
            _masked.Set(vector);
        }

        return owned;
    }

    /// <summary>As <see cref="IMsiController.TryUnmask"/>.</summary>
    public bool TryUnmask(uint vector, out bool wasRaised)
    {
        _masked.Take(vector);
        wasRaised = _held.Take(vector);
        return !_owners.OwnerOf(vector).IsNone;
    }

    /// <summary>Takes one message.</summary>
    /// <param name="sender">Who sent it, as the hardware says.</param>
    /// <param name="isAddressed">Whether it was written where messages go.</param>
    /// <param name="data">What was written.</param>
    /// <param name="raised">Gets its vector.</param>
    public void Accept(RequesterId sender, bool isAddressed, uint data, ref PendingBits raised)
    {
        _recent.Add(sender);
        if (IsThrottling && _offender.Requester.Is(sender))
        {
            Throttled++;
        }
        else if (!isAddressed || data >= VectorCount || _owners.OwnerOf(data).IsNone || !_senders.Admits(data, sender))
        {
            _dropped.Add(sender);
        }
        else
        {
            Raise(data, ref raised);
        }
    }

    /// <summary>Takes a message that is no interrupt.</summary>
    /// <param name="sender">Who sent it, as the hardware says.</param>
    public void Refuse(RequesterId sender)
    {
        _recent.Add(sender);
        _dropped.Add(sender);
    }

    /// <summary>Takes what is no interrupt and is told elsewhere too. It counts for who floods the FIFO, and is not dropped.</summary>
    /// <param name="sender">Who sent it, as the hardware says.</param>
    public void Note(RequesterId sender) => _recent.Add(sender);

    /// <summary>The FIFO has overflowed: raises every vector once.</summary>
    /// <param name="raised">Gets the vectors; those that are masked are kept.</param>
    public void Lose(ref PendingBits raised)
    {
        Losses++;
        for (uint vector = 0; vector < VectorCount; vector++)
        {
            if (!_owners.OwnerOf(vector).IsNone)
            {
                Raise(vector, ref raised);
            }
        }

        RequesterCount most = _recent.Most;
        _recent = default;
        _offender = most.Count >= FloodMessages ? most : default;
        IsThrottling = _offender.Count != 0;
        _throttle = Deadline.After(_clock, ThrottleMicroseconds);
    }

    /// <summary>Listens again to the function that flooded the FIFO when its time is over: its vectors are raised once for what it may have sent.</summary>
    /// <param name="raised">Gets the vectors.</param>
    public void Resume(ref PendingBits raised)
    {
        if (!IsThrottling || !_throttle.HasPassed(_clock))
        {
            return;
        }

        IsThrottling = false;
        for (uint vector = 0; vector < VectorCount; vector++)
        {
            if (!_owners.OwnerOf(vector).IsNone && _senders.Admits(vector, _offender.Requester))
            {
                Raise(vector, ref raised);
            }
        }
    }

    /// <summary>What there is to report of losses: once a second at most, and only when there is something new.</summary>
    /// <param name="loss">What there is.</param>
    /// <returns>Whether there is anything.</returns>
    public bool TryReport(out MsiLoss loss)
    {
        loss = new MsiLoss(Losses, _offender);
        if (Losses == _reportedLosses || (_hasReported && !_quiet.HasPassed(_clock)))
        {
            return false;
        }

        _hasReported = true;
        _reportedLosses = Losses;
        _quiet = Deadline.After(_clock, ReportMicroseconds);
        return true;
    }

    /// <summary>Raises a vector again that was raised to somebody who could not pass it on.</summary>
    /// <param name="vector">Any number; one of nobody is dropped.</param>
    /// <param name="raised">Gets it, unless it is masked now.</param>
    public void Repeat(uint vector, ref PendingBits raised)
    {
        if (!_owners.OwnerOf(vector).IsNone)
        {
            Raise(vector, ref raised);
        }
    }

    private void Raise(uint vector, ref PendingBits raised)
    {
        if (_masked.Has(vector))
        {
            _held.Set(vector);
        }
        else
        {
            raised.Set(vector);
        }
    }
}
