using System.Numerics;
using Sluice.Hypervisor.Devices;
using Sluice.Runtime.Interrupts;

namespace Sluice.Hypervisor.Guests.Interrupts;

/// <summary>
/// The interrupts of one virtual CPU: what is enabled, what waits, what the list registers hold. What does not fit into them waits in a bit
/// set, so nothing is lost. A direct interrupt has a physical one of the same number behind it; the others are raised by the hypervisor.
/// </summary>
internal struct VirtualInterrupts : IInterruptSink
{
    private const uint NoInterrupt = uint.MaxValue;

    private readonly DistributorDevice _distributor;
    private readonly CpuInterfaceDevice _cpuInterface;
    private readonly VirtualInterfaceDevice _lists;

    private InterruptSet _owned;
    private InterruptSet _direct;
    private InterruptSet _enabled;
    private InterruptSet _waiting;
    private InterruptSet _listed;
    private InterruptSet _levels;
    private InterruptSet _asserted;
    private InterruptSet _ended;
    private PriorityTable _priorities;
    private bool _forwarding;

    public VirtualInterrupts(DistributorDevice distributor, CpuInterfaceDevice cpuInterface, VirtualInterfaceDevice lists)
    {
        _distributor = distributor;
        _cpuInterface = cpuInterface;
        _lists = lists;
        _owned[0] = 0xFFFF;
        _enabled[0] = 0xFFFF;
    }

    /// <summary>How many were handed to the guest.</summary>
    public ulong Delivered { get; private set; }

    /// <summary>How often an interrupt had to wait because all list registers were in use.</summary>
    public ulong Waits { get; private set; }

    /// <summary>The guest's GICD_CTLR: whether anything is forwarded at all.</summary>
    public bool Forwarding
    {
        readonly get => _forwarding;
        set
        {
            _forwarding = value;
            Deliver();
        }
    }

    /// <summary>Lets the guest use an interrupt. Until then its bits read zero and ignore writes.</summary>
    /// <param name="interrupt">Its number.</param>
    /// <param name="direct">Whether a physical level interrupt of the same number is passed on.</param>
    public void Own(uint interrupt, bool direct)
    {
        _owned.Add(interrupt);
        if (direct)
        {
            _direct.Add(interrupt);
        }
    }

    public readonly bool IsOwned(uint interrupt)
    {
        return _owned.Contains(interrupt);
    }

    public readonly bool IsDirect(uint interrupt)
    {
        return _direct.Contains(interrupt);
    }

    public readonly uint EnabledWord(uint word)
    {
        return _enabled[word];
    }

    public readonly byte Priority(uint interrupt)
    {
        return _owned.Contains(interrupt) ? _priorities[interrupt] : (byte)0;
    }

    public void SetPriority(uint interrupt, byte priority)
    {
        if (_owned.Contains(interrupt))
        {
            _priorities[interrupt] = (byte)(priority & 0xF8);
        }
    }

    public void Enable(uint word, uint bits)
    {
        // Software generated interrupts are always enabled.
        bits &= _owned[word] & ~_enabled[word];
        _enabled[word] |= bits;
        for (; bits != 0; bits &= bits - 1)
        {
            uint interrupt = (word * 32) + (uint)BitOperations.TrailingZeroCount(bits);
            if (_direct.Contains(interrupt))
            {
                _distributor.Enable(interrupt);
            }
        }

        Deliver();
    }

    public void Disable(uint word, uint bits)
    {
        bits &= _enabled[word] & ~(word == 0 ? 0xFFFFu : 0);
        _enabled[word] &= ~bits;
        for (; bits != 0; bits &= bits - 1)
        {
            uint interrupt = (word * 32) + (uint)BitOperations.TrailingZeroCount(bits);
            if (_direct.Contains(interrupt))
            {
                _distributor.Disable(interrupt);
            }

            TakeBack(interrupt, keep: true);
        }
    }

    /// <summary>Bits of those that wait or are pending in a list register.</summary>
    public readonly uint PendingWord(uint word)
    {
        return _waiting[word] | ListedWord(word, pending: true);
    }

    /// <summary>Bits of those that the guest has begun and not ended.</summary>
    public readonly uint ActiveWord(uint word)
    {
        return ListedWord(word, pending: false);
    }

    public void SetPending(uint word, uint bits)
    {
        // What has a device behind it is raised by the device alone.
        _waiting[word] |= bits & _owned[word] & ~_direct[word];
        Deliver();
    }

    public void ClearPending(uint word, uint bits)
    {
        // Nor does a level go while its line is asserted.
        bits &= _owned[word] & ~_direct[word] & ~_asserted[word];
        _waiting[word] &= ~bits;
        for (; bits != 0; bits &= bits - 1)
        {
            TakeBack((word * 32) + (uint)BitOperations.TrailingZeroCount(bits), keep: false);
        }
    }

    public void ClearActive(uint word, uint bits)
    {
        for (bits &= _listed[word]; bits != 0; bits &= bits - 1)
        {
            uint interrupt = (word * 32) + (uint)BitOperations.TrailingZeroCount(bits);
            int index = Find(interrupt);
            if (index < 0 || !_lists[index].IsActive)
            {
                continue;
            }

            ListRegister list = _lists[index].WithoutActive();
            _lists[index] = list.IsPending ? list : default;
            if (!list.IsPending)
            {
                _listed.Remove(interrupt);
                End(interrupt);
            }
        }

        Deliver();
    }

    /// <summary>An interrupt has come for the guest.</summary>
    public void Raise(uint interrupt)
    {
        _waiting.Add(interrupt);
        Deliver();
    }

