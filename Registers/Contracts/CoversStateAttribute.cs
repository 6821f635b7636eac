using System;

namespace Sluice.Registers;

/// <summary>
/// The method resets, saves or restores all of its type's state: the analyzers report each field that can change and that it does not touch, itself
/// or through the methods of its type that it calls.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class CoversStateAttribute : Attribute
{
    /// <summary>The names of fields and properties that are meant to outlive it, such as counters.</summary>
    public string[] Except { get; init; } = [];
}
