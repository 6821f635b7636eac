using Sluice.Registers.Description;

namespace Sluice.Generators.Pipeline;

/// <summary>What was read of one root.</summary>
/// <param name="Path">The root's path.</param>
/// <param name="Blocks">Its blocks; those in which something has no meaning as far as they could be read.</param>
/// <param name="Sequences">Its sequences over several blocks; none when it has none that the project wants.</param>
/// <param name="Names">The names of all its blocks, of hardware and in code, whether or not code is wanted of them; with a view behind a colon, also those of its views.</param>
/// <param name="Failures">What takes meaning from a part of the description, with its place; empty when it is whole.</param>
internal sealed record DeviceOutput(string Path, EquatableArray<BlockOutput> Blocks, EquatableArray<SequencesOutput> Sequences, EquatableArray<string> Names, EquatableArray<Failure> Failures);
