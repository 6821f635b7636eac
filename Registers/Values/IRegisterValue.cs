using System.Runtime.CompilerServices;

namespace Sluice.Registers;

/// <summary>The value of one kind of register: a struct that holds exactly the register's 8, 16, 32 or 64 bits, with a property for each field.</summary>
/// <typeparam name="TSelf">The value type itself.</typeparam>
public interface IRegisterValue<TSelf>
    where TSelf : unmanaged, IRegisterValue<TSelf>
{
    /// <summary>Width and neutral values of the register. Unless a type says otherwise, a modify writes every bit as given, in one access.</summary>
    static virtual RegisterShape Shape
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Unsafe.SizeOf<TSelf>() * 8, ulong.MaxValue >> (64 - (Unsafe.SizeOf<TSelf>() * 8)), 0);
    }
}
