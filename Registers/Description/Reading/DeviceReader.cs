using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;

namespace Sluice.Registers.Description;

/// <summary>Reads a device: the blocks in the order of the document, those aside that have something fatal in them.</summary>
internal sealed class DeviceReader(ProblemList problems, DeferredProblems deferred, BlockRecall? recall, CancellationToken cancellation)
{
    private const int MostBlocksOfOne = 1024;

    private readonly List<BlockModel> _blocks = [];
    private readonly HashSet<string> _hardwareNames = new(StringComparer.Ordinal);
    private readonly NameScope _typeNames = new(new HashSet<string>(BlockReader.MemberNames, StringComparer.Ordinal), "Block");
    private readonly ReadingBudget _budget = new();
    private readonly Interrupts _interrupts = new();
    private readonly BlockOverlap _overlaps = new();
    private readonly HashSet<string> _blockNames = new(StringComparer.Ordinal);
    private readonly BlockProblems _deviceProblems = new(problems);

    /// <summary>The blocks in which something has no meaning, as far as they could be read.</summary>
    public List<BlockModel> Partial { get; } = [];

    /// <summary>The blocks that say that what they leave unsaid is not to be reported.</summary>
    public HashSet<string> Silent { get; } = new(StringComparer.Ordinal);

    /// <summary>Where the blocks' parts stand.</summary>
    public List<BlockPositions> Positions { get; } = [];

    /// <summary>Reads what a document holds.</summary>
    /// <param name="document">The document.</param>
    /// <param name="isWhole">Whether its files could be read to their end.</param>
    /// <returns>The device; null when what all blocks rest on has no meaning.</returns>
    public DeviceModel? Read(MarkupElement document, bool isWhole)
    {
        DeviceModel? model = ReadDocument(document);
        deferred.Report(null, _deviceProblems);
        if (problems.FatalCount == 0)
        {
            _deviceProblems.ReportNeedless();
        }

        if (isWhole && model is not null)
        {
            return model;
        }

        Partial.InsertRange(0, _blocks);
        return null;
    }

    private DeviceModel? ReadDocument(MarkupElement document)
    {
        MarkupElement? device = document.Child(SvdGrammar.Device);
        if (device is null)
        {
            MarkupElement? block = document.Child(SvdGrammar.Peripheral);
            if (block is null)
            {
                ReportAlone(document);
                return null;
            }

            _blockNames.Add(Derivation.PlainName(block.Name));
            ReadPeripheral(block, default);
            return new DeviceModel(block.Name, "", new EquatableArray<BlockModel>(_blocks.ToArray()));
        }

        _deviceProblems.Take(device, "", isInherited: false);
        bool isUsable = IsUsable(device);
        RegisterProperties properties = default(RegisterProperties).Inside(device);
        for (MarkupElement? block = device.Child(SvdGrammar.Peripherals)?.FirstChild; block is not null; block = block.NextSibling)
        {
            _blockNames.Add(Derivation.PlainName(block.Name));
        }

        for (MarkupElement? block = device.Child(SvdGrammar.Peripherals)?.FirstChild; block is not null; block = block.NextSibling)
        {
            cancellation.ThrowIfCancellationRequested();
            if (recall?.Behind(block) is { } known)
            {
                Take(known, block, properties, recall);
            }
            else
            {
                ReadPeripheral(block, properties);
            }
        }

        if (!isUsable)
        {
            return null;
        }

        string name = device.Child(SvdGrammar.DeviceName)?.Text ?? "";
        string description = DescriptionText.Normalise(device.Child(SvdGrammar.Description)?.Text ?? "");
        EquatableArray<SequenceModel> sequences = ReadSequences(device, name);
        return new DeviceModel(name, description, new EquatableArray<BlockModel>(_blocks.ToArray()))
        {
            Sequences = sequences,
            SequencesTypeName = sequences.Count == 0 ? "" : _typeNames.TakeQuietly(DotNetName.From(name) + "Sequences", "_"),
        };
    }

