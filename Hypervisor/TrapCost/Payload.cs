using System.Runtime.InteropServices;

namespace Sluice.TrapCost;

/// <summary>The guest in payload.S; payload.h has the same numbers.</summary>
internal static class Payload
{
    public const ulong Count = 0x10000;
    public const ulong BlockAddress = 0x0A00_0000;
    public const uint ReportCall = 1;
    public const uint SpoilCall = 2;
    public const uint SpoiltCall = 3;
    public const uint Written = 0x5A;

    [DllImport("el2", EntryPoint = "payload_address")]
    [SuppressGCTransition]
    public static extern ulong Entry();

    [DllImport("el2", EntryPoint = "payload_translation_address")]
    [SuppressGCTransition]
    public static extern ulong TranslationRoot();

    [DllImport("el2", EntryPoint = "spoil_simd")]
    [SuppressGCTransition]
    public static extern void SpoilSimd();

    [DllImport("el2", EntryPoint = "use_twin")]
    [SuppressGCTransition]
    public static extern void UseTwin();

    [DllImport("el2", EntryPoint = "twin_prepare")]
    [SuppressGCTransition]
    public static extern void PrepareTwin();
}
