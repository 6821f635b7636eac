using Sluice.Registers;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>A register as an object on the heap.</summary>
/// <param name="kind">Its masks.</param>
public sealed class RegisterObject(WordKind kind)
{
    private uint _word;

    /// <summary>Reads the lanes of an access.</summary>
    public uint Read(uint offset, AccessWidth width)
        => ((_word & kind.Readable) >> (int)((offset & 3) * 8)) & (uint)((1ul << (8 * (int)width)) - 1);

    /// <summary>Writes the lanes of an access.</summary>
    public void Write(uint offset, AccessWidth width, uint value)
    {
        int shift = (int)((offset & 3) * 8);
        uint lanes = (uint)((1ul << (8 * (int)width)) - 1) << shift;
        uint writable = kind.Writable & lanes;
        _word = ((_word & ~writable) | ((value << shift) & writable)) & ~((value << shift) & kind.OneToClear & lanes);
    }
}
