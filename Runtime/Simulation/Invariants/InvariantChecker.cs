using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Simulation.Guests;
using Sluice.Simulation.Pci;

namespace Sluice.Simulation.Invariants;

/// <summary>
/// Compares what the core says with what the simulated machine is: after an operation (<see cref="CheckSettled"/>), and at any instant within one
/// (<see cref="CheckInstant"/>), as from <see cref="SimulatedMachine.Accessed"/>. It looks without side effects, but for the DMA that it tries: in the name of every stream it
/// reads a page of every guest, so that a stale translation shows as much as a wrong one.
/// </summary>
/// <param name="functions">The machine's functions.</param>
public sealed class InvariantChecker(SimulatedPciBus functions)
{
    private const ulong PageBytes = 0x1000;
    private const uint CommandOffset = 0x04;
    private const uint Memory = 0x2;
    private const uint Master = 0x4;
    private const uint OwnedBits = 0x3A;
    private const int MostViolations = 32;

    private readonly List<GuestState> _guests = [];
    private readonly List<uint> _streams = [];
    private readonly List<InvariantViolation> _violations = [];
    private int _bypassed;

    /// <summary>What was found; the first ones only.</summary>
    public IReadOnlyList<InvariantViolation> Violations => _violations;

    /// <summary>How often something was checked.</summary>
    public long Checks { get; private set; }

    /// <summary>The way of DMA from an SMMU on, if there is one.</summary>
    public IDmaPath? Dma { get; set; }

    /// <summary>How many transactions the SMMU let pass untranslated, if there is one.</summary>
    public Func<int>? Bypassed { get; set; }

    /// <summary>Who owns a vector, as the MSI controller says.</summary>
    public Func<uint, OwnerId>? OwnerOfVector { get; set; }

    /// <summary>What the machine writes to raise a vector, as the MSI controller says.</summary>
    public Func<uint, MsiMessage>? MessageOfVector { get; set; }

    /// <summary>Who owns a lane of the transceivers, if there are any: a lane, and everybody who says that it is theirs.</summary>
    public Func<int, IReadOnlyList<OwnerId>>? OwnersOfLane { get; set; }

    /// <summary>How many lanes there are.</summary>
    public int Lanes { get; set; }

    /// <summary>
    /// Whom a function is being given to or taken from just now; nobody otherwise. A stream is open a moment before its owner is written down, and is closed a moment before
    /// that is struck out: for this guest only.
    /// </summary>
    public OwnerId InTransit { get; set; }

    /// <summary>
    /// Whether hardware has lost an access, so that it may differ from what it was told: then only what must hold even so is checked. Who reaches what, and whose messages are
    /// sent, is part of that; whether two registers agree is not.
    /// </summary>
    public bool HardwareMayDiffer { get; set; }

    /// <summary>Whether the SMMU was given up: it may still let a stream reach what it reached before, since it confirms nothing any more. Nobody else's memory, even so.</summary>
    public Func<bool>? IsSmmuGivenUp { get; set; }

    /// <summary>Adds a guest.</summary>
    /// <param name="owner">Its name as an owner.</param>
    /// <param name="guest">The guest.</param>
    /// <param name="canary">Guest address of a page of its memory, whose first 64-bit word is its name; 0 for none.</param>
    public void AddGuest(OwnerId owner, SimulatedGuest guest, ulong canary = 0) => _guests.Add(new GuestState(owner, guest, canary));

    /// <summary>Adds a stream whose reach is to be tried.</summary>
    /// <param name="stream">The stream.</param>
    public void AddStream(uint stream) => _streams.Add(stream);

    /// <summary>Forgets what was found.</summary>
    public void Clear() => _violations.Clear();

    /// <summary>What must hold at every instant, whatever operation is under way.</summary>
    /// <param name="states">The functions that somebody owns, or that are broken.</param>
    public void CheckInstant(ReadOnlySpan<FunctionState> states)
    {
        Checks++;
        CheckBypass();
        CheckBook(states);
        CheckReach(states, isSettled: false);
        foreach (ref readonly FunctionState state in states)
        {
            if (state.IsPublished && functions.Find(state.Function) is { } hardware)
            {
                CheckMessages(in state, hardware, onlyOpen: true);
                RequireAt(HardwareMayDiffer || !state.IsDecoding || !hardware.DecodesMemory || !hardware.IsPresent || IsMapped(in state), Invariant.DecodesWhenMapped, in state, "decodes while its memory is not mapped");
            }
        }

        CheckPages();
    }

