namespace Sluice.Generators.Emit;

/// <summary>What generated code refers to, by names that no declaration around it can hide.</summary>
internal static class Library
{
    public const string Namespace = "global::Sluice.Registers.";
    public const string Inline = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]";
    public const string NoInline = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]";
    public const string TrapPath = "[" + Namespace + "TrapPath]";
    public const string GuestControlled = "[" + Namespace + "GuestControlled]";
    public const string Sanitizes = "[" + Namespace + "Sanitizes]";
    public const string HardwareSink = "[" + Namespace + "HardwareSink]";
    public const string Lanes = Namespace + "Lanes";
    public const string AccessResult = Namespace + "AccessResult";
    public const string AccessWidth = Namespace + "AccessWidth";
    public const string AccessBounds = Namespace + "AccessBounds";
    public const string ReadAnswer = Namespace + "ReadAnswer";
    public const string AccessOutcome = Namespace + "AccessOutcome";
    public const string GuestValue = Namespace + "GuestValue";
    public const string GuestAddress = Namespace + "GuestAddress";
    public const string RegisterFile = Namespace + "RegisterFile";
    public const string RegisterSnapshot = Namespace + "RegisterSnapshot";
    public const string Span = "global::System.Span";
    public const string ReadOnlySpan = "global::System.ReadOnlySpan";
}
