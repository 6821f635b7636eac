namespace Sluice.Registers;

/// <summary>The value of one kind of register: a struct that holds exactly the register's 8, 16, 32 or 64 bits, with a property for each field.</summary>
/// <typeparam name="TSelf">The value type itself.</typeparam>
public interface IRegisterValue<TSelf>
    where TSelf : unmanaged, IRegisterValue<TSelf>
{
    /// <summary>Width and neutral values of the register.</summary>
    static abstract RegisterShape Shape { get; }
}