    /// <summary>What must hold between two operations.</summary>
    /// <param name="states">The functions that somebody owns, or that are broken.</param>
    public void CheckSettled(ReadOnlySpan<FunctionState> states)
    {
        Checks++;
        CheckBypass();
        CheckBook(states);
        CheckReach(states, isSettled: true);
        CheckVectors(states);
        foreach (ref readonly FunctionState state in states)
        {
            if (functions.Find(state.Function) is { } hardware)
            {
                CheckFunction(in state, hardware);
            }
        }

        CheckPages();
        CheckMappings(states);
        CheckLanes();
    }

    /// <summary>A vector was raised: was that in the name of the function that it was given to?</summary>
    /// <param name="states">The functions that somebody owns.</param>
    /// <param name="vector">The vector.</param>
    /// <param name="messages">Every message that was sent: who sent it, and its data.</param>
    public void CheckRaised(ReadOnlySpan<FunctionState> states, uint vector, IReadOnlySet<(uint Sender, uint Data)> messages)
    {
        ArgumentNullException.ThrowIfNull(messages);
        Checks++;
        uint data = MessageOfVector?.Invoke(vector).Data ?? vector;
        foreach (ref readonly FunctionState state in states)
        {
            if (!HardwareMayDiffer && state.Vectors.TryIndex(vector, out _))
            {
                bool sent = messages.Contains((state.Function.Value, data)) || (state.Alias.Value != 0 && messages.Contains((state.Alias.Value, data)));
                RequireAt(sent, Invariant.MessagesOfOwnerOnly, in state, $"vector {vector} was raised, and it did not send it");
                return;
            }
        }
    }

    private static string Name(in FunctionState state) => $"function {state.Function.Value:x} of owner {state.Owner.Value}";

    private void Require(bool holds, Invariant invariant, string text)
    {
        if (!holds && _violations.Count < MostViolations)
        {
            _violations.Add(new InvariantViolation(invariant, text));
        }
    }

    private void RequireAt(bool holds, Invariant invariant, in FunctionState state, string text)
    {
        if (!holds)
        {
            Require(holds: false, invariant, $"{Name(in state)} {text}");
        }
    }

    private void CheckBypass()
    {
        int bypassed = Bypassed?.Invoke() ?? 0;
        Require(bypassed == _bypassed, Invariant.NeverBypass, $"{bypassed - _bypassed} transactions passed untranslated");
        _bypassed = bypassed;
    }

    private void CheckBook(ReadOnlySpan<FunctionState> states)
    {
        for (int first = 0; first < states.Length; first++)
        {
            ref readonly FunctionState one = ref states[first];
            RequireAt(!one.IsBroken || one.Owner.IsNone, Invariant.OneOwnerPerStream, in one, "is broken and has an owner");
            for (int second = first + 1; second < states.Length; second++)
            {
                ref readonly FunctionState other = ref states[second];
                if (one.Function.Is(other.Function))
                {
                    RequireAt(false, Invariant.OneOwnerPerStream, in one, "stands twice in the book");
                }
                else if (one.Stream == other.Stream && !one.Owner.IsNone && !other.Owner.IsNone && !one.Owner.Is(other.Owner))
                {
                    RequireAt(false, Invariant.OneOwnerPerStream, in one, $"shares stream {one.Stream:x} with {Name(in other)}");
                }
            }
        }
    }

