using System;

namespace Sluice.Registers;

/// <summary>What is passed here reaches hardware: a register's value, a DMA address or length, a machine address that is accessed.</summary>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property | AttributeTargets.Field)]
public sealed class HardwareSinkAttribute : Attribute;
