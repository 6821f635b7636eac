namespace Sluice.Runtime.Memory;

/// <summary>For a table that no walker has been given yet.</summary>
public readonly struct NoCachedTranslations : ITranslationInvalidator
{
    /// <inheritdoc/>
    public void Invalidate(in InvalidationRange range)
    {
        // Nobody walks the table, so nobody has cached anything of it.
    }

    /// <inheritdoc/>
    public bool Complete() => true;
}
