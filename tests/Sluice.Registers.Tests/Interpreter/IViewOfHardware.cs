namespace Sluice.Registers.Tests.Interpreter;

/// <summary>A view that may let accesses through to hardware.</summary>
public interface IViewOfHardware
{
    /// <summary>The hardware; null while there is none, which reads as zero.</summary>
    Hardware? Hardware { get; set; }
}
