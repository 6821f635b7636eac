namespace Sluice.Analyzers;

/// <summary>The rules on code. Those on descriptions are numbered by the reader that finds them.</summary>
internal static class RuleIds
{
    public const string GuestValueReachesHardware = "SLU2001";
    public const string ReadModifyWrite = "SLU2002";
    public const string ConstantWiderThanField = "SLU2003";
}
