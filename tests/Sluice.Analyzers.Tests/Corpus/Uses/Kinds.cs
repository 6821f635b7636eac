using System.Runtime.CompilerServices;
using Sluice.Registers;

namespace Corpus;

/// <summary>A number of the guest's that leaves as a member of an enum.</summary>
public class Kinds
{
    public Mode Return_enum([GuestControlled] uint value) => {|SLU2010:(Mode)value|};

    public Mode Return_enum_statement([GuestControlled] uint value)
    {
        Mode mode = (Mode)value;
        return {|SLU2010:mode|};
    }

    public Mode Return_checked([GuestControlled] uint value) => value <= 1 ? (Mode)value : Mode.First;

    public void Out_enum([GuestControlled] uint value, out Mode mode) => mode = {|SLU2010:(Mode)value|};

    public Mode Unsafe_as([GuestControlled] uint value) => {|SLU2010:Unsafe.As<uint, Mode>(ref value)|};

    public void Array_of_enums(Mode[] modes, [GuestControlled] uint value) => modes[0] = {|SLU2010:(Mode)value|};

    public enum Mode : uint
    {
        First,
        Second,
    }
}
