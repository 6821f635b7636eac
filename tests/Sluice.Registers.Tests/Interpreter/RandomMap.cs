using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Sluice.Registers.Tests.Interpreter;

/// <summary>Descriptions of blocks that no hardware has: every access type and action, every width, holes, arrays and every kind of policy.</summary>
public sealed class RandomMap(Random random, int number)
{
    private static readonly string[] s_actions = ["", "", "", "oneToClear", "oneToSet", "oneToToggle", "zeroToClear", "zeroToSet", "zeroToToggle", "clear", "set"];
    private static readonly string[] s_accesses = ["read-write", "read-write", "read-write", "read-only", "write-only", "writeOnce", "read-writeOnce"];

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _view = new();
    private readonly List<(string Path, int Width, uint Count)> _kept = [];

    /// <summary>The peripheral as XML.</summary>
    public string Write()
    {
        uint size = (uint)random.Next(1, 11) * 16;
        bool sparse = random.Next(3) == 0;
        Line($"<peripheral><name>BLOCK{number}</name><description>Random</description><baseAddress>{(ulong)number * 0x10000}</baseAddress>");
        Line($"<addressBlock><offset>0</offset><size>{(sparse ? 0x1000 : size)}</size><usage>registers</usage></addressBlock><registers>");
        uint offset = 0;
        for (int index = 0; offset < size; index++)
        {
            offset = WriteRegister(index, offset, size, sparse);
        }

        Line("</registers>");
        Line($"<trap:view name=\"guest\" absent=\"{(random.Next(2) == 0 ? "ones" : "zeros")}\">");
        _text.Append(_view);
        Line("</trap:view></peripheral>");
        return _text.ToString();
    }

    private uint WriteRegister(int index, uint offset, uint size, bool sparse)
    {
        int bytes = 1 << random.Next(4);
        uint start = Align(offset + (random.Next(4) == 0 ? (uint)random.Next(8) : 0), bytes);
        bool isArray = random.Next(5) == 0;
        uint count = isArray ? (uint)random.Next(2, 6) : 1;
        uint stride = (uint)(bytes * random.Next(1, 3));
        uint end = start + ((count - 1) * stride) + (uint)bytes;
        if (end > size)
        {
            // The last register of a sparse block lies far from the others.
            if (!sparse || index == 0)
            {
                return size;
            }

            start = 0xF00;
            isArray = false;
            count = 1;
            end = size;
        }

        string name = $"R{index}";
        ulong all = bytes == 8 ? ulong.MaxValue : (1ul << (bytes * 8)) - 1;
        ulong reset = (ulong)random.NextInt64() & all;
        int policy = random.Next(12);
        bool isHardwares = policy >= 10;
        Traits traits = MakeTraits(bytes, count, policy);
        string constraint = random.Next(12) switch { 0 => Range(all, out _), 1 => "<writeAsRead>true</writeAsRead>", 2 => "<useEnumeratedValues>true</useEnumeratedValues>", _ => "" };
        List<RandomField> fields = MakeFields(bytes * 8, traits.IsTwoStep || traits.IsQueue, isHardwares, constraint.Contains("AsRead", StringComparison.Ordinal));
        bool isKept = policy >= 2 && !isHardwares;
        List<(string Path, int Width, uint Count)> own = !isKept ? [] : [.. fields
            .Where(static field => field.LowBit / 32 == (field.LowBit + field.Width - 1) / 32)
            .Select(field => (name + "." + field.Name, field.Width, isArray ? count : 0u))];
        List<RandomField> locked = [.. fields.Select(field => !isHardwares && random.Next(8) == 0 && Condition([.. _kept, .. own], isArray ? count : 0) is { } condition ? field with { Lock = condition } : field)];
        string present = random.Next(8) == 0 && Condition(_kept, isArray ? count : 0) is { } there ? $" trap:presentIf=\"{there}\"" : "";
        string enable = !isHardwares && random.Next(8) == 0 && Condition([.. _kept, .. own], isArray ? count : 0) is { } open ? $" trap:writeEnable=\"{open}\"" : "";
        bool canMove = fields.Any(static field => field.IsWritable) && fields.Any(static field => field.IsReadable);
        string resets = isArray && random.Next(3) == 0 ? $" trap:elementResets=\"{string.Join(' ', Enumerable.Range(0, (int)count).Select(_ => (ulong)random.NextInt64() & all))}\"" : "";
        Line("<register" + (traits.IsQueue && !canMove ? "" : traits.Text) + present + enable + resets + ">");
        if (isArray)
        {
            Line($"<dim>{count}</dim><dimIncrement>{stride}</dimIncrement>");
        }

        Line($"<name>{name}{(isArray ? "[%s]" : "")}</name><description>Random</description><addressOffset>{start}</addressOffset><size>{bytes * 8}</size>");
        Line($"<resetValue>{reset}</resetValue><resetMask>{all}</resetMask>{(constraint.Length == 0 ? "" : $"<writeConstraint>{constraint}</writeConstraint>")}<fields>");
        locked.ForEach(field => field.Write(_text));
        Line("</fields></register>");
        WritePolicy(policy, name, locked, all, traits.IsQueue);
        _kept.AddRange(own);
        return end;
    }

