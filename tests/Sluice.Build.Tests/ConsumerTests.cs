using System;
using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace Sluice.Build.Tests;

/// <summary>What somebody who uses Sluice sees of <c>dotnet build</c>.</summary>
public sealed class ConsumerTests(ConsumerBuilds builds) : IClassFixture<ConsumerBuilds>
{
    private const string Help = "(https://github.com/sluice-dev/sluice/blob/main/docs/rules/";

    [Fact]
    public void A_clean_description_and_clean_code_build()
    {
        Assert.Empty(builds.Complaints(Consumers.Clean));
        Assert.True(builds.HasAssembly(Consumers.Clean), string.Join("\n", builds.Output));
    }

    [Fact]
    public void Generated_code_is_clean_under_every_rule_of_the_latest_level_documented_trimmable_and_needs_no_unsafe()
    {
        Assert.Empty(builds.Complaints(Consumers.Strictest));
        Assert.True(builds.HasAssembly(Consumers.Strictest), string.Join("\n", builds.Output));
    }

    [Theory]
    [InlineData("CS1591")]
    [InlineData("CA1031")]
    [InlineData("IL2057")]
    public void What_that_level_finds_in_a_project_s_own_code_is_reported(string rule)
        => Assert.Contains(builds.Complaints(Consumers.StrictestWithFlaws), line => line.StartsWith("Driver.cs(", StringComparison.Ordinal) && line.Contains(" " + rule + ":", StringComparison.Ordinal));

    [Fact]
    public void An_unknown_access_type_fails_the_build_where_it_stands()
        => Fails(
            Consumers.UnknownAccess,
            "timer.xml(12,15): error SLU1011: 'read-wriet' is not a value of 'access'; it is one of ",
            "Did you mean 'read-write'?");

    [Fact]
    public void An_overlapping_field_fails_the_build_where_it_stands()
        => Fails(Consumers.OverlappingField, "timer.xml(17,", ": error SLU1029: ", "'DIVIDER' (bits 7:3)", "'MODE' (bits 3:1)", "overlap");

    [Fact]
    public void A_reset_value_that_does_not_fit_fails_the_build_where_it_stands()
        => Fails(Consumers.WideReset, "timer.xml(13,19): error SLU1030: The reset value 0x100000000 of 'CONTROL' needs more than its 32 bits");

    [Fact]
    public void A_writable_field_without_a_sanitizer_fails_the_build_where_it_stands()
        => Fails(
            Consumers.MissingSanitizer,
            "timer.xml(30,",
            ": error SLU1040: 'DIVIDER' of 'CONTROL' is writable in view 'guest' (bits 0xF0) and has no sanitizer: whatever the guest writes goes through. Declare one");

    [Fact]
    public void A_guests_value_that_reaches_hardware_fails_the_build_where_it_arrives()
        => Fails(
            Consumers.GuestLeak,
            "Driver.cs(11,26): error SLU2001: 'GuestValue.Untrusted' is controlled by a guest and reaches hardware through 'Register.Write(value)' with no bound");

    [Fact]
    public void A_globalconfig_can_switch_a_rule_off()
    {
        Assert.Empty(builds.Complaints(Consumers.GuestLeakAllowed));
        Assert.True(builds.HasAssembly(Consumers.GuestLeakAllowed));
    }

    [Fact]
    public void A_globalconfig_can_make_a_rule_on_xml_milder()
    {
        string complaint = Assert.Single(builds.Complaints(Consumers.MilderInXml));
        Assert.Contains(": warning SLU1040: ", complaint, StringComparison.Ordinal);
        Assert.True(builds.HasAssembly(Consumers.MilderInXml));
    }

    [Fact]
    public void A_project_can_silence_a_rule_on_xml_that_it_made_a_warning()
    {
        Assert.Empty(builds.Complaints(Consumers.SilencedByNoWarn));
        Assert.True(builds.HasAssembly(Consumers.SilencedByNoWarn));
    }

    [Fact]
    public void Sections_of_an_editorconfig_pragmas_and_bulk_severities_do_not_reach_xml()
    {
        Assert.Contains(builds.Complaints(Consumers.NotSilencedInXml), line => line.Contains(": error SLU1040: ", StringComparison.Ordinal));
        Assert.False(builds.HasAssembly(Consumers.NotSilencedInXml));
    }

    [Fact]
    public void What_is_written_back_is_warned_of()
    {
        string complaint = Assert.Single(builds.Complaints(Consumers.WrittenBack));
        Assert.StartsWith("Driver.cs(11,29): warning SLU2002: The bits 0x1 of 'Control' act when they are written", complaint, StringComparison.Ordinal);
        Assert.True(builds.HasAssembly(Consumers.WrittenBack));
    }

    [Fact]
    public void A_constant_wider_than_its_field_fails_the_build_where_it_stands()
        => Fails(Consumers.WideConstant, "Driver.cs(11,", ": error SLU2003: 0x10 does not fit the 4 bits of 'Divider'");

    /// <summary>One complaint says it all: file, line, column, what, why, and where to read on.</summary>
    private void Fails(Consumer consumer, params string[] parts)
    {
        IReadOnlyList<string> complaints = builds.Complaints(consumer);
        Assert.True(complaints.Count > 0, string.Join("\n", builds.Output));
        string? complaint = complaints.FirstOrDefault(line => line.StartsWith(parts[0], StringComparison.Ordinal));
        Assert.True(complaint is not null, string.Join("\n", complaints));
        Assert.All(parts, part => Assert.Contains(part, complaint, StringComparison.Ordinal));
        Assert.Contains(Help, complaint, StringComparison.Ordinal);
        Assert.False(builds.HasAssembly(consumer));
    }
}
