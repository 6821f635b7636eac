using System.Runtime.CompilerServices;
using Sluice.Registers;

namespace Sluice.Hypervisor.Guests.Summary;

/// <summary>How often a guest's accesses began at each register of a block, all elements of an array together.</summary>
/// <typeparam name="TTables">The tables of the guest's view.</typeparam>
internal struct RegisterCounters<TTables>
    where TTables : struct, IRegisterTables
{
    private const int Limit = 160;

    private Counts _counts;

    /// <summary>Accesses to bytes that are not described, or denied.</summary>
    public ulong Denied { get; private set; }

    public readonly uint this[int register] => (uint)register < Limit ? _counts[register] : 0;

    public void Count(uint offset, AccessResult result)
    {
        int register = RegisterNames.Find<TTables>(offset, out _);
        if ((uint)register < Limit)
        {
            _counts[register]++;
        }

        if (result != AccessResult.Done)
        {
            Denied++;
        }
    }

    [InlineArray(Limit)]
    private struct Counts
    {
        private uint _first;
    }
}
