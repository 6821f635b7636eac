using System;

namespace Sluice.Registers;

/// <summary>
/// On a method: what it returns says whether it worked, and must not be dropped. On a type: every method that returns it is such a step. Methods
/// called <c>Try…</c> that return a Boolean need no mark. The analyzers hold the callers to it.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Enum | AttributeTargets.Struct | AttributeTargets.Class)]
public sealed class CanFailAttribute : Attribute;
