using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.Json;

namespace Sluice.Hosting;

/// <summary>
/// Writes a trace of accesses for Perfetto, which opens the JSON of Chrome's trace viewer: one row a block, one slice an access, with register and fields by name.
/// </summary>
public static class PerfettoTrace
{
    private const string Elsewhere = "(not described)";

    /// <summary>Writes a trace.</summary>
    /// <param name="stream">Where to; left open.</param>
    /// <param name="trace">The accesses.</param>
    /// <param name="catalog">What their addresses mean.</param>
    public static void Write(Stream stream, AccessTrace trace, RegisterCatalog catalog)
    {
        IReadOnlyList<AccessRecord> records = trace.ToList();
        Dictionary<string, int> rows = [];
        using Utf8JsonWriter json = new(stream);
        json.WriteStartObject();
        json.WriteString("displayTimeUnit", "ns");
        json.WriteStartObject("otherData");
        json.WriteString("dropped", trace.Dropped.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteStartArray("traceEvents");
        long first = records.Count == 0 ? 0 : records[0].Ticks;
        foreach (AccessRecord record in records)
        {
            bool known = catalog.TryFind(record.Address, out CatalogRegister register);
            string block = known ? register.Block : Elsewhere;
            if (!rows.TryGetValue(block, out int row))
            {
                row = rows.Count + 1;
                rows.Add(block, row);
                WriteRow(json, row, block);
            }

            WriteAccess(json, record, row, first, known ? register : null);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRow(Utf8JsonWriter json, int row, string block)
    {
        json.WriteStartObject();
        json.WriteString("name", "thread_name");
        json.WriteString("ph", "M");
        json.WriteNumber("pid", 1);
        json.WriteNumber("tid", row);
        json.WriteStartObject("args");
        json.WriteString("name", block);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteAccess(Utf8JsonWriter json, AccessRecord record, int row, long first, CatalogRegister? register)
    {
        string place = string.Create(CultureInfo.InvariantCulture, $"0x{record.Address:x}");
        json.WriteStartObject();
        json.WriteString("name", (record.IsWrite ? "write " : "read ") + (register?.Name ?? place));
        json.WriteString("cat", record.IsWrite ? "write" : "read");
        json.WriteString("ph", "X");
        json.WriteNumber("ts", Microseconds(record.Ticks - first));
        json.WriteNumber("dur", Microseconds(record.Duration));
        json.WriteNumber("pid", 1);
        json.WriteNumber("tid", row);
        json.WriteStartObject("args");
        json.WriteString("address", place);
        json.WriteNumber("bytes", (int)record.Width);
        json.WriteString("value", string.Create(CultureInfo.InvariantCulture, $"0x{record.Value:x}"));
        if (register is { } known)
        {
            foreach ((string field, string value) in known.Fields(record.Value, (int)record.Width))
            {
                json.WriteString("field " + field, value);
            }
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static double Microseconds(long ticks) => ticks * 1_000_000.0 / Stopwatch.Frequency;
}