    private void CheckReach(ReadOnlySpan<FunctionState> states, bool isSettled)
    {
        if (Dma is null)
        {
            return;
        }

        Span<byte> word = stackalloc byte[sizeof(ulong)];
        foreach (uint stream in _streams)
        {
            OwnerId owner = OwnerOfStream(states, stream);
            foreach (GuestState guest in _guests)
            {
                if (guest.Canary == 0)
                {
                    continue;
                }

                // Every guest has its memory at the same guest address: what is read there says whose memory it is.
                ulong reached = Dma.TryRead(stream, guest.Canary, word) ? BinaryPrimitives.ReadUInt64LittleEndian(word) : 0;
                bool allowed = reached == 0 || reached == owner.Value || IsSmmuGivenUp?.Invoke() == true || (!isSettled && !InTransit.IsNone && reached == InTransit.Value);
                if (!allowed)
                {
                    Require(false, owner.IsNone ? Invariant.QuarantinedHasNoMapping : Invariant.DmaReachesOwnerOnly, $"stream {stream:x} of owner {owner.Value} reaches memory of owner {reached}");
                }

                if (isSettled && !HardwareMayDiffer && reached == 0 && !owner.IsNone && guest.Owner.Is(owner) && !IsGivenUpWith(states, stream))
                {
                    Require(false, Invariant.DmaReachesOwnerOnly, $"stream {stream:x} does not reach the memory of its owner {owner.Value}");
                }
            }
        }

        CheckBypass();
    }

    // A function that does not let go takes its stream with it, and with the stream whoever shares it.
    private static bool IsGivenUpWith(ReadOnlySpan<FunctionState> states, uint stream)
    {
        foreach (ref readonly FunctionState state in states)
        {
            if (state.Stream == stream && state.IsBroken)
            {
                return true;
            }
        }

        return false;
    }

    private static OwnerId OwnerOfStream(ReadOnlySpan<FunctionState> states, uint stream)
    {
        foreach (ref readonly FunctionState state in states)
        {
            if (state.Stream == stream && !state.Owner.IsNone)
            {
                return state.Owner;
            }
        }

        return default;
    }

    private void CheckVectors(ReadOnlySpan<FunctionState> states)
    {
        foreach (ref readonly FunctionState state in states)
        {
            for (uint index = 0; OwnerOfVector is not null && state.IsPublished && index < state.Vectors.Count; index++)
            {
                uint vector = state.Vectors.First + index;
                OwnerId owner = OwnerOfVector(vector);
                if (!owner.Is(state.Owner))
                {
                    RequireAt(false, Invariant.OneOwnerPerVector, in state, $"has vector {vector} of owner {owner.Value}");
                }

                foreach (ref readonly FunctionState other in states)
                {
                    if (other.IsPublished && !other.Function.Is(state.Function) && other.Vectors.TryIndex(vector, out _))
                    {
                        RequireAt(false, Invariant.OneOwnerPerVector, in state, $"has vector {vector}, as {Name(in other)} has");
                    }
                }
            }
        }
    }

    private void CheckFunction(in FunctionState state, SimulatedFunction hardware)
    {
        uint command = hardware.Peek(CommandOffset, AccessWidth.HalfWord);
        if (!hardware.IsPresent || HardwareMayDiffer)
        {
            return;
        }

        if (!state.IsPublished)
        {
            RequireAt(state.IsBroken || (command & (Memory | Master)) == 0, Invariant.QuarantinedHasNoMapping, in state, "decodes or masters, and no guest sees it");
            return;
        }

        bool decodes = (command & Memory) != 0;
        RequireAt(decodes == state.IsDecoding, Invariant.DecodesWhenMapped, in state, decodes ? "decodes, and the core has unmapped it" : "does not decode, and the core has mapped it");
        RequireAt(!(state.IsGivenUp && decodes), Invariant.DecodesWhenMapped, in state, "decodes although it was given up");

        // A function that sleeps or was given up is silent whatever its guest reads; otherwise both agree.
        uint differing = (command ^ state.Command) & OwnedBits;
        RequireAt((differing & Memory) == 0 || !decodes, Invariant.CommandAgrees, in state, "decodes, and its guest reads that it does not");
        RequireAt((differing & ~Memory) == 0, Invariant.CommandAgrees, in state, $"has command {command:x4}, and its guest reads {state.Command:x4}");
        RequireAt((command & Master) == 0 || (state.Command & Master) != 0, Invariant.CommandAgrees, in state, "masters, and its guest did not ask for it");
        CheckMessages(in state, hardware, onlyOpen: false);
        CheckMessage(in state, hardware);
    }

