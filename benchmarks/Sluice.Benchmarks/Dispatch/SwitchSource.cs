using System.Globalization;
using System.Text;

namespace Sluice.Benchmarks.Dispatch;

/// <summary>The switch that a person would write, one arm a register, as C# text: compiled when the benchmark starts, since there is one for each size.</summary>
public static class SwitchSource
{
    /// <summary>Writes the device and the method that runs a trace on it.</summary>
    public static string Write(int registers)
    {
        StringBuilder text = new();
        text.Append("using System; using Sluice.Registers; using Sluice.Benchmarks.Dispatch;\n");
        text.Append("public struct SwitchDevice : IDevice\n{\n");
        for (int word = 0; word < registers; word++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    private uint _r{word};\n");
        }

        text.Append("    private uint _hooked;\n    public uint Read(uint offset, AccessWidth width)\n    {\n        uint value;\n        switch (offset >> 2)\n        {\n");
        for (int word = 0; word < registers; word++)
        {
            text.Append(CultureInfo.InvariantCulture, $"            case {word}: value = _r{word} & 0x{WordKind.Of((uint)word).Readable:X}u; break;\n");
        }

        text.Append("            default: return 0;\n        }\n        return (value >> (int)((offset & 3) * 8)) & (uint)((1ul << (8 * (int)width)) - 1);\n    }\n");
        text.Append("    public void Write(uint offset, AccessWidth width, uint value)\n    {\n        int shift = (int)((offset & 3) * 8);\n");
        text.Append("        uint lanes = (uint)((1ul << (8 * (int)width)) - 1) << shift;\n        uint v = value << shift;\n        switch (offset >> 2)\n        {\n");
        for (int word = 0; word < registers; word++)
        {
            WordKind kind = WordKind.Of((uint)word);
            text.Append(CultureInfo.InvariantCulture, $"            case {word}: ");
            if (kind.Writable != 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"_r{word} = (_r{word} & ~(0x{kind.Writable:X}u & lanes)) | (v & 0x{kind.Writable:X}u & lanes); ");
            }

            if (kind.OneToClear != 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"_r{word} &= ~(v & 0x{kind.OneToClear:X}u & lanes); ");
            }

            text.Append(word % WordKind.Count == WordKind.Count - 1 ? "_hooked++; break;\n" : "break;\n");
        }

        text.Append("        }\n    }\n}\n");
        text.Append("public static class SwitchRun\n{\n    private static readonly SwitchDevice[] s_device = new SwitchDevice[1];\n    public static uint Run(Access[] trace) => Runner.Run(s_device, trace);\n}\n");
        return text.ToString();
    }
}
