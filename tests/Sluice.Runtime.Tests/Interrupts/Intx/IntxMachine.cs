using System.Numerics;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Tests.ConfigSpace;
using Xunit;

namespace Sluice.Runtime.Tests.Interrupts.Intx;

/// <summary>The reference function with its interrupt pin given to the guest: the machine's line, the core between, and the guest's wire as a level interrupt.</summary>
internal sealed class IntxMachine
{
    /// <summary>The guest's interrupt of INTA; the others follow.</summary>
    public const uint FirstGuestInterrupt = 96;

    /// <summary>The machine's line: that of device 2, pin A.</summary>
    public const uint Line = 2;

    private const uint Pending = 8;
    private const uint Disable = 0x400;

    private GuestIntx _wires;

    public IntxMachine(bool provide = true)
    {
        Lines = new LineModel { IsDriven = line => line == Line && IsAsserting };
        Physical = new IntxLines<EcamIntxController<LineGate>>(new EcamIntxController<LineGate>(Lines.Gate, LineModel.First));
        Assigned.Guest.PinChanged = OnPin;
        if (provide)
        {
            Assert.True(Physical.TryTake(new OwnerId(1), Line));
            Assert.True(Assigned.Function.TryProvideIntx(Line));
        }

        Lines.Trace.Clear();
    }

    public AssignedFunction Assigned { get; } = new();

    public LineModel Lines { get; }

    public IntxLines<EcamIntxController<LineGate>> Physical;

    /// <summary>How often the guest's wire has risen.</summary>
    public int Rises { get; private set; }

    /// <summary>Whether the function drives its pin: it wants to, and is allowed to.</summary>
    public bool IsAsserting => (Assigned.Device.Peek(0x06, AccessWidth.HalfWord) & Pending) != 0 && (Assigned.HostCommand & Disable) == 0;

    /// <summary>Whether the guest's interrupt is pending.</summary>
    public bool IsGuestAsserted => Assigned.Guest.IsLevelAsserted(FirstGuestInterrupt + GuestIntx.WireOf(new RequesterId(0, 1, 0), 1));

    /// <summary>The function wants service, or has been served.</summary>
    public void Want(bool wants)
    {
        uint status = Assigned.Device.Peek(0x06, AccessWidth.HalfWord);
        Assigned.Device.Poke(0x06, AccessWidth.HalfWord, wants ? status | Pending : status & ~Pending);
    }

    /// <summary>The hypervisor takes what is asserted and not masked.</summary>
    /// <returns>How many interrupts came.</returns>
    public int TakePhysicalInterrupts(int most = 1000)
    {
        int taken = 0;
        while (taken < most && Lines.TryTake(out uint interrupt))
        {
            taken++;
            Assert.True(Physical.TryCollect(interrupt, out uint lines));
            Settle(lines);
        }

        return taken;
    }

    /// <summary>The guest ends its interrupt, and whatever comes of it comes.</summary>
    public int End()
    {
        Settle(Physical.Held);
        return TakePhysicalInterrupts();
    }

    /// <summary>After each access of the guest that may have changed what its functions drive.</summary>
    public void AfterAccess()
    {
        for (uint rest = Physical.Held; rest != 0; rest &= rest - 1)
        {
            uint line = (uint)BitOperations.TrailingZeroCount(rest);
            if (!Assigned.Bridge.AssertsIntx(line))
            {
                Physical.Settle(line, asserted: false);
            }
        }
    }

    private void Settle(uint lines)
    {
        for (uint rest = lines; rest != 0; rest &= rest - 1)
        {
            uint line = (uint)BitOperations.TrailingZeroCount(rest);
            Physical.Settle(line, Assigned.Bridge.SampleIntx(line));
        }
    }

    private void OnPin(RequesterId place, uint pin, bool asserted)
    {
        if (_wires.Set(place, pin, asserted))
        {
            uint wire = GuestIntx.WireOf(place, pin);
            Rises += asserted ? 1 : 0;
            Assigned.Guest.Handle.SetLevel(FirstGuestInterrupt + wire, asserted);
        }
    }
}
