using System;

namespace Sluice.Registers;

/// <summary>Tests a view against its generated cases. Each check begins with a power-on reset, so that none depends on another.</summary>
public ref struct ConformanceRun
{
    private const int CaseLength = 8;
    private readonly Span<ConformanceFailure> _failures;

    private ConformanceRun(Span<ConformanceFailure> failures)
    {
        _failures = failures;
    }

    /// <summary>How many checks were made.</summary>
    public int Checks { get; private set; }

    /// <summary>How many of them failed.</summary>
    public int Failures { get; private set; }

    /// <summary>Tests all registers of a view; of an array, the first and the last element.</summary>
    /// <typeparam name="TCases">The view's cases.</typeparam>
    /// <typeparam name="TSubject">The view.</typeparam>
    /// <param name="subject">The view.</param>
    /// <param name="failures">Receives the first failures.</param>
    /// <returns>How many checks were made, and how many failed.</returns>
    public static ConformanceRun Of<TCases, TSubject>(ref TSubject subject, Span<ConformanceFailure> failures)
        where TCases : struct, IConformanceCases
        where TSubject : struct, IConformanceSubject
    {
        ConformanceRun run = new(failures);
        ReadOnlySpan<ulong> cases = TCases.Cases;
        for (; cases.Length >= CaseLength; cases = cases[CaseLength..])
        {
            uint count = (uint)cases[1];
            run.Element<TCases, TSubject>(ref subject, cases, 0);
            if (count > 1)
            {
                run.Element<TCases, TSubject>(ref subject, cases, count - 1);
            }
        }

        return run;
    }

    private void Element<TCases, TSubject>(ref TSubject subject, ReadOnlySpan<ulong> one, uint element)
        where TCases : struct, IConformanceCases
        where TSubject : struct, IConformanceSubject
    {
        uint offset = (uint)one[0] + (element * (uint)(one[1] >> 32));
        AccessWidth width = (AccessWidth)(byte)(one[0] >> 32);
        ConformanceTraits traits = (ConformanceTraits)(uint)(one[0] >> 40);
        ulong all = ulong.MaxValue >> (64 - ((int)width * 8));
        if ((traits & ConformanceTraits.NotWhole) != 0)
        {
            return;
        }

        subject.Reset();
        AccessResult result = subject.Read(offset, width, out ulong value);
        if ((traits & ConformanceTraits.Absent) != 0)
        {
            Check(offset, ConformanceRule.Absence, TCases.Absent & all, result == AccessResult.Denied ? value : ~value);
            return;
        }

        if ((traits & ConformanceTraits.ReadElsewhere) != 0)
        {
            return;
        }

        ulong readable = one[3];
        ulong reset = (traits & ConformanceTraits.ElementResets) != 0 ? value & readable : one[2];
        Check(offset, ConformanceRule.Reset, reset, result == AccessResult.Done ? value : ~value);
        if ((traits & ConformanceTraits.WrittenElsewhere) != 0)
        {
            return;
        }

        Writes(ref subject, one, offset, width, reset);
        if ((traits & (ConformanceTraits.WholeOnly | ConformanceTraits.HoldsHalves)) == 0)
        {
            Lanes(ref subject, offset, width, reset);
        }
    }

    private void Writes<TSubject>(ref TSubject subject, ReadOnlySpan<ulong> one, uint offset, AccessWidth width, ulong reset)
        where TSubject : struct, IConformanceSubject
    {
        ulong readable = one[3];
        ulong unchanged = readable & ~one[4];
        ulong stores = one[5] & readable;
        ulong clears = one[6] & readable;
        ulong sets = one[7] & readable;
        ulong ones = Written(ref subject, offset, width, ulong.MaxValue >> (64 - ((int)width * 8)));
        ulong zeros = Written(ref subject, offset, width, 0);
        Check(offset, ConformanceRule.ReadOnly, reset & unchanged, ones & (unchanged | ~readable));
        Check(offset, ConformanceRule.ReadOnly, reset & unchanged, zeros & (unchanged | ~readable));
        Check(offset, ConformanceRule.Store, stores, ones & stores);
        Check(offset, ConformanceRule.Store, 0, zeros & stores);
        Check(offset, ConformanceRule.OneToClear, 0, ones & clears);
        Check(offset, ConformanceRule.OneToClear, reset & clears, zeros & clears);
        Check(offset, ConformanceRule.OneToSet, sets, ones & sets);
        Check(offset, ConformanceRule.OneToSet, reset & sets, zeros & sets);
    }

    private void Lanes<TSubject>(ref TSubject subject, uint offset, AccessWidth width, ulong reset)
        where TSubject : struct, IConformanceSubject
    {
        for (int lane = 0; lane < (int)width; lane++)
        {
            ulong others = (ulong.MaxValue >> (64 - ((int)width * 8))) & ~(0xFFul << (lane * 8));
            foreach (byte written in (ReadOnlySpan<byte>)[0x00, 0xFF])
            {
                subject.Reset();
                subject.Write(offset + (uint)lane, AccessWidth.Byte, written);
                subject.Read(offset, width, out ulong value);
                Check(offset, ConformanceRule.Lanes, reset & others, value & others);
            }
        }
    }

    private static ulong Written<TSubject>(ref TSubject subject, uint offset, AccessWidth width, ulong value)
        where TSubject : struct, IConformanceSubject
    {
        subject.Reset();
        subject.Write(offset, width, value);
        subject.Read(offset, width, out ulong read);
        return read;
    }

    private void Check(uint offset, ConformanceRule rule, ulong expected, ulong actual)
    {
        Checks++;
        if (expected == actual)
        {
            return;
        }

        if (Failures < _failures.Length)
        {
            _failures[Failures] = new ConformanceFailure(offset, rule, expected, actual);
        }

        Failures++;
    }
}
