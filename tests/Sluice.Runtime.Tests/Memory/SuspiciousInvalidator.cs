using Sluice.Runtime.Memory;

namespace Sluice.Runtime.Tests.Memory;

/// <summary>The walker's side that a table talks to.</summary>
internal readonly struct SuspiciousInvalidator(SuspiciousWalker walker) : ITranslationInvalidator
{
    public void Invalidate(in InvalidationRange range) => walker.Invalidate(in range);

    public bool Complete() => walker.Complete();
}
