using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Sluice.Registers.Description;

namespace Sluice.Hosting;

/// <summary>Says which register, and which fields, an address stands for: the hardware's own names, from the description.</summary>
public sealed class RegisterCatalog
{
    private readonly DeviceModel _device;
    private readonly List<(ulong Start, BlockModel Block, string Name)> _places = [];

    /// <summary>Makes a catalog of a description; blocks with a base address are in their places.</summary>
    /// <param name="device">The description.</param>
    public RegisterCatalog(DeviceModel device)
    {
        _device = device;
        foreach (BlockModel block in device.Blocks)
        {
            if (block.BaseAddress != 0)
            {
                _places.Add((block.BaseAddress, block, block.Name));
            }
        }
    }

    /// <summary>Reads a description and the files beside and below it that it may include.</summary>
    /// <param name="path">The description's path, for example of a <c>registers.xml</c>.</param>
    /// <exception cref="HostingException">It cannot be read, or has no meaning: then the message is the first problem with its place.</exception>
    public static RegisterCatalog Read(string path)
    {
        SourceFile root;
        List<SourceFile> others = [];
        try
        {
            string full = Path.GetFullPath(path);
            root = new SourceFile(full, File.ReadAllText(full));
            EnumerationOptions below = new() { RecurseSubdirectories = true, MaxRecursionDepth = 6, IgnoreInaccessible = true };
            foreach (string other in Directory.EnumerateFiles(Path.GetDirectoryName(full)!, "*.xml", below).Order(StringComparer.Ordinal))
            {
                if (other != full)
                {
                    others.Add(new SourceFile(other, File.ReadAllText(other)));
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new HostingException(
                error is UnauthorizedAccessException ? HostingFailure.Permission : HostingFailure.Absent,
                $"{path}: the description cannot be read: {error.Message}",
                error);
        }

        DescriptionResult result = DescriptionReader.Read(root, others);
        return result.Model is { } model
            ? new RegisterCatalog(model)
            : throw new HostingException(HostingFailure.Protocol, $"{path}: {result.Problems.FirstOrDefault()?.ToString() ?? "is no description"}");
    }

    /// <summary>Says where a block is that has no address of its own, or a second instance of one: a function's config space in ECAM, a capability.</summary>
    /// <param name="block">The block's name, as the hardware has it.</param>
    /// <param name="machineAddress">Machine address of its first byte.</param>
    /// <param name="name">What traces call this instance; the block's name if none is given.</param>
    /// <exception cref="ArgumentException">The description has no such block.</exception>
    public void Place(string block, ulong machineAddress, string? name = null)
    {
        BlockModel model = _device.Blocks.FirstOrDefault(candidate => candidate.Name == block)
            ?? throw new ArgumentException($"the description has no block '{block}'; it has {string.Join(", ", _device.Blocks.Select(candidate => candidate.Name))}", nameof(block));

        // What is placed by hand counts before what the description places.
        _places.Insert(0, (machineAddress, model, name ?? block));
    }

    /// <summary>Finds the register at an address.</summary>
    /// <param name="machineAddress">Any machine address.</param>
    /// <param name="register">The register.</param>
    /// <returns>Whether a block that has a place describes one there.</returns>
    public bool TryFind(ulong machineAddress, out CatalogRegister register)
    {
        foreach ((ulong start, BlockModel block, string name) in _places)
        {
            if (machineAddress < start || machineAddress - start >= block.SizeBytes)
            {
                continue;
            }

            uint offset = (uint)(machineAddress - start);
            foreach (RegisterModel candidate in block.Registers)
            {
                uint stride = candidate.Dimension.IsArray ? candidate.Dimension.StrideBytes : 1;
                uint distance = offset - candidate.Offset;
                uint element = candidate.Dimension.IsArray ? distance / stride : 0;
                uint within = distance - (element * stride);
                if (offset >= candidate.Offset && element < candidate.Dimension.Count && within < candidate.WidthBits / 8)
                {
                    register = new CatalogRegister(name, candidate, element, within);
                    return true;
                }
            }
        }

        register = default;
        return false;
    }
}
