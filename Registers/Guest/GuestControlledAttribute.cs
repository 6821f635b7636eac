using System;

namespace Sluice.Registers;

/// <summary>
/// The value comes from a guest, or from a device that a guest owns. The analyzers follow it to every <see cref="HardwareSinkAttribute"/> and
/// refuse the build where nothing bounds it on the way.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.ReturnValue | AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Method)]
public sealed class GuestControlledAttribute : Attribute;