    /// <summary>What has been raised and not begun does not come.</summary>
    public bool Withdraw(uint interrupt)
    {
        bool waited = _waiting.Contains(interrupt);
        _waiting.Remove(interrupt);
        return TakeBack(interrupt, keep: false) || waited;
    }

    /// <summary>The line of a level interrupt of the hypervisor's. While it is asserted the interrupt comes again each time that the guest has ended it.</summary>
    public void SetLevel(uint interrupt, bool asserted)
    {
        if (!_owned.Contains(interrupt) || _direct.Contains(interrupt))
        {
            return;
        }

        _levels.Add(interrupt);
        if (asserted)
        {
            _asserted.Add(interrupt);
            if (!_listed.Contains(interrupt))
            {
                _waiting.Add(interrupt);
                Deliver();
            }
        }
        else
        {
            _asserted.Remove(interrupt);
            _waiting.Remove(interrupt);
            TakeBack(interrupt, keep: false);
        }
    }

    /// <summary>Whether the guest has ended a level interrupt of <see cref="SetLevel"/> since this was last asked.</summary>
    public bool TakeEnded(uint interrupt)
    {
        bool ended = _ended.Contains(interrupt);
        _ended.Remove(interrupt);
        return ended;
    }

    /// <summary>The maintenance interrupt: the guest has ended interrupts, or there is room again.</summary>
    public void Maintain()
    {
        for (uint ended = _lists.Ended; ended != 0; ended &= ended - 1)
        {
            int index = BitOperations.TrailingZeroCount(ended);
            uint interrupt = _lists[index].Interrupt;
            _lists[index] = default;
            _listed.Remove(interrupt);
            End(interrupt);
        }

        Deliver();
    }

    private void Deliver()
    {
        if (!_forwarding)
        {
            return;
        }

        uint empty = Collect();
        bool wait = false;
        for (uint interrupt = NextWaiting(); interrupt != NoInterrupt; interrupt = NextWaiting())
        {
            if (empty == 0)
            {
                wait = true;
                Waits++;
                break;
            }

            int index = BitOperations.TrailingZeroCount(empty);
            empty &= empty - 1;
            _waiting.Remove(interrupt);
            _listed.Add(interrupt);
            _lists[index] = ListRegister.Pending(interrupt, _priorities[interrupt], _direct.Contains(interrupt) || _levels.Contains(interrupt));
            Delivered++;
        }

        _lists.WaitForRoom(wait);
    }

    /// <summary>The empty list registers; an edge that came again while its first one was being served joins it.</summary>
    private uint Collect()
    {
        uint empty = _lists.Empty;
        InterruptSet listed = default;
        for (int index = 0; index < _lists.Count; index++)
        {
            if ((empty & (1u << index)) != 0)
            {
                continue;
            }

            ListRegister list = _lists[index];
            listed.Add(list.Interrupt);
            if (_waiting.Contains(list.Interrupt) && _enabled.Contains(list.Interrupt))
            {
                _waiting.Remove(list.Interrupt);
                Delivered += list.IsPending ? 0u : 1u;
                _lists[index] = list.WithPending();
            }
        }

        _listed = listed;
        return empty & (uint)((1ul << _lists.Count) - 1);
    }

    private readonly uint NextWaiting()
    {
        uint best = NoInterrupt;
        for (uint word = 0; word < InterruptSet.Limit / 32; word++)
        {
            for (uint bits = _waiting[word] & _enabled[word] & ~_listed[word]; bits != 0; bits &= bits - 1)
            {
                uint interrupt = (word * 32) + (uint)BitOperations.TrailingZeroCount(bits);
                if (best == NoInterrupt || _priorities[interrupt] < _priorities[best])
                {
                    best = interrupt;
                }
            }
        }

        return best;
    }

    private bool TakeBack(uint interrupt, bool keep)
    {
        int index = _listed.Contains(interrupt) ? Find(interrupt) : -1;
        if (index < 0 || !_lists[index].IsPending)
        {
            return false;
        }

        ListRegister list = _lists[index].WithoutPending();
        _lists[index] = list.IsActive ? list : default;
        if (!list.IsActive)
        {
            _listed.Remove(interrupt);
        }

        if (_direct.Contains(interrupt))
        {
            // A level that is still high comes again when it is enabled.
            Release(interrupt);
        }
        else if (keep)
        {
            _waiting.Add(interrupt);
        }

        return true;
    }

    private void End(uint interrupt)
    {
        Release(interrupt);
        if (_levels.Contains(interrupt))
        {
            _ended.Add(interrupt);
            if (_asserted.Contains(interrupt))
            {
                _waiting.Add(interrupt);
            }
        }
    }

    private readonly void Release(uint interrupt)
    {
        if (_direct.Contains(interrupt))
        {
            _cpuInterface.Deactivate(interrupt);
        }
    }

    private readonly int Find(uint interrupt)
    {
        uint empty = _lists.Empty;
        for (int index = 0; index < _lists.Count; index++)
        {
            if ((empty & (1u << index)) == 0 && _lists[index].Interrupt == interrupt)
            {
                return index;
            }
        }

        return -1;
    }

    private readonly uint ListedWord(uint word, bool pending)
    {
        uint bits = 0;
        uint empty = _lists.Empty;
        for (int index = 0; index < _lists.Count; index++)
        {
            ListRegister list = _lists[index];
            bool matches = (empty & (1u << index)) == 0 && (pending ? list.IsPending : list.IsActive);
            if (matches && list.Interrupt / 32 == word)
            {
                bits |= 1u << (int)(list.Interrupt % 32);
            }
        }

        return bits;
    }
}
