using System;
using System.Collections.Generic;
using System.Linq;
using Sluice.Registers.Description;

namespace Sluice.Registers.Tests.Interpreter;

/// <summary>
/// Everything that tables can say, by enumeration. An access treats each bit of a word by itself, by its stored value, the value written and the lanes, so that all
/// states, values and lanes are covered by words of all zeros and of all ones under each set of lanes. Two tables that say the same are equivalent: what was
/// flipped between them is looked at by nobody.
/// </summary>
public sealed class WhatTablesSay
{
    private readonly IRawTables _tables;
    private readonly uint _sizeBytes;
    private readonly uint[] _described;
    private readonly uint[][] _states;
    private readonly HashSet<uint> _readHooks = [];
    private readonly HashSet<uint> _writeHooks = [];

    /// <summary>Prepares the enumeration, by tables that are whole.</summary>
    public WhatTablesSay(IRawTables tables, BlockModel block, ViewModel view, Dictionary<string, Array> arrays)
    {
        _tables = tables;
        _sizeBytes = block.SizeBytes;
        uint[] reset = (uint[])arrays["Reset"];
        uint[] unchangeable = arrays.TryGetValue("Fixed", out Array? given) ? (uint[])given : new uint[reset.Length];
        _described = [.. Enumerable.Range(0, (int)(block.SizeBytes / 4) + 1).Select(static word => (uint)word * 4).Where(offset => tables.SlotOf(offset) < (uint)reset.Length)];
        uint[] none = new uint[tables.State.Length];
        uint[] all = new uint[tables.State.Length];
        for (int slot = 0; slot < reset.Length; slot++)
        {
            none[slot] = reset[slot] & unchangeable[slot];
            all[slot] = none[slot] | ~unchangeable[slot];
        }

        _states = [none, all];
        uint[] words = (uint[])arrays["Words"];
        foreach (PolicyModel policy in view.Policies.Where(static policy => policy.Kind != PolicyKind.Denied))
        {
            RegisterModel register = block.Registers[policy.Register];
            for (uint offset = register.Offset & ~3u; offset < register.Offset + (register.WidthBits / 8); offset += 4)
            {
                uint hook = words[(int)((tables.SlotOf(offset) * 4) + 3)] & WordFlags.HookMask;
                _ = policy.HooksRead && _readHooks.Add(hook);
                _ = (policy.HooksWrite || policy.Sanitizers.Any(static sanitizer => sanitizer.Kind != SanitizerKind.Mask)) && _writeHooks.Add(hook);
            }
        }
    }

    /// <summary>The words that are described.</summary>
    public IReadOnlyList<uint> Described => _described;

    /// <summary>States in which every bit is once zero and once one, as far as it changes.</summary>
    public IReadOnlyList<uint[]> States => _states;

    /// <summary>What the tables say of accesses, resets and snapshots.</summary>
    public ulong OfAccesses()
    {
        ulong said = 0xCBF29CE484222325;
        uint[] words = new uint[_states[0].Length];
        _states[0].CopyTo(words, 0);
        for (uint offset = 0; offset < _sizeBytes + 4; offset += 4)
        {
            said = Add(said, _tables.RawPeek(_states[1], offset));
            said = Add(said, (uint)_tables.RawRead(words, offset, Lanes.Word, out _).Result);
        }

        foreach (uint[] state in _states)
        {
            foreach (uint offset in _described)
            {
                said = Add(said, _tables.RawPeek(state, offset));
                for (uint lanes = 1; lanes <= 16; lanes++)
                {
                    said = OfAccess(said, state, words, offset, new Lanes(lanes == 16 ? 0xFF : lanes));
                }
            }

            foreach (ResetKind kind in new[] { ResetKind.PowerOn, ResetKind.Warm })
            {
                state.CopyTo(words, 0);
                _tables.RawReset(words, kind);
                said = Add(said, words);
            }
        }

        return OfSnapshots(said, words);
    }

    /// <summary>Which register the tables find at each byte, and its name.</summary>
    public string OfNames()
    {
        List<string> found = [];
        for (uint offset = 0; offset < _sizeBytes; offset++)
        {
            int index = _tables.Find(offset, out uint element);
            found.Add(index < 0 ? "" : FormattableString.Invariant($"{offset}:{System.Text.Encoding.UTF8.GetString(_tables.Name(index))}:{element}"));
        }

        return string.Concat(found);
    }

    private ulong OfAccess(ulong said, uint[] state, uint[] words, uint offset, Lanes lanes)
    {
        state.CopyTo(words, 0);
        AccessOutcome read = _tables.RawRead(words, offset, lanes, out uint value);
        said = Add(Add(Add(said, value & lanes.Mask32), (uint)read.Result | (Seen(read, _readHooks, lanes) << 8)), words);
        foreach (uint written in new[] { 0u, uint.MaxValue })
        {
            state.CopyTo(words, 0);
            AccessOutcome write = _tables.RawWrite(words, offset, lanes, written);
            said = Add(Add(said, (uint)write.Result | (Seen(write, _writeHooks, lanes) << 8)), words);
        }

        return said;
    }

    // A hook is seen when there is a method behind it, with the lanes that it is told.
    private static uint Seen(AccessOutcome outcome, HashSet<uint> hooks, Lanes lanes)
        => hooks.Contains(outcome.Hook) ? (outcome.Hook << 4) | outcome.Seen(lanes).Bits : 0;

    private ulong OfSnapshots(ulong said, uint[] words)
    {
        byte[] snapshot = ((IViewUnderTest)_tables).Save();
        foreach (byte fill in new byte[] { 0, 0xFF })
        {
            snapshot.AsSpan(sizeof(ulong)).Fill(fill);
            words.AsSpan().Clear();
            said = Add(Add(said, _tables.RawRestore(words, snapshot) ? 1u : 0), words);
        }

        return said;
    }

    private static ulong Add(ulong said, ReadOnlySpan<uint> values)
    {
        foreach (uint value in values)
        {
            said = Add(said, value);
        }

        return said;
    }

    private static ulong Add(ulong said, uint value) => unchecked((said ^ value) * 0x100000001B3);
}
