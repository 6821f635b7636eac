using Sluice.Registers.Description;

namespace Sluice.Registers.Tests.Interpreter;

/// <summary>
/// What the hooks of random maps do, agreed between the interpreter and the code that is compiled for the tables: odd enough that a hook which is
/// left out, called twice or called with another value is seen.
/// </summary>
public static class AgreedHooks
{
    /// <summary>What a read hook shows.</summary>
    public static ulong Shown(ulong stored, uint element, uint lanes) => ~stored ^ (element * 3) ^ ((ulong)lanes << 1);

    /// <summary>What a write hook stores instead.</summary>
    public static ulong Kept(ulong old, ulong value, uint element, uint lanes) => value ^ (old << 1) ^ element ^ ((ulong)lanes << 2);

    /// <summary>Whether an address is the guest's.</summary>
    public static bool Accepts(ulong address, ulong sizeBytes, uint element) => ((address >> 5) ^ (sizeBytes >> 12) ^ element) % 3 != 0;

    /// <summary>Whether an index is the guest's.</summary>
    public static bool Owns(ulong index, uint element) => (index ^ element) % 4 != 1;

    /// <summary>What a method makes of a value; what it has made, it leaves as it is.</summary>
    public static ulong Sanitized(ulong value, uint element) => value | (element + 1);

    /// <summary>What a queue gives, by the value that is stored.</summary>
    public static ulong Popped(ulong stored, uint element) => (stored * 7) ^ element;

    /// <summary>What is stored after that.</summary>
    public static ulong AfterPop(ulong stored) => (stored * 3) + 1;

    /// <summary>What is stored after a value was put into a queue.</summary>
    public static ulong Pushed(ulong value, uint element) => (value * 5) ^ (element + 2);

    /// <summary>What lies behind a window.</summary>
    public static ulong Behind(ulong stored, uint index, uint element) => stored ^ (index * 0x0101_0101_0101_0101ul) ^ element;

    /// <summary>What is stored after a value was written through a window.</summary>
    public static ulong Put(ulong value, uint index, uint element) => (value * 3) ^ index ^ ((ulong)element << 3);

    /// <summary>Cuts a value to a register's width.</summary>
    public static ulong Cut(ulong value, RegisterModel register) => register.WidthBits == 64 ? value : value & ((1ul << register.WidthBits) - 1);
}
