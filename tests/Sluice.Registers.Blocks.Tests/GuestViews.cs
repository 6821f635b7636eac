using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Registers.Description;
using Xunit;

namespace Sluice.Registers.Blocks.Tests;

/// <summary>What a guest sees of each block, by the description alone.</summary>
public sealed class GuestViews
{
    public static TheoryData<string> BlocksOfConfigurationSpace =>
        ["PciHeader", "PmCapability", "MsiCapability", "MsixCapability", "MsixEntry", "PcieCapability", "VpdCapability", "DsnCapability", "PciBridgeHeader"];

    [Theory]
    [MemberData(nameof(BlocksOfConfigurationSpace))]
    public void Every_byte_of_a_configuration_block_has_a_policy(string typeName)
    {
        BlockModel block = Boards.Block(typeName);
        PolicyKind?[] bytes = ByteMap.Classify(block, Boards.View(typeName, "guest"));

        Assert.Equal([], Enumerable.Range(0, bytes.Length).Where(offset => bytes[offset] is null));
    }

    [Theory]
    [MemberData(nameof(BlocksOfConfigurationSpace))]
    public void What_is_not_described_reads_as_ones_in_configuration_space(string typeName)
        => Assert.True(Boards.View(typeName, "guest").AbsentOnes);

    [Fact]
    public void The_frame_denies_every_byte_but_those_of_its_registers()
    {
        BlockModel block = Boards.Block("GicV2m");
        PolicyKind?[] bytes = ByteMap.Classify(block, Boards.View("GicV2m", "guest"));

        Assert.Equal(0x1000, bytes.Length);
        for (int offset = 0; offset < bytes.Length; offset++)
        {
            PolicyKind? expected = offset switch
            {
                >= 0x8 and < 0xC => PolicyKind.Emulated,
                >= 0x40 and < 0x44 => PolicyKind.Hooked,
                >= 0xFCC => PolicyKind.Constant,
                _ => null,
            };
            Assert.True(expected == bytes[offset], $"0x{offset:X}: {bytes[offset]}");
        }
    }

    [Fact]
    public void The_distributor_denies_every_byte_but_those_of_its_288_interrupts()
    {
        PolicyKind?[] bytes = ByteMap.Classify(Boards.Block("GicDistributor"), Boards.View("GicDistributor", "guest"));

        Assert.Equal(0x1000, bytes.Length);
        for (int offset = 0; offset < bytes.Length; offset++)
        {
            bool exists = offset switch
            {
                < 0xC => true,
                >= 0x80 and < 0x400 => offset % 0x80 < 288 / 8,
                >= 0x400 and < 0xC00 => offset % 0x400 < 288,
                >= 0xC00 and < 0xE00 => offset - 0xC00 < 288 / 4,
                >= 0xF00 and < 0xF04 => true,
                >= 0xF10 and < 0xF30 => true,
                >= 0xFD0 => true,
                _ => false,
            };
            Assert.True(exists == bytes[offset] is not null, $"0x{offset:X}: {bytes[offset]}");
        }
    }

    [Fact]
    public void The_queue_of_an_its_and_the_tables_of_its_interrupts_lie_in_the_guests_own_memory_and_it_has_no_tables_of_its_own()
    {
        foreach ((string block, string register, ulong bytes) in new[] { ("GicIts", "GITS_CBASER", 0x1000ul), ("GicRedistributor", "GICR_PROPBASER", 0x1000ul), ("GicRedistributor", "GICR_PENDBASER", 0x1_0000ul) })
        {
            SanitizerModel address = Boards.Policy(block, "guest", register).Sanitizers.Single(sanitizer => sanitizer.Kind == SanitizerKind.GuestAddress);
            Assert.Equal((bytes, bytes), (address.SizeBytes, address.AlignmentBytes));
        }

        Assert.Equal(PolicyKind.Constant, Boards.Policy("GicIts", "guest", "GITS_BASER").Kind);
        Assert.Equal(PolicyKind.Denied, Boards.Policy("GicIts", "guest", "GITS_TRANSLATER").Kind);
    }

    [Fact]
    public void Nothing_of_a_guests_bridge_header_reaches_a_bridge()
        => Assert.DoesNotContain(Boards.View("PciBridgeHeader", "guest").Policies, policy => policy.Kind == PolicyKind.Passthrough);

    [Fact]
    public void A_guest_takes_hold_of_these_command_bits_and_no_others()
    {
        PolicyModel command = Boards.Policy("PciHeader", "guest", "COMMAND");

        Assert.Equal((PolicyKind.Hooked, 0x043EUL, 0x043EUL), (command.Kind, command.Writable, command.Visible));
        Assert.True(command.HooksWrite);
        Assert.False(command.HooksRead);
    }

    [Fact]
    public void Status_is_the_hardwares_with_its_error_bits_only()
    {
        PolicyModel status = Boards.Policy("PciHeader", "guest", "STATUS");

        Assert.Equal((PolicyKind.Passthrough, 0xF900UL, 0xFFB9UL), (status.Kind, status.Writable, status.Visible));
    }

