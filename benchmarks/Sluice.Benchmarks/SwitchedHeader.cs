namespace Sluice.Benchmarks;

/// <summary>A type 0 header with one memory BAR of 16 KiB, as one writes it by hand.</summary>
internal struct SwitchedHeader(uint identity)
{
    private readonly uint _class = 0;
    private readonly uint _subsystem = 0;
    private readonly uint _capabilities = 0;
    private uint _command = 0;
    private uint _cacheLine = 0;
    private uint _bar0 = 0;
    private uint _bar1 = 0;
    private uint _interrupt = 0;

    public readonly uint Read(uint offset, uint width)
    {
        uint word = (offset & ~3u) switch
        {
            0x00 => identity,
            0x04 => _command & 0xFFFF,
            0x08 => _class,
            0x0C => _cacheLine,
            0x10 => _bar0,
            0x14 => _bar1,
            0x18 or 0x1C or 0x20 or 0x24 => 0,
            0x28 => 0,
            0x2C => _subsystem,
            0x30 => 0,
            0x34 => _capabilities,
            0x38 => 0,
            0x3C => _interrupt,
            _ => uint.MaxValue,
        };
        return (word >> (int)((offset & 3) * 8)) & Mask(width);
    }

    public void Write(uint offset, uint width, uint value)
    {
        int shift = (int)((offset & 3) * 8);
        uint lanes = Mask(width) << shift;
        value <<= shift;
        switch (offset & ~3u)
        {
            case 0x04:
                _command = Merge(_command, value, lanes & 0x043E);
                break;
            case 0x0C:
                _cacheLine = Merge(_cacheLine, value, lanes & 0xFF);
                break;
            case 0x10:
                _bar0 = Merge(_bar0, value, lanes & 0xFFFF_C000);
                break;
            case 0x14:
                _bar1 = Merge(_bar1, value, lanes);
                break;
            case 0x3C:
                _interrupt = Merge(_interrupt, value, lanes & 0xFF);
                break;
        }
    }

    private static uint Mask(uint width) => width == 4 ? uint.MaxValue : (1u << (int)(width * 8)) - 1;

    private static uint Merge(uint old, uint value, uint bits) => (old & ~bits) | (value & bits);
}
