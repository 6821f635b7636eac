using System;

namespace Sluice.Registers;

/// <summary>
/// Writing this field or property, or calling this method, makes something the property of another owner. The analyzers see to it that no step that
/// can fail comes after: what has failed half-way must still belong to who had it.
/// </summary>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property | AttributeTargets.Method)]
public sealed class CommitsOwnershipAttribute : Attribute;
