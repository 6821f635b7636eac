using System.Runtime.CompilerServices;

namespace Sluice.Runtime.Domains;

/// <summary>Room for the functions of a host bridge.</summary>
[InlineArray(Capacity)]
internal struct TopologyFunctions
{
    /// <summary>How many functions a host bridge can have.</summary>
    public const int Capacity = 64;

    private TopologyFunction _function;
}
