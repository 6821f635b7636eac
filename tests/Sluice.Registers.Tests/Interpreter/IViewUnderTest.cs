namespace Sluice.Registers.Tests.Interpreter;

/// <summary>A view of some block, whatever its generated type is.</summary>
public interface IViewUnderTest
{
    AccessResult Read(uint offset, AccessWidth width, out ulong value);

    AccessResult Write(uint offset, AccessWidth width, ulong value);

    AccessResult ReadWord(uint offset, uint lanes, out uint value);

    AccessResult WriteWord(uint offset, uint lanes, uint value);

    uint Peek(uint offset);

    void Reset(ResetKind kind);

    byte[] Save();

    RestoreOutcome Restore(byte[] snapshot);
}
