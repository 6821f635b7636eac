using System.Collections.Generic;

namespace Sluice.Benchmarks;

/// <summary>The same registers as objects in a dictionary, found by the address of their word.</summary>
internal sealed class ObjectRegisters
{
    private readonly Dictionary<ulong, ObjectRegister> _registers = [];

    public ObjectRegisters(int functions, ulong window, uint functionSize)
    {
        for (int function = 0; function < functions; function++)
        {
            ulong start = window + ((uint)function * functionSize);
            foreach (uint offset in (uint[])[0x08, 0x28, 0x2C, 0x34])
            {
                _registers.Add(start + offset, new ConstantRegister(0));
            }

            _registers.Add(start, new ConstantRegister(0x0010_1B36));
            _registers.Add(start + 0x0C, new MaskedRegister(0xFF));
            _registers.Add(start + 0x3C, new MaskedRegister(0xFF));
        }
    }

    public uint Read(ulong address, uint width)
    {
        if (!_registers.TryGetValue(address & ~3ul, out ObjectRegister? register))
        {
            return uint.MaxValue;
        }

        return (register.Read() >> (int)((address & 3) * 8)) & Mask(width);
    }

    public void Write(ulong address, uint width, uint value)
    {
        if (_registers.TryGetValue(address & ~3ul, out ObjectRegister? register))
        {
            int shift = (int)((address & 3) * 8);
            register.Write(value << shift, Mask(width) << shift);
        }
    }

    private static uint Mask(uint width) => width == 4 ? uint.MaxValue : (1u << (int)(width * 8)) - 1;

    private abstract class ObjectRegister
    {
        public abstract uint Read();

        public abstract void Write(uint value, uint lanes);
    }

    private sealed class ConstantRegister(uint value) : ObjectRegister
    {
        public override uint Read() => value;

        public override void Write(uint value, uint lanes)
        {
        }
    }

    private sealed class MaskedRegister(uint writable) : ObjectRegister
    {
        private uint _value;

        public override uint Read() => _value;

        public override void Write(uint value, uint lanes) => _value = (_value & ~(lanes & writable)) | (value & lanes & writable);
    }
}
