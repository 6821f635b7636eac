namespace Sluice.Runtime.Memory;

/// <summary>Two walkers of one table, such as a CPU and an SMMU: both must have dropped a translation before it counts as dropped.</summary>
/// <typeparam name="TFirst">One of them.</typeparam>
/// <typeparam name="TSecond">The other.</typeparam>
public ref struct InvalidatorPair<TFirst, TSecond> : ITranslationInvalidator
    where TFirst : struct, ITranslationInvalidator, allows ref struct
    where TSecond : struct, ITranslationInvalidator, allows ref struct
{
    // Not readonly, whatever the style rule sees: a call through a readonly field would count in a copy.
#pragma warning disable IDE0044 // A type parameter's methods may change the struct.
    private TFirst _first;
    private TSecond _second;
#pragma warning restore IDE0044

    /// <summary>Joins two invalidators.</summary>
    public InvalidatorPair(TFirst first, TSecond second)
    {
        _first = first;
        _second = second;
    }

    /// <inheritdoc/>
    public void Invalidate(in InvalidationRange range)
    {
        _first.Invalidate(in range);
        _second.Invalidate(in range);
    }

    /// <inheritdoc/>
    public bool Complete()
    {
        bool first = _first.Complete();
        bool second = _second.Complete();
        return first && second;
    }
}
