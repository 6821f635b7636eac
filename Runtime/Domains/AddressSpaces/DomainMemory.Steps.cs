using Sluice.Registers;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Domains;

public partial struct DomainMemory<TProcessors, TDevices>
{
    /// <summary>
    /// Maps memory of a function in steps, with a pause after each but the last: an <see cref="ConfigSpace.IBarMapper"/> that does so keeps one guest's access to COMMAND, however large the
    /// function's memory, from holding a processor longer than a step. The guest's processors do not run meanwhile (<see cref="IsRunnable"/>), and a second change is refused as busy.
    /// </summary>
    /// <param name="start">The domain's first address.</param>
    /// <param name="machine">The machine's first address.</param>
    /// <param name="bytes">Length in bytes.</param>
    /// <param name="attributes">What may be done there.</param>
    /// <param name="mostBytes">How much memory a step may be about: at least a page is.</param>
    /// <param name="pause">What is done between two steps.</param>
    /// <returns>What became of the whole.</returns>
    public DomainResult MapBar<TPause>(ulong start, [HardwareSink] MachineAddress machine, [HardwareSink] ulong bytes, PageAttributes attributes, ulong mostBytes, TPause pause)
        where TPause : struct, IMappingPause
    {
        DomainResult begun = BeginMapBar(start, machine, bytes, attributes);
        return begun == DomainResult.Done ? ContinueToTheEnd(mostBytes, pause) : begun;
    }

    /// <summary>Takes away, in steps with a pause after each but the last, what was mapped before.</summary>
    /// <param name="start">As it was mapped.</param>
    /// <param name="bytes">As it was mapped.</param>
    /// <param name="mostBytes">How much memory a step may be about: at least a page is.</param>
    /// <param name="pause">What is done between two steps.</param>
    /// <returns>Done when nobody reaches it any more; Incomplete when that is not certain: its function is to be given up.</returns>
    public DomainResult UnmapBar<TPause>(ulong start, ulong bytes, ulong mostBytes, TPause pause)
        where TPause : struct, IMappingPause
    {
        DomainResult begun = BeginUnmapBar(start, bytes);
        return begun == DomainResult.Done ? ContinueToTheEnd(mostBytes, pause) : begun;
    }

    /// <summary>
    /// Begins to map memory of a function in steps, however large it is. Until <see cref="Continue"/> has come to the end, the domain's processors must not run, and no other change is made.
    /// </summary>
    /// <param name="start">The domain's first address.</param>
    /// <param name="machine">The machine's first address.</param>
    /// <param name="bytes">Length in bytes.</param>
    /// <param name="attributes">What may be done there.</param>
    /// <returns>Done when it has begun.</returns>
    public DomainResult BeginMapBar(ulong start, [HardwareSink] MachineAddress machine, [HardwareSink] ulong bytes, PageAttributes attributes)
    {
        DomainResult allowed = CheckBar(start, machine, bytes);
        allowed = allowed == DomainResult.Done && !HasRoomFor((bytes / PageBytes) * (ReachesPeers ? 2u : 1)) ? DomainResult.Quota : allowed;
        if (allowed == DomainResult.Done)
        {
            _pending = new PendingBar { IsActive = true, Maps = true, Start = start, Machine = machine, Bytes = bytes, Attributes = attributes };
        }

        return allowed;
    }

    /// <summary>Begins to take away, in steps, what was mapped before.</summary>
    /// <param name="start">As it was mapped.</param>
    /// <param name="bytes">As it was mapped.</param>
    /// <returns>Done when it has begun.</returns>
    public DomainResult BeginUnmapBar(ulong start, ulong bytes)
    {
        if (_pending.IsActive)
        {
            return DomainResult.Busy;
        }

        if (((start | bytes) & (PageBytes - 1)) != 0 || bytes == 0 || !IsInWindow(start, bytes))
        {
            return DomainResult.NotFound;
        }

        _pending = new PendingBar { IsActive = true, Start = start, Bytes = bytes, Mapped = bytes };
        return DomainResult.Done;
    }

    /// <summary>
    /// Makes the next step of the change that is under way. A mapping that is refused on the way is taken back, in steps as well; what cannot be taken away does not keep the rest from being.
    /// </summary>
    /// <param name="mostBytes">How much memory the step may be about: at least a page is.</param>
    /// <returns>Pending when there is more to do; otherwise what became of the whole, and processors may run again. Done when nothing was under way.</returns>
    public DomainResult Continue(ulong mostBytes)
    {
        if (!_pending.IsActive)
        {
            return DomainResult.Done;
        }

        ulong most = mostBytes < PageBytes ? PageBytes : mostBytes & ~(PageBytes - 1);
        if (_pending.Maps)
        {
            ulong left = _pending.Bytes - _pending.Mapped;
            ulong part = left < most ? left : most;
            DomainResult mapped = MapPart(_pending.Start + _pending.Mapped, _pending.Machine + _pending.Mapped, part, _pending.Attributes);
            if (mapped == DomainResult.Done)
            {
                _pending.Mapped += part;
                return _pending.Mapped < _pending.Bytes ? DomainResult.Pending : Finish(mapped: 1);
            }

            _pending.Maps = false;
            _pending.Result = mapped;
        }
        else if (_pending.Mapped != 0)
        {
            ulong part = _pending.Mapped < most ? _pending.Mapped : most;
            _pending.Mapped -= part;
            DomainResult gone = UnmapPart(_pending.Start + _pending.Mapped, part);
            _pending.Result = gone == DomainResult.Done || _pending.Result == DomainResult.Incomplete ? _pending.Result : gone;
        }

        return _pending.Mapped != 0 ? DomainResult.Pending : Finish(mapped: 0);
    }

    private DomainResult ContinueToTheEnd<TPause>(ulong mostBytes, TPause pause)
        where TPause : struct, IMappingPause
    {
        DomainResult result = Continue(mostBytes);
        while (result == DomainResult.Pending)
        {
            pause.Pause();
            result = Continue(mostBytes);
        }

        return result;
    }

    private DomainResult Finish(uint mapped)
    {
        DomainResult result = _pending.Result;
        bool takesAway = _pending.Attributes.Access == PageAccess.None;
        MappedBars += mapped;
        MappedBars -= takesAway && result == DomainResult.Done && MappedBars != 0 ? 1u : 0;
        _pending = default;
        return result;
    }
}
