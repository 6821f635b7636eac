namespace Sluice.Analyzers;

/// <summary>The rules on code. Those on descriptions are numbered by the reader that finds them.</summary>
internal static class RuleIds
{
    public const string GuestValueReachesHardware = "SLU2001";
    public const string ReadModifyWrite = "SLU2002";
    public const string ConstantWiderThanField = "SLU2003";
    public const string GuestValueAsIndex = "SLU2004";
    public const string GuestValueAsLoopBound = "SLU2005";
    public const string GuestValueAsAllocationSize = "SLU2006";
    public const string GuestValueAsShiftCount = "SLU2007";
    public const string ForbiddenOnTrapPath = "SLU2008";
    public const string PollWithoutBound = "SLU2009";
}
