using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Tests.Domains;

/// <summary>What a table maps, page by page, and which of its steps is to fail.</summary>
public sealed class TableLog(string name, List<string> order)
{
    public Dictionary<ulong, (ulong Machine, PageAttributes Attributes)> Pages { get; } = [];

    public bool ReadsWhatItWrites { get; set; }

    /// <summary>Whether only lengths are kept, for mappings that are too large to be kept page by page.</summary>
    public bool KeepsSpans { get; set; }

    /// <summary>The longest range of one step, in bytes.</summary>
    public ulong LargestStep { get; private set; }

    public bool LosesUnmap { get; set; }

    /// <summary>Whether what it maps is mapped, but not certainly nothing else any more.</summary>
    public bool MapsUncertainly { get; set; }

    public int MapsLeft { get; set; } = int.MaxValue;

    public uint TablePages => 1 + (uint)Pages.Keys.Select(static page => page >> 21).Distinct().Count();

    public MappingResult Map(ulong input, ulong output, ulong length, PageAttributes attributes)
    {
        order.Add($"{name} map {input:x}");
        LargestStep = length > LargestStep ? length : LargestStep;
        if (KeepsSpans)
        {
            return MappingResult.Done;
        }

        if (ReadsWhatItWrites && (attributes.Access & PageAccess.Read) == 0)
        {
            return MappingResult.Unsupported;
        }

        if (MapsLeft-- <= 0)
        {
            return MappingResult.OutOfTables;
        }

        for (ulong offset = 0; offset < length; offset += 0x1000)
        {
            if (Pages.ContainsKey(input + offset))
            {
                return MappingResult.Overlap;
            }
        }

        for (ulong offset = 0; offset < length; offset += 0x1000)
        {
            Pages.Add(input + offset, (output + offset, attributes));
        }

        return MapsUncertainly ? MappingResult.InvalidationIncomplete : MappingResult.Done;
    }

    public MappingResult Unmap(ulong input, ulong length)
    {
        order.Add($"{name} unmap {input:x}");
        LargestStep = length > LargestStep ? length : LargestStep;
        if (KeepsSpans)
        {
            return MappingResult.Done;
        }

        if (LosesUnmap)
        {
            return MappingResult.InvalidationIncomplete;
        }

        for (ulong offset = 0; offset < length; offset += 0x1000)
        {
            if (!Pages.ContainsKey(input + offset))
            {
                return MappingResult.NotMapped;
            }
        }

        for (ulong offset = 0; offset < length; offset += 0x1000)
        {
            Pages.Remove(input + offset);
        }

        return MappingResult.Done;
    }
}
