namespace Sluice.Runtime.Memory;

/// <summary>Everyone who may have cached translations of a table: a CPU, an SMMU, or both.</summary>
public interface ITranslationInvalidator
{
    /// <summary>Begins to drop the translations of a range. Those outside it may go too.</summary>
    void Invalidate(in InvalidationRange range);

    /// <summary>Waits, within a bound, for what was begun.</summary>
    /// <returns>False when it is not known to be done; a timeout is never taken for done.</returns>
    bool Complete();
}