    // Sequences in which something is fatal are left out, all of them: they may call each other.
    private EquatableArray<SequenceModel> ReadSequences(MarkupElement device, string name)
    {
        List<MarkupElement> elements = [];
        bool isWhole = true;
        for (MarkupElement? child = device.FirstChild; child is not null; child = child.NextSibling)
        {
            if (child.Grammar == TrapGrammar.Sequence)
            {
                elements.Add(child);
                isWhole &= !child.IsBroken;
            }
        }

        int fatalBefore = problems.FatalCount;
        HashSet<string> broken = new(_hardwareNames, StringComparer.Ordinal);
        broken.ExceptWith(_blocks.Select(block => block.Name));
        SequenceScope scope = SequenceScope.OfDevice(name, _blocks, broken);
        EquatableArray<SequenceModel> sequences = new SequenceReader(new BlockProblems(problems), scope, name).Read(elements);
        return isWhole && problems.FatalCount == fatalBefore && broken.Count == 0 ? sequences : default;
    }

    private bool IsUsable(MarkupElement device)
    {
        bool isUsable = true;
        for (MarkupElement? child = device.FirstChild; child is not null; child = child.NextSibling)
        {
            isUsable &= child.Grammar == SvdGrammar.Peripherals || child.Grammar == TrapGrammar.Sequence || !child.IsBroken;
        }

        if (device.Child(SvdGrammar.AddressUnitBits) is { IsValid: true, Number: not 8 } unit)
        {
            _deviceProblems.Add(ProblemRules.UnusualAddressUnit, unit.File, unit.ContentRange, unit.Text);
        }

        return isUsable;
    }

    // The device's own checks are made anew, since other blocks take part in them. What they find needs the places in the file.
    private void Take(RememberedBlock known, MarkupElement outline, RegisterProperties properties, BlockRecall recall)
    {
        int reported = problems.Reported;
        BlockProblems blockProblems = new(problems, _deviceProblems) { Block = outline.Name };
        Alternates.Check(outline, _blockNames, blockProblems);
        _interrupts.Check(outline, blockProblems);
        bool isNew = _hardwareNames.Add(outline.Name);
        string typeName = _typeNames.Take(known.WantedName, outline.Name, out string? clash);
        _overlaps.Check(outline, known.Block, blockProblems);
        bool isSame = isNew && clash is null && typeName == known.Block.TypeName && known.Outside == OutsideProperties.Of(properties) && known.Cost.TryTake(_budget);
        if (!isSame || reported != problems.Reported || blockProblems.NeedsOuter || problems.SuppressedCount + known.Suppressed.Count >= ReadingLimits.Problems)
        {
            recall.GiveUp();
        }

        foreach (SuppressedProblem suppressed in known.Suppressed)
        {
            problems.AddSuppressed(suppressed);
        }

        if (known.IsSilent || blockProblems.Silences(ProblemRules.Unsaid))
        {
            Silent.Add(outline.Name);
        }

        _blocks.Add(known.Block);
        recall.Keep(outline, known);
    }

    private void ReadPeripheral(MarkupElement peripheral, RegisterProperties properties)
    {
        int reported = problems.Reported;
        int suppressed = problems.SuppressedCount;
        ReadingCost before = ReadingCost.Left(_budget);
        int blocks = _blocks.Count;
        BlockProblems blockProblems = new(problems, _deviceProblems) { Block = peripheral.Name };
        for (MarkupElement? holder = peripheral; holder is not null; holder = holder.Base)
        {
            blockProblems.Take(holder, "", holder != peripheral);
            for (MarkupElement? child = holder.FirstChild; child is not null; child = child.NextSibling)
            {
                if (child.Grammar == TrapGrammar.View && child.Attribute(TrapGrammar.Name) is { } view)
                {
                    blockProblems.Take(child, view.Text, holder != peripheral);
                }
            }
        }

        deferred.Report(peripheral, blockProblems);
        int fatalBefore = problems.FatalCount;
        bool isAlone = false;
        if (peripheral.Name.Length != 0 && Dimension.TryRead(peripheral, blockProblems, out Dimension? dimension))
        {
            isAlone = ReadBlocks(peripheral, dimension, properties, blockProblems, fatalBefore);
        }

        if (problems.FatalCount == fatalBefore && !peripheral.IsBroken)
        {
            blockProblems.ReportNeedless();
        }

        if (recall is not null && isAlone && recall.IsCandidate(peripheral) && !blockProblems.NeedsOuter && reported == problems.Reported
            && problems.SuppressedCount < ReadingLimits.Problems && _blocks.Count == blocks + 1)
        {
            recall.Keep(
                peripheral,
                OutsideProperties.Of(properties),
                WantedName(peripheral, null, peripheral.Name),
                _blocks[blocks],
                problems.SuppressedSince(suppressed),
                blockProblems.SilencesItself(ProblemRules.Unsaid),
                ReadingCost.Since(before, _budget));
        }
    }