    /// <summary>How a register is accessed: the attributes that say so.</summary>
    private readonly record struct Traits(string Text, bool IsTwoStep, bool IsQueue);

    private Traits MakeTraits(int bytes, uint count, int policy)
    {
        bool isHooked = policy is >= 7 and < 10;
        switch (random.Next(8))
        {
            case 0 or 1 when isHooked:
                return new Traits($" trap:fifo=\"{Pick(["pop", "push", "pop push"])}\"" + OtherWidths(["absent", "zero"]), false, true);
            case 2 or 3 when isHooked && Selector(count) is { } selector:
                ulong most = selector.Width >= 8 ? 256 : 1ul << selector.Width;
                return new Traits(FormattableString.Invariant($" trap:index=\"{selector.Path}\" trap:indexCount=\"{random.NextInt64(1, (long)most + 1)}\""), false, true);
            case 4:
                string[] widths = [.. new[] { "8", "16", "32", "64" }.Where(_ => random.Next(2) == 0)];
                return widths.Length == 0 ? default : new Traits($" trap:accessWidths=\"{string.Join(' ', widths)}\"" + OtherWidths(["absent", "zero", "lanes"]), false, false);
            case 5 or 6 or 7 when bytes == 8:
                string order = Pick(["single", "any", "low-first", "high-first", "low-first", "high-first", "split"]);
                return new Traits($" trap:order=\"{order}\"" + OtherWidths(["absent", "zero", "lanes"]), order.EndsWith("first", StringComparison.Ordinal), false);
            default:
                return default;
        }
    }

    private string OtherWidths(string[] words) => random.Next(2) == 0 ? "" : $" trap:otherWidths=\"{Pick(words)}\"";

    private (string Path, int Width, uint Count)? Selector(uint count)
    {
        (string Path, int Width, uint Count)[] able = [.. _kept.Where(one => one.Width <= 32 && (one.Count == 0 || one.Count == count))];
        return able.Length == 0 ? null : Pick(able);
    }

    // Narrow fields are asked for a value that they may well have, wide ones for one that they rarely have.
    private string? Condition(List<(string Path, int Width, uint Count)> fields, uint count)
    {
        (string Path, int Width, uint Count)[] able = [.. fields.Where(field => field.Count == 0 || field.Count == count)];
        if (able.Length == 0)
        {
            return null;
        }

        (string path, int width, _) = Pick(able);
        ulong most = (1ul << width) - 1;
        return width == 1 && random.Next(2) == 0 ? path
            : FormattableString.Invariant($"{path}{(width > 2 || random.Next(3) == 0 ? "!=" : "=")}{(ulong)random.NextInt64() & most}");
    }

    // Wide or narrow, so that much is refused and much is not.
    private string Range(ulong most, out (ulong Minimum, ulong Maximum) range)
    {
        ulong one = (ulong)random.NextInt64() & most;
        ulong other = random.Next(2) == 0 ? (ulong)random.NextInt64() & most : random.Next(2) == 0 ? 0 : most;
        range = (Math.Min(one, other), Math.Max(one, other));
        return FormattableString.Invariant($"<range><minimum>{range.Minimum}</minimum><maximum>{range.Maximum}</maximum></range>");
    }

    private RandomField Constrain(RandomField field) => random.Next(8) switch
    {
        0 => field with { Constraint = Range(field.Mask >> field.LowBit, out (ulong Minimum, ulong Maximum) range), Range = range },
        1 => field with { Constraint = "<writeAsRead>true</writeAsRead>" },
        2 or 3 when field.Value is not null => field with { Constraint = "<useEnumeratedValues>true</useEnumeratedValues>" },
        _ => field,
    };

    private List<RandomField> MakeFields(int widthBits, bool withoutReadActions, bool isHardwares, bool isPreserved)
    {
        List<RandomField> fields = [];
        for (int bit = random.Next(3); bit < widthBits;)
        {
            int width = Math.Min(widthBits - bit, random.Next(4) == 0 ? random.Next(1, widthBits + 1) : random.Next(1, 7));
            RandomField made = MakeField(fields.Count, bit, width);
            RandomField field = Constrain((isHardwares ? Narrowed(made) : made) with { IsPreserved = isPreserved });
            fields.Add(withoutReadActions ? field with { ReadAction = "" } : field);
            bit += width + (random.Next(4) == 0 ? random.Next(1, 5) : 0);
        }

        return fields;
    }

    // Accesses that pass through are the register's whole width. What one more write or read of the same bits would change, they change.
    private static RandomField Narrowed(RandomField field) => field with
    {
        Access = field.Access switch { "writeOnce" => "write-only", "read-writeOnce" => "read-write", _ => field.Access },
        WriteAction = field.WriteAction is "clear" or "set" ? "oneToClear" : field.WriteAction,
        ReadAction = field.Access == "read-only" ? field.ReadAction : "",
    };

