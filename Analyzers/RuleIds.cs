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
    public const string GuestValueAsEnum = "SLU2010";
    public const string GuestTextInLog = "SLU2011";
    public const string LogWithoutRateLimit = "SLU2012";
    public const string AccessDirection = "SLU2013";
    public const string ReservedBitsWritten = "SLU2014";
    public const string MagicOffset = "SLU2015";
    public const string AddressNarrowed = "SLU2016";
    public const string SwappedOffsetAndValue = "SLU2017";
    public const string PeekAndReadConfused = "SLU2018";
    public const string StateForgotten = "SLU2019";
    public const string ResultDropped = "SLU2020";
    public const string OwnershipBeforeLastStep = "SLU2021";
    public const string ErrorOverwritten = "SLU2022";
    public const string UnmarkedParameter = "SLU2023";
    public const string ConstantNotWritable = "SLU2024";
}
