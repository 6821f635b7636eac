using System.Linq;
using Sluice.Registers.Description;

namespace Sluice.Registers.Tests.Interpreter;

/// <summary>
/// The block itself behind a view that lets accesses through: every register does what the description says of it, and neither a view's masks nor its
/// sanitizers are known to it.
/// </summary>
public sealed class Hardware
{
    private readonly InterpretedView _registers;

    public Hardware(BlockModel block)
    {
        BlockModel whole = block with { Registers = new([.. block.Registers.Select(Bare)]) };
        ViewModel open = new("hardware", "Hardware", false, new([.. whole.Registers.Select(static (register, index) => Open(register, index))]));
        _registers = new InterpretedView(whole, open);
    }

    /// <summary>One access of the bus.</summary>
    public ulong Read(uint offset, AccessWidth width)
    {
        _registers.Read(offset, width, out ulong value);
        return value;
    }

    /// <summary>One access of the bus.</summary>
    public void Write(uint offset, AccessWidth width, ulong value) => _registers.Write(offset, width, value);

    public void Reset(ResetKind kind) => _registers.Reset(kind);

    /// <summary>What an element of a register holds.</summary>
    public ulong StoredOf(int register, uint element) => _registers.StoredOf(register, element);

    // What may be written is for whoever writes; what shows in pieces, or not always, is a matter of the view.
    private static RegisterModel Bare(RegisterModel register) => register with
    {
        Present = null,
        Widths = default,
        Constraint = default,
        Fields = new([.. register.Fields.Select(static field => field with { Constraint = default })]),
    };

    private static PolicyModel Open(RegisterModel register, int index)
        => new(index, PolicyKind.Emulated, ulong.MaxValue, ulong.MaxValue, register.ResetValue, false, false, default);
}