    [Theory]
    [InlineData("VENDOR_ID")]
    [InlineData("DEVICE_ID")]
    [InlineData("REVISION_ID")]
    [InlineData("CLASS_PROG")]
    [InlineData("CLASS_DEVICE")]
    [InlineData("HEADER_TYPE")]
    [InlineData("SUBSYSTEM_VENDOR_ID")]
    [InlineData("SUBSYSTEM_ID")]
    [InlineData("CAPABILITY_LIST")]
    [InlineData("INTERRUPT_PIN")]
    public void A_guest_cannot_write_its_functions_identity(string register)
    {
        PolicyModel policy = Boards.Policy("PciHeader", "guest", register);

        Assert.Equal((PolicyKind.Emulated, 0UL), (policy.Kind, policy.Writable));
    }

    [Theory]
    [InlineData("BIST")]
    [InlineData("CARDBUS_CIS")]
    public void A_guest_sees_zero_where_its_function_shows_nothing(string register)
    {
        PolicyModel policy = Boards.Policy("PciHeader", "guest", register);

        Assert.Equal((PolicyKind.Constant, 0UL, 0UL), (policy.Kind, policy.ResetValue, policy.Writable));
    }

    [Fact]
    public void A_guests_bars_are_its_own_storage()
    {
        PolicyModel bar = Boards.Policy("PciHeader", "guest", "BAR");

        Assert.Equal((PolicyKind.Hooked, 0xFFFFFFFFUL), (bar.Kind, bar.Writable));
        Assert.True(bar.HooksWrite);
    }

    [Fact]
    public void A_guest_sees_a_64_bit_maskable_msi_capability_and_grants_at_most_32_vectors()
    {
        PolicyModel flags = Boards.Policy("MsiCapability", "guest", "MSI_FLAGS");
        SanitizerModel granted = flags.Sanitizers.Single(sanitizer => sanitizer.Kind == SanitizerKind.Range);

        Assert.Equal((0x0180UL, 0x0071UL), (flags.ResetValue, flags.Writable));
        Assert.Equal((0UL, 5UL, true), (granted.Minimum, granted.Maximum, granted.Clamps));
    }

    [Fact]
    public void Only_enable_and_mask_all_of_msix_can_be_written()
        => Assert.Equal(0xC000UL, Boards.Policy("MsixCapability", "guest", "MSIX_FLAGS").Writable);

    [Fact]
    public void An_msix_entry_never_reaches_the_hardware_and_begins_masked()
    {
        Assert.All(Boards.View("MsixEntry", "guest").Policies, policy => Assert.NotEqual(PolicyKind.Passthrough, policy.Kind));
        Assert.Equal(1UL, Boards.Policy("MsixEntry", "guest", "VECTOR_CTRL").ResetValue);
        Assert.True(Boards.Policy("MsixEntry", "guest", "VECTOR_CTRL").HooksWrite);
    }

    [Fact]
    public void A_function_level_reset_goes_to_the_core_and_phantom_functions_stay_off()
    {
        PolicyModel control = Boards.Policy("PcieCapability", "guest", "EXP_DEVCTL");

        Assert.Equal((PolicyKind.Hooked, 0xF8FFUL, 0x78FFUL), (control.Kind, control.Writable, control.Visible));
        Assert.True(control.HooksWrite);
    }

    [Fact]
    public void Whatever_a_guest_writes_to_hardware_only_clears_error_bits()
    {
        List<string> reaching = [];
        foreach (BlockModel block in Boards.Blocks)
        {
            foreach (PolicyModel policy in block.Views
                .Where(view => view.Name == "guest")
                .SelectMany(view => view.Policies)
                .Where(policy => policy.Kind == PolicyKind.Passthrough && policy.Writable != 0))
            {
                RegisterModel register = block.Registers[policy.Register];
                reaching.Add($"{block.TypeName}.{register.Name}");
                Assert.Equal(0UL, policy.Writable & ~register.Masks.OneToClear);
            }
        }

        Assert.Equal(["AerCapability.ERR_COR_STATUS", "AerCapability.ERR_UNCOR_STATUS", "PciHeader.STATUS", "PcieCapability.EXP_DEVSTA"], reaching.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_writable_field_of_every_view_has_exactly_one_sanitizer()
    {
        foreach (BlockModel block in Boards.Blocks)
        {
            foreach (PolicyModel policy in block.Views.SelectMany(view => view.Policies))
            {
                RegisterModel register = block.Registers[policy.Register];
                int[] sanitized = policy.Sanitizers.Select(sanitizer => sanitizer.Field).Order().ToArray();
                int[] writable = Enumerable.Range(0, register.Fields.Count)
                    .Where(index => policy.Kind != PolicyKind.Constant && (register.Fields[index].Mask & policy.Writable) != 0)
                    .ToArray();

                Assert.True(writable.SequenceEqual(sanitized), $"{block.TypeName}.{register.Name}");
            }
        }
    }
}
