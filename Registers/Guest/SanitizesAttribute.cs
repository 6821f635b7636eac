using System;

namespace Sluice.Registers;

/// <summary>
/// On a method: what it returns (or gives through its <c>out</c> parameters when it returns true) is fit for hardware, whatever went in. On an
/// <c>out</c> parameter: what comes out is fit whatever the method returns.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter)]
public sealed class SanitizesAttribute : Attribute;
