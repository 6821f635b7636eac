using System.Collections.Generic;
using System.Linq;
using Sluice.Registers.Description;

namespace Sluice.Generators.Emit;

/// <summary>What a sequence's method reaches: its own block, or blocks of a device, each by a parameter.</summary>
internal sealed class SequenceTarget
{
    private readonly IReadOnlyList<BlockModel> _blocks;
    private readonly string _namespace;
    private readonly Dictionary<int, string> _parameters = [];

    private SequenceTarget(IReadOnlyList<BlockModel> blocks, string codeNamespace, IReadOnlyList<SequenceModel> siblings)
    {
        _blocks = blocks;
        _namespace = codeNamespace;
        Siblings = siblings;
    }

    /// <summary>The sequences that stand beside it.</summary>
    public IReadOnlyList<SequenceModel> Siblings { get; }

    private bool IsDevice => _namespace.Length != 0;

    /// <summary>A block's own sequences.</summary>
    public static SequenceTarget OfBlock(BlockModel block) => new([block], "", block.Sequences);

    /// <summary>A device's sequence, with a parameter for each block that it or one that it calls reaches.</summary>
    public static SequenceTarget OfDevice(IReadOnlyList<BlockModel> blocks, string codeNamespace, DeviceModel device, SequenceModel sequence, SequenceNames names)
    {
        SequenceTarget target = new(blocks, codeNamespace, device.Sequences);
        foreach (int block in DeviceSequences.BlocksOf(device, sequence))
        {
            string type = blocks[block].TypeName;
            target._parameters.Add(block, names.Of(type));
        }

        return target;
    }

    /// <summary>The register of a step.</summary>
    public RegisterModel Register(int block, int register) => Block(block).Registers[register];

    /// <summary>The hardware's names of block and register.</summary>
    public string FullName(int block, RegisterModel register) => Block(block).Name + "." + register.Name;

    /// <summary>The accessor of a register.</summary>
    public string Accessor(int block, RegisterModel register)
        => (IsDevice ? _parameters[block] : "registers") + "." + register.TypeName + (!register.Dimension.IsArray && DriverEmitter.IsWindow(Block(block), register) ? ".Data" : "");

    /// <summary>What stands before a name that the block's class declares.</summary>
    public string Qualifier(int block) => IsDevice ? "global::" + _namespace + "." + Block(block).TypeName + "." : "";

    /// <summary>The parameters for the blocks.</summary>
    public IEnumerable<(string Declaration, string Name, string Documentation)> Parameters()
        => IsDevice
            ? _parameters.OrderBy(static pair => pair.Key).Select(pair
                => (Qualifier(pair.Key) + "Registers<TBus> " + pair.Value, pair.Value.TrimStart('@'), "The block " + _blocks[pair.Key].Name + "."))
            : [("Registers<TBus> registers", "registers", "The block.")];

    /// <summary>The sequence that a call names.</summary>
    public SequenceModel Callee(StepModel call)
        => (call.Block < 0 ? Siblings : Block(call.Block).Sequences).First(sequence => sequence.Name == call.Callee);

    /// <summary>The blocks that are handed to a called sequence.</summary>
    public string Handed(StepModel call, DeviceModel? device)
        => !IsDevice ? "registers"
            : call.Block >= 0 ? _parameters[call.Block]
            : string.Join(", ", DeviceSequences.BlocksOf(device!, Callee(call)).Select(block => _parameters[block]));

    private BlockModel Block(int block) => _blocks[block < 0 ? 0 : block];
}
