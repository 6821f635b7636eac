using Sluice.Registers;

namespace Corpus;

/// <summary>Shift counts.</summary>
public class Counts
{
    public uint Shift_amount_masked_late([GuestControlled] int n) => 1u << {|SLU2007:n|} & 31;

    public ulong Shift_by_field_of_struct([GuestControlled] Plain plain) => 1ul << {|SLU2007:(int)plain.First|};

    public uint Unsigned_shift(uint word, [GuestControlled] int n) => word >>> {|SLU2007:n|};

    public uint Shift_by_byte(uint word, [GuestControlled] byte n) => word << {|SLU2007:n|};
}