    private bool IsMapped(in FunctionState state)
    {
        if (GuestOf(state.Owner) is not { } guest)
        {
            return true;
        }

        HostBars bars = state.Bars;
        for (int bar = 0; bar < HostBars.Count; bar++)
        {
            ulong address = state.Places.AddressOf(in bars, bar);

            // Less than a page may be trapped instead: then it is not mapped at all.
            if (bars[bar].IsMemory && bars[bar].SizeBytes >= PageBytes && address != 0 && !CoversBar(guest, in state, bar, address))
            {
                return false;
            }
        }

        return true;
    }

    private static bool CoversBar(GuestState guest, in FunctionState state, int bar, ulong address)
    {
        HostBars bars = state.Bars;
        ulong size = bars[bar].SizeBytes < PageBytes ? PageBytes : bars[bar].SizeBytes;
        ulong machine = bars[bar].MachineAddress.Value & ~(PageBytes - 1);
        for (ulong offset = 0; offset < size;)
        {
            ulong end = state.Msix.EndOfRun((uint)bar, offset, size, out bool trapped);
            bool mapped = Covers(guest, (address & ~(PageBytes - 1)) + offset, machine + offset, end - offset);
            if (mapped == trapped)
            {
                return false;
            }

            offset = end;
        }

        return true;
    }

    private static bool Covers(GuestState guest, ulong address, ulong machine, ulong size)
    {
        foreach (GuestMapping mapping in guest.Mappings)
        {
            bool holds = address >= mapping.Guest && size <= mapping.SizeBytes && address - mapping.Guest <= mapping.SizeBytes - size;
            if (holds && mapping.Machine + (address - mapping.Guest) == machine)
            {
                return true;
            }
        }

        return false;
    }

    private void CheckMessages(in FunctionState state, SimulatedFunction hardware, bool onlyOpen)
    {
        // A function that lies about where its table is can only send what any DMA could write: its stream and the controller hold it, not its table.
        bool isTrue = state.MsixOffset != 0 && state.Msix.TableBar == 0 && state.Msix.TableOffset == DmaFunction.TableOffset;
        if (hardware is not DmaFunction function || MessageOfVector is null || !isTrue)
        {
            return;
        }

        for (int entry = 0; entry < function.Msix.Entries; entry++)
        {
            bool open = function.IsMsixLive && !function.Msix.IsMasked(entry);
            ulong address = function.Msix.Address(entry);
            uint data = function.Msix.Data(entry);
            if ((onlyOpen && !open) || (!open && address == 0 && data == 0))
            {
                continue;
            }

            MsiMessage message = entry < state.Vectors.Count ? MessageOfVector(state.Vectors.First + (uint)entry) : default;
            bool own = entry < state.Vectors.Count && address == message.Address.Value && data == message.Data;

            // Of a message that got lost on its way to the table, words are missing: none is anybody else's.
            own |= HardwareMayDiffer && entry < state.Vectors.Count && (address == 0 || address == message.Address.Value) && (data == 0 || data == message.Data);
            RequireAt(own, Invariant.NoGuestMessageInHardware, in state, $"has message {address:x} = {data:x} in entry {entry}");
        }
    }

    private void CheckMessage(in FunctionState state, SimulatedFunction hardware)
    {
        const uint Flags = 2;
        const uint Enable = 1;
        uint flags = hardware.Peek(state.MsiOffset + Flags, AccessWidth.HalfWord);

        // A function whose enable bit nobody can change sends what any DMA could write: its stream and the controller hold it, not its registers.
        bool isTrue = state.MsiOffset != 0 && (hardware.WritableBits(state.MsiOffset + Flags, AccessWidth.HalfWord) & Enable) != 0;
        if (MessageOfVector is null || !isTrue || state.Msi.Messages == 0 || (flags & Enable) == 0)
        {
            return;
        }

        uint high = state.Msi.Is64Bit ? hardware.Peek(state.MsiOffset + 8, AccessWidth.Word) : 0;
        ulong address = ((ulong)high << 32) | hardware.Peek(state.MsiOffset + 4, AccessWidth.Word);
        uint data = hardware.Peek(state.MsiOffset + (state.Msi.Is64Bit ? 12u : 8u), AccessWidth.HalfWord);
        uint count = 1u << (int)((flags >> 4) & 7);
        uint own = 0;
        for (uint index = 0; index < count; index++)
        {
            own += IsOwnMessage(in state, address, data | index) ? 1u : 0;
        }

        // A block of messages that does not begin on its own boundary would reach into another's.
        RequireAt(own == count && (data & (count - 1)) == 0, Invariant.NoGuestMessageInHardware, in state, $"sends {count} messages {address:x} = {data:x} by MSI");
    }

