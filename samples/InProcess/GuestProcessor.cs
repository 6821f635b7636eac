using Sluice.Registers;
using Sluice.Runtime.Traps;

namespace Sluice.Samples.InProcess;

/// <summary>The guest's loads and stores: what stage 2 maps goes to the machine, everything else traps and is answered by the core.</summary>
internal sealed class GuestProcessor
{
    private const uint ConfigSpace = 1;
    private const uint Memory = 2;
    private const uint Frame = 3;

    private readonly Board _board;
    private AddressMap _map;

    public GuestProcessor(Board board)
    {
        _board = board;
        _map.Add(GuestView.ConfigSpace, GuestView.ConfigSpaceBytes, ConfigSpace);
        _map.Add(GuestView.MemoryWindow, GuestView.MemoryWindowBytes, Memory);
        _map.Add(GuestView.Frame, GuestView.FrameBytes, Frame);
    }

    /// <summary>Accesses that met no block at all.</summary>
    public uint Aborted { get; private set; }

    /// <summary>Accesses that trapped.</summary>
    public uint Traps { get; private set; }

    public ulong Load(ulong address, AccessWidth width)
    {
        if (_board.Guest.TryTranslate(address, out ulong machine))
        {
            return _board.Machine.Read(machine, width);
        }

        Traps++;
        ulong value = ulong.MaxValue >> (64 - ((int)width * 8));
        if (!_map.TryFind(new GuestAddress(address), width, out uint target, out uint offset))
        {
            Aborted++;
            return value;
        }

        switch (target)
        {
            case ConfigSpace:
                _board.Bridge.ReadConfig(offset, width, out value);
                break;
            case Memory:
                _board.Bridge.ReadMemory(new GuestAddress(address), width, out value);
                break;
            default:
                _board.Frame.Read(offset, width, out value);
                break;
        }

        return value;
    }

    public void Store(ulong address, AccessWidth width, ulong value)
    {
        if (_board.Guest.TryTranslate(address, out ulong machine))
        {
            _board.Machine.Write(machine, width, value);
        }
        else
        {
            Trap(address, width, new GuestValue(value));
        }

        _board.TakeInterrupts();
    }

    private void Trap(ulong address, AccessWidth width, GuestValue value)
    {
        Traps++;
        if (!_map.TryFind(new GuestAddress(address), width, out uint target, out uint offset))
        {
            Aborted++;
            return;
        }

        switch (target)
        {
            case ConfigSpace:
                _board.Bridge.WriteConfig(offset, width, value);
                break;
            case Memory:
                _board.Bridge.WriteMemory(new GuestAddress(address), width, value);
                break;
            default:
                _board.Frame.Write(offset, width, value, _board.Guest.Handle);
                break;
        }
    }
}
