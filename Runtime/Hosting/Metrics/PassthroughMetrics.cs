using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.Globalization;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Smmu;

namespace Sluice.Hosting;

/// <summary>
/// The core's counts as <see cref="System.Diagnostics.Metrics"/>, for whatever listens to the meter <c>Sluice.Passthrough</c>. Traps and denials are read from the
/// core's own counters when somebody looks, so that they cost the trap path nothing; faults and messages are counted as they are taken.
/// </summary>
public sealed class PassthroughMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "Sluice.Passthrough";

    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _faults;
    private readonly Counter<long> _messages;
    private readonly Dictionary<string, Func<TrapCounts>> _functions = [];

    /// <summary>Makes the meter and its instruments.</summary>
    public PassthroughMetrics()
    {
        _faults = _meter.CreateCounter<long>("sluice.faults", "{fault}", "Transactions that an SMMU stopped and reported.");
        _messages = _meter.CreateCounter<long>("sluice.msis", "{interrupt}", "Message-signalled interrupts that were handed to an owner.");
        _ = _meter.CreateObservableCounter("sluice.traps", Traps, "{access}", "Guest accesses that were answered, by what they reached.");
        _ = _meter.CreateObservableCounter("sluice.denials", Denials, "{access}", "Guest accesses to what is not there for the guest.");
    }

    /// <summary>Adds a function whose counts are shown.</summary>
    /// <param name="name">What the tag <c>function</c> says, for example <c>0000:01:00.0</c>.</param>
    /// <param name="read">Gives the function's counts as they are now; called on the thread of whoever collects.</param>
    public void AddFunction(string name, Func<TrapCounts> read)
    {
        lock (_functions)
        {
            _functions[name] = read;
        }
    }

    /// <summary>Takes a function away, when its owner loses it.</summary>
    public void RemoveFunction(string name)
    {
        lock (_functions)
        {
            _functions.Remove(name);
        }
    }

    /// <summary>Counts a fault that was taken from an SMMU.</summary>
    public void Count(in SmmuFault fault) => _faults.Add(
        1,
        new KeyValuePair<string, object?>("stream", string.Create(CultureInfo.InvariantCulture, $"0x{fault.Stream.Value:x}")),
        new KeyValuePair<string, object?>("reason", fault.Kind.ToString()),
        new KeyValuePair<string, object?>("access", !fault.HasAddress ? "none" : fault.IsWrite ? "write" : "read"));

    /// <summary>Counts a message that was handed to its owner.</summary>
    /// <param name="owner">Whose vector it is.</param>
    /// <param name="vector">The vector.</param>
    public void CountMessage(OwnerId owner, uint vector) => _messages.Add(
        1,
        new KeyValuePair<string, object?>("owner", (int)owner.Value),
        new KeyValuePair<string, object?>("vector", (long)vector));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();

    private static Measurement<long> Measure(long value, string function, string kind)
        => new(value, new KeyValuePair<string, object?>("function", function), new KeyValuePair<string, object?>("kind", kind));

    private IEnumerable<Measurement<long>> Traps()
    {
        List<Measurement<long>> measurements = [];
        foreach ((string name, TrapCounts counts) in Read())
        {
            long config = 0;
            for (uint offset = 0; offset < TrapCounts.CountedBytes; offset++)
            {
                config += counts.At(offset);
            }

            long table = 0;
            for (uint offset = 0; offset < 16; offset += 4)
            {
                table += counts.AtEntry(offset);
            }

            measurements.Add(Measure(config, name, "config"));
            measurements.Add(Measure(counts.Extended, name, "extended-config"));
            measurements.Add(Measure(table, name, "msix-table"));
            measurements.Add(Measure(counts.Pending, name, "msix-pending"));
            measurements.Add(Measure(counts.Neighbours, name, "shared-page"));
        }

        return measurements;
    }

    private IEnumerable<Measurement<long>> Denials()
    {
        List<Measurement<long>> measurements = [];
        foreach ((string name, TrapCounts counts) in Read())
        {
            measurements.Add(new Measurement<long>(counts.Denied, new KeyValuePair<string, object?>("function", name)));
        }

        return measurements;
    }

    private List<(string Name, TrapCounts Counts)> Read()
    {
        lock (_functions)
        {
            List<(string, TrapCounts)> read = [];
            foreach ((string name, Func<TrapCounts> counts) in _functions)
            {
                read.Add((name, counts()));
            }

            return read;
        }
    }
}
