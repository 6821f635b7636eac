using System;
using System.Collections.Generic;

namespace Sluice.Registers.Tests.Interpreter;

/// <summary>Runs the generated cases of a view.</summary>
public static class ConformingView
{
    /// <summary>Makes all checks.</summary>
    public static (int Checks, string Failures) Run<TCases>(IViewUnderTest view)
        where TCases : struct, IConformanceCases
        => Run<TCases>(view, 0);

    /// <summary>Makes all checks of a view of which reads show some bits wrong.</summary>
    public static (int Checks, string Failures) Run<TCases>(IViewUnderTest view, ulong wrong)
        where TCases : struct, IConformanceCases
    {
        Subject subject = new(view, wrong);
        ConformanceFailure[] failures = new ConformanceFailure[8];
        ConformanceRun run = ConformanceRun.Of<TCases, Subject>(ref subject, failures);
        List<string> texts = [];
        for (int index = 0; index < Math.Min(run.Failures, failures.Length); index++)
        {
            ConformanceFailure failure = failures[index];
            texts.Add(FormattableString.Invariant($"{failure.Rule} at 0x{failure.Offset:X}: 0x{failure.Actual:X}, not 0x{failure.Expected:X}"));
        }

        return (run.Checks, string.Join("; ", texts));
    }

    private readonly struct Subject(IViewUnderTest view, ulong wrong) : IConformanceSubject
    {
        public void Reset() => view.Reset(ResetKind.PowerOn);

        public AccessResult Read(uint offset, AccessWidth width, out ulong value)
        {
            AccessResult result = view.Read(offset, width, out value);
            value ^= wrong;
            return result;
        }

        public AccessResult Write(uint offset, AccessWidth width, ulong value) => view.Write(offset, width, value);
    }
}
