using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.Linq;
using Sluice.Runtime.ConfigSpace;
using Sluice.Runtime.Interrupts;
using Sluice.Runtime.Smmu;
using Xunit;

namespace Sluice.Hosting.Tests.Metrics;

public sealed class PassthroughMetricsTests
{
    [Fact]
    public void Faults_and_messages_are_counted_with_whose_they_are()
    {
        using PassthroughMetrics metrics = new();
        using Listener listener = new();

        // Event 0x10 (F_TRANSLATION) of stream 0x18: a write to 0x1000.
        metrics.Count(new SmmuFault(0x18_0000_0010, 0, 0x1000));
        metrics.CountMessage(new OwnerId(3), 12);
        metrics.CountMessage(new OwnerId(3), 12);

        Assert.Equal([("sluice.faults", 1L, "access=write reason=Translation stream=0x18")], listener.Take("sluice.faults"));
        Assert.Equal(
            [("sluice.msis", 1L, "owner=3 vector=12"), ("sluice.msis", 1L, "owner=3 vector=12")],
            listener.Take("sluice.msis"));
    }

    [Fact]
    public void Traps_and_denials_are_read_from_the_core_when_somebody_looks()
    {
        using PassthroughMetrics metrics = new();
        using Listener listener = new();
        int looks = 0;
        metrics.AddFunction("0000:01:00.0", () =>
        {
            looks++;
            return default;
        });
        Assert.Equal(0, looks);
        listener.Collect();
        Assert.Equal(2, looks);
        Assert.Equal(
            ["config", "extended-config", "msix-pending", "msix-table", "shared-page"],
            listener.Take("sluice.traps").Select(measurement => measurement.Tags.Split("kind=")[1]).Order());
        Assert.Equal([("sluice.denials", 0L, "function=0000:01:00.0")], listener.Take("sluice.denials"));

        metrics.RemoveFunction("0000:01:00.0");
        listener.Collect();
        Assert.Empty(listener.Take("sluice.traps"));
    }

    private sealed class Listener : System.IDisposable
    {
        private readonly MeterListener _listener = new();
        private readonly List<(string Name, long Value, string Tags)> _seen = [];

        public Listener()
        {
            _listener.InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == PassthroughMetrics.MeterName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            };
            _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => _seen.Add(
                (instrument.Name, value, string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}").Order(System.StringComparer.Ordinal)))));
            _listener.Start();
        }

        public void Collect() => _listener.RecordObservableInstruments();

        public List<(string Name, long Value, string Tags)> Take(string name)
        {
            List<(string, long, string)> taken = [.. _seen.Where(measurement => measurement.Name == name)];
            _seen.RemoveAll(measurement => measurement.Name == name);
            return taken;
        }

        public void Dispose() => _listener.Dispose();
    }
}
