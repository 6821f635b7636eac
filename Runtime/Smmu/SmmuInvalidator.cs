using Sluice.Registers;
using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Smmu;

/// <summary>Drops an SMMU's translations of one tag: address by address, or all of them where that takes fewer commands than patience allows.</summary>
/// <typeparam name="TBus">How the SMMU's registers are reached.</typeparam>
/// <typeparam name="TMemory">The memory that its queues are in.</typeparam>
/// <typeparam name="TClock">What bounds the waits.</typeparam>
public readonly ref struct SmmuInvalidator<TBus, TMemory, TClock> : ITranslationInvalidator
    where TBus : struct, IRegisterBus
    where TMemory : struct, IMachineMemory
    where TClock : struct, IClock
{
    /// <summary>From so many leaves on, the whole tag goes.</summary>
    public const ulong WholeTagLeaves = 512;

    private readonly ref SmmuCommandQueue<TBus, TMemory, TClock> _commands;
    private readonly TranslationStage _stage;
    private readonly ushort _tag;

    internal SmmuInvalidator(ref SmmuCommandQueue<TBus, TMemory, TClock> commands, TranslationStage stage, ushort tag)
    {
        _commands = ref commands;
        _stage = stage;
        _tag = tag;
    }

    /// <inheritdoc/>
    public void Invalidate(in InvalidationRange range)
    {
        if (range.Leaves >= WholeTagLeaves)
        {
            InvalidateTag();
            return;
        }

        for (ulong leaf = 0; leaf < range.Leaves; leaf++)
        {
            ulong input = range.Input + (leaf * range.LeafBytes);
            _commands.Append(_stage == TranslationStage.Stage2
                ? SmmuCommand.ForgetMachineAddress(_tag, input, range.LeafOnly)
                : SmmuCommand.ForgetSpaceAddress(_tag, input, range.LeafOnly));
        }
    }

    /// <summary>Begins to drop all translations of the tag.</summary>
    public void InvalidateTag() =>
        _commands.Append(_stage == TranslationStage.Stage2 ? SmmuCommand.ForgetMachine(_tag) : SmmuCommand.ForgetSpace(_tag));

    /// <inheritdoc/>
    public bool Complete() => _commands.Sync() == SmmuResult.Done;
}
