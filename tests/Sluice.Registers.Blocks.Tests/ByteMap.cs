using System.Collections.Generic;
using System.Linq;
using Sluice.Registers.Description;

namespace Sluice.Registers.Blocks.Tests;

/// <summary>Which bytes of a block belong to what.</summary>
internal static class ByteMap
{
    public static IEnumerable<uint> BytesOf(RegisterModel register)
    {
        for (uint element = 0; element < register.Dimension.Count; element++)
        {
            uint start = register.Offset + (element * register.Dimension.StrideBytes);
            for (uint offset = start; offset < start + (register.WidthBits / 8); offset++)
            {
                yield return offset;
            }
        }
    }

    /// <summary>The policy of each byte of a block in a view; null where the byte is denied.</summary>
    public static PolicyKind?[] Classify(BlockModel block, ViewModel view)
    {
        PolicyKind?[] bytes = new PolicyKind?[block.SizeBytes];
        foreach (PolicyModel policy in view.Policies.Where(policy => policy.Kind != PolicyKind.Denied))
        {
            foreach (uint offset in BytesOf(block.Registers[policy.Register]))
            {
                Xunit.Assert.Null(bytes[offset]);
                bytes[offset] = policy.Kind;
            }
        }

        return bytes;
    }
}
