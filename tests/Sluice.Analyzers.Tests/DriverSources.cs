namespace Sluice.Analyzers.Tests;

/// <summary>A register as the generator writes it, for the rules on drivers: bits 0 and 1 are cleared by writing one.</summary>
internal static class DriverSources
{
    public const string Status = """
        using Sluice.Registers;

        [RegisterTraits(Name = "STATUS", WidthBits = 32, Readable = 0xFF, Writable = 0xFF, WriteEffects = 0x3)]
        public readonly struct Status(uint value) : IRegisterValue<Status>
        {
            private readonly uint _value = value;

            public uint Value => _value;

            [FieldBits(0, 1)]
            public bool Done { get => (Value & 1) != 0; init => _value = (_value & ~1u) | (value ? 1u : 0u); }

            [FieldBits(1, 1)]
            public bool Failed { get => (Value & 2) != 0; init => _value = (_value & ~2u) | (value ? 2u : 0u); }

            [FieldBits(4, 4)]
            public uint Level { get => (Value >> 4) & 0xF; init => _value = (_value & ~0xF0u) | ((value & 0xF) << 4); }

            static RegisterShape IRegisterValue<Status>.Shape => new(32, 0xFC, 0);
        }

        public enum Source : uint { Crystal = 1, Pll = 2 }

        [RegisterTraits(Name = "RATE", WidthBits = 32, Readable = 0xFF, Writable = 0xFF)]
        public readonly struct Rate(uint value) : IRegisterValue<Rate>
        {
            private readonly uint _value = value;

            public uint Value => _value;

            [FieldBits(0, 4, Minimum = 1, Maximum = 9)]
            public uint Divider { get => Value & 0xF; init => _value = (_value & ~0xFu) | (value & 0xF); }

            [FieldBits(4, 2, IsNamed = true)]
            public Source Source { get => (Source)((Value >> 4) & 3); init => _value = (_value & ~0x30u) | (((uint)value & 3) << 4); }

            static RegisterShape IRegisterValue<Rate>.Shape => new(32, 0xFF, 0);
        }

        [RegisterTraits(Name = "CONTROL", WidthBits = 32, Readable = 0xFF, Writable = 0xFF)]
        public readonly struct Control(uint value) : IRegisterValue<Control>
        {
            private readonly uint _value = value;

            public uint Value => _value;

            [FieldBits(0, 4)]
            public uint Level { get => Value & 0xF; init => _value = (_value & ~0xFu) | (value & 0xF); }

            static RegisterShape IRegisterValue<Control>.Shape => new(32, 0xFF, 0);
        }

        public readonly struct Block<TBus>(TBus bus, RegisterAddress address)
            where TBus : struct, IRegisterBus
        {
            public Register<TBus, Status> Status => new(bus, address);

            public Register<TBus, Control> Control => new(bus, address + 4);
        }

        """;
}
