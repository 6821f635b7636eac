using System.Collections.Generic;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;

namespace Sluice.Simulation.Pci;

/// <summary>A PCI hierarchy: functions by requester id.</summary>
public sealed class SimulatedPciBus
{
    private readonly SortedList<ushort, SimulatedFunction> _functions = [];

    /// <summary>The functions in the order of their ids.</summary>
    public IEnumerable<SimulatedFunction> Functions => _functions.Values;

    /// <summary>Config space of all of them as an ECAM window, to be put into a machine.</summary>
    public ISimulatedDevice Ecam => new EcamDevice(this);

    /// <summary>Plugs a function in. Its stream becomes its requester id.</summary>
    public void Add(RequesterId id, SimulatedFunction function)
    {
        System.ArgumentNullException.ThrowIfNull(function);
        function.Stream = id.Value;
        _functions[id.Value] = function;
    }

    /// <summary>The function with an id; null when there is none.</summary>
    public SimulatedFunction? Find(RequesterId id) => _functions.GetValueOrDefault(id.Value);

    /// <summary>Takes a function out.</summary>
    /// <param name="id">Which one.</param>
    public void Remove(RequesterId id) => _functions.Remove(id.Value);

    /// <summary>Resets every function on a range of buses.</summary>
    /// <param name="first">The first bus.</param>
    /// <param name="last">The last bus, included.</param>
    public void ResetBuses(uint first, uint last)
    {
        foreach ((ushort id, SimulatedFunction function) in _functions)
        {
            if (id >> 8 >= first && id >> 8 <= last)
            {
                function.ResetByBus();
            }
        }
    }

    /// <summary>Plugs in a device of several functions: each says so in its header.</summary>
    /// <param name="bus">Its bus.</param>
    /// <param name="device">Its device number.</param>
    /// <param name="functions">Its functions, from number 0 on.</param>
    public void AddDevice(uint bus, uint device, params SimulatedFunction[] functions)
    {
        System.ArgumentNullException.ThrowIfNull(functions);
        for (int index = 0; index < functions.Length; index++)
        {
            functions[index].Poke(0x0E, AccessWidth.Byte, functions[index].Peek(0x0E, AccessWidth.Byte) | 0x80);
            Add(new RequesterId(bus, device, (uint)index), functions[index]);
        }
    }

    /// <summary>The functions' memory as a window of the bridge, to be put into a machine.</summary>
    /// <param name="pciAddress">The PCI address that the window's first byte has.</param>
    public ISimulatedDevice Memory(ulong pciAddress) => new MemoryDevice(this, pciAddress);

    private sealed class EcamDevice(SimulatedPciBus bus) : ISimulatedDevice
    {
        public ulong Read(ulong offset, AccessWidth width)
            => bus._functions.TryGetValue((ushort)(offset >> 12), out SimulatedFunction? function) && offset >> 28 == 0
                ? function.ReadConfig((uint)offset & 0xFFF, width)
                : ulong.MaxValue;

        public void Write(ulong offset, AccessWidth width, ulong value)
        {
            if (offset >> 28 == 0 && bus._functions.TryGetValue((ushort)(offset >> 12), out SimulatedFunction? function))
            {
                function.WriteConfig((uint)offset & 0xFFF, width, (uint)value);
            }
        }
    }

    private sealed class MemoryDevice(SimulatedPciBus bus, ulong pciAddress) : ISimulatedDevice
    {
        public ulong Read(ulong offset, AccessWidth width)
        {
            for (int index = 0; index < bus._functions.Count; index++)
            {
                SimulatedFunction function = bus._functions.GetValueAtIndex(index);
                if (function.TryDecode(pciAddress + offset, out int bar, out ulong within))
                {
                    return function.ReadMemory(bar, within, width);
                }
            }

            return ulong.MaxValue;
        }

        public void Write(ulong offset, AccessWidth width, ulong value)
        {
            for (int index = 0; index < bus._functions.Count; index++)
            {
                SimulatedFunction function = bus._functions.GetValueAtIndex(index);
                if (function.TryDecode(pciAddress + offset, out int bar, out ulong within))
                {
                    function.WriteMemory(bar, within, width, value);
                    return;
                }
            }
        }
    }
}
