using System;
using System.Collections.Generic;
using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>What a sequence reaches: the registers of its block, or those of all blocks of its device.</summary>
internal sealed class SequenceScope
{
    private readonly string _name;
    private readonly IReadOnlyList<BlockModel> _blocks;
    private readonly IReadOnlyCollection<string> _broken;
    private readonly EquatableArray<RegisterModel> _own;
    private readonly Dictionary<int, Dictionary<string, int>> _indices = [];

    private SequenceScope(string name, EquatableArray<RegisterModel> own, IReadOnlyList<BlockModel> blocks, IReadOnlyCollection<string> broken, bool isDevice)
    {
        _name = name;
        _own = own;
        _blocks = blocks;
        _broken = broken;
        IsDevice = isDevice;
    }

    /// <summary>Whether the steps name their block.</summary>
    public bool IsDevice { get; }

    /// <summary>What a block's sequences reach.</summary>
    public static SequenceScope OfBlock(string block, EquatableArray<RegisterModel> registers) => new(block, registers, [], [], isDevice: false);

    /// <summary>What a device's sequences reach.</summary>
    /// <param name="device">Its name.</param>
    /// <param name="blocks">Its blocks, those left out that have no meaning.</param>
    /// <param name="broken">The names of those.</param>
    public static SequenceScope OfDevice(string device, IReadOnlyList<BlockModel> blocks, IReadOnlyCollection<string> broken)
        => new(device, default, blocks, broken, isDevice: true);

    /// <summary>The registers of a block; -1 for the sequence's own.</summary>
    public EquatableArray<RegisterModel> Registers(int block) => block < 0 ? _own : _blocks[block].Registers;

    /// <summary>The sequence of a block, by its hardware name.</summary>
    public SequenceModel? FindSequence(int block, string name) => _blocks[block].Sequences.FirstOrDefault(sequence => sequence.Name == name);

    /// <summary>The sequences of a block.</summary>
    public IEnumerable<string> SequencesOf(int block) => _blocks[block].Sequences.Select(sequence => sequence.Name);

    /// <summary>Finds the block that a step names.</summary>
    /// <returns>Whether it is there; else it has been reported, or its own problem has.</returns>
    public bool TryFindBlock(BlockProblems problems, MarkupElement step, string what, bool mayBeOwn, out int block)
    {
        block = -1;
        MarkupAttribute? name = step.Attribute(TrapGrammar.Block);
        if (!IsDevice)
        {
            if (name is not null)
            {
                problems.Add(ProblemRules.UnfitStep, name.File, name.ValueRange, step.Grammar.Name, what, "a block's sequence reaches its own block only");
            }

            return name is null;
        }

        if (name is null)
        {
            if (!mayBeOwn)
            {
                problems.Add(ProblemRules.UnfitStep, step, step.Grammar.Name, what, "in a device's sequence it names its block");
            }

            return mayBeOwn;
        }

        block = _blocks.TakeWhile(candidate => candidate.Name != name.Text).Count();
        if (block < _blocks.Count)
        {
            return true;
        }

        if (!_broken.Contains(name.Text))
        {
            string hint = Spelling.DidYouMean(name.Text, _blocks.Select(candidate => candidate.Name));
            problems.Add(ProblemRules.UnknownReference, name.File, name.ValueRange, "block", name.Text, "in '" + _name + "'", hint);
        }

        return false;
    }

    /// <summary>Finds the register that a step names.</summary>
    /// <returns>Whether it is there; else it has been reported.</returns>
    public bool TryFindRegister(BlockProblems problems, MarkupAttribute name, int block, out int register)
    {
        EquatableArray<RegisterModel> registers = Registers(block);
        if (!_indices.TryGetValue(block, out Dictionary<string, int>? indices))
        {
            indices = new(StringComparer.Ordinal);
            for (int index = 0; index < registers.Count; index++)
            {
                indices[registers[index].Name] = index;
            }

            _indices.Add(block, indices);
        }

        if (indices.TryGetValue(name.Text, out register))
        {
            return true;
        }

        string hint = Spelling.DidYouMean(name.Text, registers.Select(candidate => candidate.Name));
        string owner = block < 0 ? _name : _blocks[block].Name;
        problems.Add(ProblemRules.UnknownReference, name.File, name.ValueRange, "register", name.Text, "in '" + owner + "'", hint);
        return false;
    }
}