    private RandomField MakeField(int index, int lowBit, int width)
    {
        string access = Pick(s_accesses);
        bool isReserved = random.Next(8) == 0;
        bool canWrite = access != "read-only" && !isReserved;
        bool isOnce = access is "writeOnce" or "read-writeOnce";
        bool canRead = access is "read-write" or "read-only" or "read-writeOnce" && !isReserved;
        return new RandomField(
            $"F{index}",
            lowBit,
            width,
            access,
            canWrite && (!isOnce || random.Next(3) == 0) ? Pick(s_actions) : "",
            canRead && !isReserved && random.Next(5) == 0 ? Pick(["clear", "set"]) : "",
            isReserved ? Pick(["preserve", "zero"]) : "",
            random.Next(5) == 0,
            !isReserved && access == "read-write" && random.Next(10) == 0,
            canWrite && width is > 1 and <= 8 && random.Next(3) == 0 ? (ulong)random.Next(1 << width) : null);
    }

    private void WritePolicy(int policy, string name, List<RandomField> fields, ulong all, bool isQueue)
    {
        ulong shown = fields.Aggregate(0ul, static (mask, field) => mask | (field.IsReadable ? field.Mask : 0));
        ulong taken = fields.Aggregate(0ul, static (mask, field) => mask | (field.IsWritable ? field.Mask : 0));
        ulong visible = random.Next(3) == 0 ? (ulong)random.NextInt64() & shown : shown;
        ulong writable = random.Next(3) == 0 ? (ulong)random.NextInt64() & taken : taken;
        string masks = FormattableString.Invariant($"visible=\"{visible}\" writable=\"{writable}\"");
        switch (policy)
        {
            case 0:
                break;
            case 1:
                _view.Append(CultureInfo.InvariantCulture, $"<trap:denied register=\"{name}\"/>\n");
                break;
            case 2:
                _view.Append(CultureInfo.InvariantCulture, $"<trap:constant register=\"{name}\" value=\"{(ulong)random.NextInt64() & all}\"/>\n");
                break;
            case < 7:
                _view.Append(CultureInfo.InvariantCulture, $"<trap:emulated register=\"{name}\" {masks}>\n");
                WriteSanitizers(fields, writable, withHooks: random.Next(3) == 0);
                _view.Append("</trap:emulated>\n");
                break;
            case >= 10:
                ulong acting = fields.Aggregate(0ul, static (mask, field) => mask | (field.ReadAction.Length != 0 ? field.Mask : 0));
                _view.Append(CultureInfo.InvariantCulture, $"<trap:passthrough register=\"{name}\" visible=\"{visible | acting}\" writable=\"{writable}\">\n");
                WriteSanitizers(fields, writable, withHooks: false);
                _view.Append("</trap:passthrough>\n");
                break;
            default:
                _view.Append(CultureInfo.InvariantCulture, $"<trap:hooked register=\"{name}\" on=\"{(isQueue ? "read write" : Pick(["read", "write", "read write"]))}\" {masks}>\n");
                WriteSanitizers(fields, writable, withHooks: true);
                _view.Append("</trap:hooked>\n");
                break;
        }
    }

    private void WriteSanitizers(List<RandomField> fields, ulong writable, bool withHooks)
    {
        foreach (RandomField field in fields.Where(field => field.IsWritable && (field.Mask & writable) != 0))
        {
            ulong most = field.Mask >> field.LowBit;
            (ulong least, ulong largest) = field.Range ?? (0, most);
            ulong low = Within(least, largest);
            ulong high = Within(least, largest);
            int kind = field.WriteAction.Length != 0 ? 0 : random.Next(withHooks ? 9 : 6);
            string line = kind switch
            {
                3 when field.Value is not null => $"<trap:enumerated field=\"{field.Name}\"/>",
                4 or 5 => $"<trap:range field=\"{field.Name}\" minimum=\"{Math.Min(low, high)}\" maximum=\"{Math.Max(low, high)}\" otherwise=\"{((field.Mask & ~writable) == 0 ? Pick(["ignore", "clamp"]) : "ignore")}\"/>",
                6 => $"<trap:guest-address field=\"{field.Name}\" subject=\"ram\" size=\"0x1000\" alignment=\"{1ul << random.Next(Math.Min(16, field.LowBit + field.Width))}\"/>",
                7 when field.Width <= 32 => $"<trap:owned-index field=\"{field.Name}\" subject=\"vector\"/>",
                8 => $"<trap:method field=\"{field.Name}\" name=\"Sanitize{field.Width}\"/>",
                _ => $"<trap:mask field=\"{field.Name}\"/>",
            };
            _view.Append(line).Append('\n');
        }
    }

    private ulong Within(ulong least, ulong largest)
        => largest - least == ulong.MaxValue ? (ulong)random.NextInt64() : least + ((ulong)random.NextInt64() % (largest - least + 1));

    private void Line(FormattableString text) => Line(FormattableString.Invariant(text));

    private void Line(string text) => _text.Append(text).Append('\n');

    private T Pick<T>(T[] values) => values[random.Next(values.Length)];

    private static uint Align(uint offset, int bytes) => (offset + (uint)bytes - 1) & ~((uint)bytes - 1);
}
