using System;
using System.Linq;
using BenchmarkDotNet.Attributes;
using Sluice.Registers;
using Sluice.Runtime.Blocks;
using Sluice.Runtime.Traps;

namespace Sluice.Benchmarks;

/// <summary>
/// A trap of a plain register, from guest physical address to answer, three ways over one fixed trace: the config space of eight functions, 70 % reads,
/// 10 % narrower than their word. A time is one access.
/// </summary>
public class PlainTraps
{
    // Too many for a branch predictor to learn by heart, as it learns a short trace.
    private const int Accesses = 1 << 18;
    private const int Functions = 8;
    private const ulong Window = 0x3F00_0000;
    private const uint FunctionSize = 0x1000;

    private readonly GuestAccess[] _trace = Trace();
    private readonly PciHeader.Guest[] _headers = new PciHeader.Guest[Functions];
    private readonly SwitchedHeader[] _switched = new SwitchedHeader[Functions];
    private readonly ObjectRegisters _objects = new(Functions, Window, FunctionSize);
    private AddressMap _map;

    /// <summary>Makes eight functions with the same identity for each peer.</summary>
    [GlobalSetup]
    public void Reset()
    {
        for (int function = 0; function < Functions; function++)
        {
            _map.Add(Window + ((uint)function * FunctionSize), PciHeader.SizeBytes, (uint)function);
            _headers[function].Reset(ResetKind.PowerOn);
            _headers[function].VendorId = new PciHeader.VendorId(0x1B36);
            _headers[function].DeviceId = new PciHeader.DeviceId(0x0010);
            _headers[function].CapabilityList = default;
            _switched[function] = new SwitchedHeader(0x0010_1B36);
        }

        // Each peer keeps state, so each runs the trace as often as the others.
        (ulong tables, ulong switched, ulong objects) = (GeneratedTables(), HandWrittenSwitch(), DictionaryOfObjects());
        if (tables != switched || tables != objects)
        {
            throw new InvalidOperationException($"The peers do not give the same answers: {tables}, {switched}, {objects}.");
        }
    }

    /// <summary>Address map, generated tables, the merge routine.</summary>
    [Benchmark(OperationsPerInvoke = Accesses, Baseline = true)]
    public ulong GeneratedTables()
    {
        var hooks = new NoHooks();
        ulong sum = 0;
        foreach (ref readonly GuestAccess access in _trace.AsSpan())
        {
            if (!_map.TryFind(new GuestAddress(access.Address), access.Width, out uint function, out uint offset))
            {
                continue;
            }

            ref PciHeader.Guest header = ref _headers[function];
            if (access.IsWrite)
            {
                header.Write(offset, access.Width, new GuestValue(access.Value), ref hooks);
            }
            else
            {
                header.Read(offset, access.Width, ref hooks, out ulong value);
                sum += value;
            }
        }

        return sum;
    }

    /// <summary>What is written by hand without a generator: the same address map, then a switch over the offset.</summary>
    [Benchmark(OperationsPerInvoke = Accesses)]
    public ulong HandWrittenSwitch()
    {
        ulong sum = 0;
        foreach (ref readonly GuestAccess access in _trace.AsSpan())
        {
            if (!_map.TryFind(new GuestAddress(access.Address), access.Width, out uint function, out uint offset))
            {
                continue;
            }

            ref SwitchedHeader header = ref _switched[function];
            if (access.IsWrite)
            {
                header.Write(offset, (uint)access.Width, access.Value);
            }
            else
            {
                sum += header.Read(offset, (uint)access.Width);
            }
        }

        return sum;
    }

    /// <summary>The usual object model: a dictionary from address to register object, in the place of map and tables.</summary>
    [Benchmark(OperationsPerInvoke = Accesses)]
    public ulong DictionaryOfObjects()
    {
        ulong sum = 0;
        foreach (ref readonly GuestAccess access in _trace.AsSpan())
        {
            if (access.IsWrite)
            {
                _objects.Write(access.Address, (uint)access.Width, access.Value);
            }
            else
            {
                sum += _objects.Read(access.Address, (uint)access.Width);
            }
        }

        return sum;
    }

    private static GuestAccess[] Trace()
    {
        // VENDOR_ID with DEVICE_ID, the words with CACHE_LINE_SIZE and INTERRUPT_LINE: read-only, writable and constant bytes, none of them hooked.
        uint[] words = [0x00, 0x08, 0x0C, 0x28, 0x2C, 0x34, 0x3C];
        var random = new Random(2017);
        return [.. Enumerable.Range(0, Accesses).Select(_ =>
        {
            uint word = words[random.Next(words.Length)];
            ulong address = Window + ((uint)random.Next(Functions) * FunctionSize) + word;
            bool narrow = random.Next(10) == 0;
            return new GuestAccess(
                narrow ? address + (uint)random.Next(4) : address,
                narrow ? AccessWidth.Byte : AccessWidth.Word,
                random.Next(10) >= 7,
                (uint)random.Next());
        })];
    }
}