    private bool IsOwnMessage(in FunctionState state, ulong address, uint data)
    {
        for (uint index = 0; index < state.Vectors.Count; index++)
        {
            MsiMessage message = MessageOfVector!(state.Vectors.First + index);
            if (message.Address.Value == address && message.Data == data)
            {
                return true;
            }
        }

        return false;
    }

    private void CheckPages()
    {
        for (int first = 0; first < _guests.Count; first++)
        {
            for (int second = first + 1; second < _guests.Count; second++)
            {
                foreach (GuestMapping one in _guests[first].Mappings)
                {
                    foreach (GuestMapping other in _guests[second].Mappings)
                    {
                        if (one.Machine < other.Machine + other.SizeBytes && other.Machine < one.Machine + one.SizeBytes)
                        {
                            Require(false, Invariant.OneOwnerPerPage, $"owners {_guests[first].Owner.Value} and {_guests[second].Owner.Value} both reach {Math.Max(one.Machine, other.Machine):x}");
                        }
                    }
                }
            }
        }
    }

    private void CheckMappings(ReadOnlySpan<FunctionState> states)
    {
        foreach (GuestState guest in _guests)
        {
            ulong bytes = 0;
            foreach (GuestMapping mapping in guest.Mappings)
            {
                bytes += mapping.SizeBytes;
            }

            ulong expected = 0;
            bool isCertain = true;
            foreach (ref readonly FunctionState state in states)
            {
                bool own = state.IsPublished && state.Owner.Is(guest.Owner);
                isCertain &= !(own && state.IsGivenUp) && !state.IsBroken;
                expected += own ? state.MappedPages * PageBytes : 0;
                if (own && state.IsDecoding)
                {
                    RequireAt(IsMapped(in state), Invariant.DecodesWhenMapped, in state, "decodes, and is not mapped where the guest put it");
                }
            }

            foreach (GuestMapping mapping in guest.Mappings)
            {
                Require(!isCertain || IsOfOwnFunction(states, guest.Owner, mapping), Invariant.QuarantinedHasNoMapping, $"owner {guest.Owner.Value} reaches {mapping.Machine:x}, which is no memory of its functions");
            }

            // A function whose memory could not be taken away is given up: it does not decode, but what is mapped is not known.
            Require(!isCertain || bytes == expected, Invariant.QuarantinedHasNoMapping, $"owner {guest.Owner.Value} reaches {bytes:x} bytes of functions' memory, and should {expected:x}");
        }
    }

    private static bool IsOfOwnFunction(ReadOnlySpan<FunctionState> states, OwnerId owner, GuestMapping mapping)
    {
        foreach (ref readonly FunctionState state in states)
        {
            HostBars bars = state.Bars;
            for (int bar = 0; state.IsPublished && state.Owner.Is(owner) && bar < HostBars.Places; bar++)
            {
                ulong first = bars[bar].MachineAddress.Value & ~(PageBytes - 1);
                ulong end = (bars[bar].MachineAddress.Value + bars[bar].SizeBytes + PageBytes - 1) & ~(PageBytes - 1);
                if (bars[bar].IsPlaced && mapping.Machine >= first && mapping.Machine + mapping.SizeBytes <= end)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void CheckLanes()
    {
        for (int lane = 0; OwnersOfLane is not null && lane < Lanes; lane++)
        {
            IReadOnlyList<OwnerId> owners = OwnersOfLane(lane);
            Require(owners.Count < 2, Invariant.OneOwnerPerLane, $"lane {lane} has {owners.Count} owners");
        }
    }

    private GuestState? GuestOf(OwnerId owner)
    {
        foreach (GuestState guest in _guests)
        {
            if (guest.Owner.Is(owner))
            {
                return guest;
            }
        }

        return null;
    }
}