    private static string WantedName(MarkupElement peripheral, Dimension? dimension, string name)
        => dimension is null && peripheral.Attribute(TrapGrammar.TypeName) is { IsValid: true } given ? given.Text : DotNetName.From(name);

    // True when nothing was suppressed that was found between it and other blocks.
    private bool ReadBlocks(MarkupElement peripheral, Dimension? dimension, RegisterProperties properties, BlockProblems blockProblems, int fatalBefore)
    {
        if (peripheral.File.IsVendors && peripheral.Inherited(SvdGrammar.BaseAddress) is null && peripheral.InheritedAttribute(TrapGrammar.Capability) is null)
        {
            blockProblems.Add(ProblemRules.LeftOut, peripheral, peripheral.Name, "it has no usable 'baseAddress'");
            return false;
        }

        if (dimension is { Count: > MostBlocksOfOne })
        {
            if (peripheral.File.IsVendors)
            {
                blockProblems.Add(ProblemRules.LeftOut, peripheral, peripheral.Name, "a dimension of more than 1024 blocks is not supported");
                return false;
            }

            blockProblems.Add(ProblemRules.NotSupported, peripheral, "a dimension of more than 1024 blocks");
            return false;
        }

        int suppressed = blockProblems.Suppressed;
        Alternates.Check(peripheral, _blockNames, blockProblems);
        _interrupts.Check(peripheral, blockProblems);
        bool isAlone = suppressed == blockProblems.Suppressed;
        RegisterReader registers = new(blockProblems, _budget);
        for (uint index = 0; index < (dimension?.Count ?? 1); index++)
        {
            string name = dimension?.Expand(peripheral.Name, index) ?? peripheral.Name;
            blockProblems.Block = name;
            if (!_hardwareNames.Add(name))
            {
                MarkupElement at = peripheral.Child(SvdGrammar.Name) ?? peripheral;
                blockProblems.Add(ProblemRules.DuplicateName, at.File, at.ContentRange, "Block", name, "device");
                continue;
            }

            string typeName = _typeNames.Take(WantedName(peripheral, dimension, name), name, out string? clash);
            if (clash is not null)
            {
                blockProblems.Add(ProblemRules.NameClash, peripheral, name, clash, typeName);
            }

            ulong shift = (ulong)index * (dimension?.Stride ?? 0);
            BlockReader reader = new(blockProblems, registers, _budget);
            BlockModel block = reader.Read(peripheral, name, typeName, shift, properties, out BlockPositions positions);
            Positions.Add(positions);
            suppressed = blockProblems.Suppressed;
            _overlaps.Check(peripheral, block, blockProblems);
            isAlone &= clash is null && suppressed == blockProblems.Suppressed;
            if (blockProblems.Silences(ProblemRules.Unsaid))
            {
                Silent.Add(name);
            }

            if (problems.FatalCount == fatalBefore && !peripheral.IsBroken)
            {
                _blocks.Add(block);
            }
            else if (PartialBlock.Of(block) is { } partial)
            {
                Partial.Add(partial);
            }
        }

        return isAlone;
    }

    private void ReportAlone(MarkupElement document)
    {
        if (document.Child(OverlayGrammar.Overlay)?.Attribute(OverlayGrammar.Of) is { } of)
        {
            problems.Add(ProblemRules.OverlayWithoutDescription, of.File, of.ValueRange, of.Text, "with which the reading begins; it is not a description of its own");
        }
    }
}
