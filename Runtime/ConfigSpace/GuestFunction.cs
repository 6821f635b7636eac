using System.Diagnostics.CodeAnalysis;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;

namespace Sluice.Runtime.ConfigSpace;

/// <summary>
/// One PCI function as its guest sees it: a config space of which every byte is described or denied, and the pages of its memory that trap. It lives in one place and
/// is never copied while a guest owns it.
/// </summary>
/// <typeparam name="TBridge">The host bridge.</typeparam>
/// <typeparam name="TGuest">The guest: its stage 2, its interrupts, its time.</typeparam>
/// <typeparam name="TEntries">Memory for the guest's MSI-X table.</typeparam>
public partial struct GuestFunction<TBridge, TGuest, TEntries>
    where TBridge : struct, IHostBridge
    where TGuest : struct, IGuest
    where TEntries : struct, IMsixEntries
{
    private GuestRegisters<TBridge, TGuest, TEntries> _registers;
    private FunctionCore<TBridge, TGuest, TEntries> _core;
    private readonly RequesterId _place;
    private TrapCounts _counts;

    /// <summary>Makes the guest's view of a function that the host has probed, placed and silenced.</summary>
    /// <param name="host">The function.</param>
    /// <param name="guest">Whose it becomes.</param>
    /// <param name="grant">What the guest is given with it.</param>
    public GuestFunction(HostFunction<TBridge> host, TGuest guest, in FunctionGrant<TEntries> grant)
    {
        _core = new FunctionCore<TBridge, TGuest, TEntries>(host, guest, in grant);
        _place = grant.Place;
        _registers.Describe(ref _core);
    }

    /// <summary>How often each register was accessed.</summary>
    [UnscopedRef]
    public readonly ref readonly TrapCounts Counts => ref _counts;

    /// <summary>Messages that became the guest's interrupts.</summary>
    public readonly uint Delivered => _core.Msix.Delivered + _core.Msi.Delivered;

    /// <summary>Messages that came while neither MSI nor MSI-X was enabled, or that the guest's controller did not take.</summary>
    public readonly uint Dropped => _core.Msix.Dropped + _core.Msi.Dropped;

    /// <summary>Times that the guest turned decoding on and was refused.</summary>
    public readonly uint RefusedMappings => _core.RefusedMappings;

    /// <summary>Times that the guest wanted messages that mean nothing, or MSI and MSI-X at once, and was refused.</summary>
    public readonly uint RefusedMessages => _core.RefusedMessages;

    /// <summary>Pages of the function's memory that are mapped for the guest now.</summary>
    public readonly ulong MappedPages => _core.Mapping.MappedPages;

    /// <summary>Whether the function decodes, and so its memory is where the guest put it.</summary>
    public readonly bool IsDecoding => _core.Mapping.IsActive;

    /// <summary>Whether the function sleeps (D3hot).</summary>
    public readonly bool IsAsleep => _core.IsAsleep;

    /// <summary>The physical vectors: one an MSI-X entry, and the first of them one an MSI message.</summary>
    public readonly VectorBlock Vectors => _core.Vectors;

    /// <summary>Whether the host gave the function up, because it could not unmap its memory or not reset it: it neither decodes nor masters any more.</summary>
    public readonly bool IsBroken => _core.Mapping.IsBroken;

    /// <summary>The host's side of the function.</summary>
    [UnscopedRef]
    public readonly ref readonly HostFunction<TBridge> Host => ref _core.Host;

    /// <summary>The guest's interrupt pin: 1 to 4 for INTA to INTD; 0 when the guest has none.</summary>
    public readonly uint IntxPin => _core.Intx.Pin;

    /// <summary>The machine's INTx line that the pin drives; meaningful when there is a pin.</summary>
    public readonly uint IntxLine => _core.Intx.Line;

    /// <summary>Whether the guest sees the pin asserted.</summary>
    public readonly bool AssertsIntx => _core.Intx.IsAsserted;

    /// <summary>
    /// Gives the guest the function's interrupt pin, before the guest runs. Without it the guest sees no pin, and the function cannot assert its own. Whoever gives it has taken the line
    /// for the guest (<see cref="IntxLines{TController}.TryTake"/>).
    /// </summary>
    /// <param name="line">The machine's line that the pin drives.</param>
    /// <returns>Whether the function has a pin, and one that can be closed: without the disable bit of PCI 2.3 nobody could ask it whether it asserts.</returns>
    public bool TryProvideIntx(uint line)
    {
        PciHeader.Registers<FunctionConfig<TBridge>> header = _core.Host.Header;
        uint pin = header.InterruptPin.Read().Value;
        if (pin is 0 or > GuestIntx.Wires || !header.Command.Read().IntxDisable)
        {
            return false;
        }

        _core.ProvideIntx(_place, pin, line);
        _registers.ShowPin(pin, ref _core);
        return true;
    }

    /// <summary>Asks the function whether it asserts its pin, and shows the guest so: when its line has fired, and when the guest has ended the interrupt.</summary>
    /// <returns>Whether the guest sees it asserted.</returns>
    [TrapPath]
    public bool SampleIntx() => IntxPin != 0 && _core.SampleIntx(_registers.Command);

    /// <summary>The guest's header as it is stored, without any effect: for traces and tests.</summary>
    public readonly uint PeekHeader(uint offset) => _registers.PeekHeader(offset);

    /// <summary>Says what a byte of the guest's config space is. Every byte is something.</summary>
    /// <param name="offset">Byte offset; any value.</param>
    public readonly ConfigByte Classify(uint offset) => _registers.Classify(offset);

    /// <summary>Reads lanes of one word of config space.</summary>
    /// <param name="offset">Byte offset of the word, below 4096; a multiple of four.</param>
    /// <param name="lanes">The bytes that are read.</param>
    /// <param name="value">The word. Bytes outside the lanes are not meaningful.</param>
    /// <returns>Denied when any of the bytes is.</returns>
    [TrapPath]
    public AccessResult ReadConfig(uint offset, Lanes lanes, out uint value)
    {
        AccessResult result = _registers.Read(offset, lanes, ref _core, out value);
        Count(offset, lanes, result);
        return result;
    }

    /// <summary>Writes lanes of one word of config space.</summary>
    /// <param name="offset">Byte offset of the word, below 4096; a multiple of four.</param>
    /// <param name="lanes">The bytes that are written.</param>
    /// <param name="value">What is written, in its lanes.</param>
    /// <returns>Denied when any of the bytes is.</returns>
    [TrapPath]
    public AccessResult WriteConfig(uint offset, Lanes lanes, GuestValue value)
    {
        AccessResult result = _registers.Write(offset, lanes, value, ref _core);
        Count(offset, lanes, result);
        if (_core.WantsReset)
        {
            Reset();
        }

        return result;
    }

    /// <summary>Whether the guest has the function's memory at an address.</summary>
    /// <param name="address">The guest's address.</param>
    /// <param name="width">How much of it is meant.</param>
    /// <param name="bar">Which register says where it lies.</param>
    /// <param name="offset">Byte offset in its memory.</param>
    [Sanitizes]
    public readonly bool TryFind(GuestAddress address, AccessWidth width, out uint bar, out ulong offset)
        => _core.Mapping.TryFind(in _core.Host.Bars, address, (ulong)width, out bar, out offset);

    /// <summary>Takes a physical message for the function.</summary>
    /// <param name="vector">The controller's vector.</param>
    /// <returns>Whether the vector is one of the function's.</returns>
    [TrapPath]
    public bool Deliver(uint vector)
    {
        bool owns = Vectors.TryIndex(vector, out uint index);
        if (owns)
        {
            _core.Deliver(index);
        }

        return owns;
    }

    /// <summary>
    /// Holds a vector back, as one that comes too often, or lets it go. The hardware's mask is the guest's or the host's: the guest cannot clear this one. What comes meanwhile
    /// waits.
    /// </summary>
    /// <param name="vector">The controller's vector.</param>
    /// <param name="held">Whether it is held.</param>
    /// <returns>Whether the vector is one of the function's.</returns>
    public bool TryHold(uint vector, bool held)
    {
        bool owns = Vectors.TryIndex(vector, out uint index);
        if (owns)
        {
            _core.Hold(index, held);
        }

        return owns;
    }

    /// <summary>Resets the function as the guest may ask for it (FLR), and the guest's registers with it.</summary>
    [CoversState(Except = [nameof(_counts)])]
    public void Reset()
    {
        // A function that could not be reset has given its memory up, and stays without it: the guest sees it reset either way.
        _ = _core.TryReset();
        _registers.Forget(ref _core, keepsPower: false);
        _registers.Follow(ref _core);
    }

    /// <summary>Stops the function from mastering the bus; its memory stays where it is.</summary>
    public void StopMastering() => _core.StopMastering();

    /// <summary>Stops the function's messages: while its table can be reached all of its entries are masked, and it is told to send none.</summary>
    public void StopInterrupts() => _core.StopInterrupts();

    /// <summary>Stops the function and takes its memory from the guest, for good.</summary>
    /// <returns>Whether it is certain that the guest does not reach it any more.</returns>
    public bool TryStop() => _core.TryStop();

    /// <summary>Tells the guest whether the function's device has others that it sees.</summary>
    /// <param name="hasOthers">Whether it has.</param>
    internal void ShowSiblings(bool hasOthers) => _registers.IsMultiFunction = hasOthers;

    private static ulong Ones(AccessWidth width) => ulong.MaxValue >> (64 - ((int)width * 8));

    private void Count(uint offset, Lanes lanes, AccessResult result)
    {
        uint bits = lanes.Bits;
        uint first = (bits & 1) != 0 ? 0u : (bits & 2) != 0 ? 1u : (bits & 4) != 0 ? 2u : 3u;
        _counts.CountConfig(offset + first);
        CountDenied(result);
    }

    private void CountDenied(AccessResult result)
    {
        if (result != AccessResult.Done)
        {
            _counts.CountDenied();
        }
    }
}
