using System.Collections.Generic;

namespace Sluice.Registers.Description;

/// <summary>A number of a script: what is known when it is written, and bits that it reads itself.</summary>
/// <param name="Known">What is known.</param>
/// <param name="Terms">What is or-ed to it when the script runs.</param>
internal sealed record ScriptValue(ulong Known, IReadOnlyList<ScriptTerm> Terms)
{
    public ScriptValue(ulong known)
        : this(known, [])
    {
    }
}
