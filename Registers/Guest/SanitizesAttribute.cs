using System;

namespace Sluice.Registers;

/// <summary>What the method returns (or gives through its <c>out</c> parameters when it returns true) is fit for hardware, whatever went in.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SanitizesAttribute : Attribute;
