using System;

namespace Sluice.Registers;

/// <summary>
/// The method, each method of the type, or each implementation of the interface runs while a guest waits on a trap: the analyzers hold it, and what it
/// calls, to the rules of the trap path.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Struct | AttributeTargets.Class | AttributeTargets.Interface)]
public sealed class TrapPathAttribute : Attribute;
