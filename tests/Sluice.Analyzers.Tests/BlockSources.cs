namespace Sluice.Analyzers.Tests;

/// <summary>A block as the generator writes it, with its offsets and a view, for the rules on raw accesses.</summary>
internal static class BlockSources
{
    public const string Timer = """
        using Sluice.Registers;

        public static class Timer
        {
            public const ulong BaseAddress = 0x40000000;

            public static class Offsets
            {
                public const uint Control = 0x0;
                public const uint Count = 0x4;
                public const uint Kick = 0x8;
                public const uint Events = 0xC;
                public const uint Status = 0x10;
            }

            [RegisterTraits(Name = "CONTROL", Offset = 0x0, WidthBits = 32, Readable = 0xFF, Writable = 0xFF, Reserved = 0xFFFFFF00)]
            public readonly struct Control(uint value) : IRegisterValue<Control>
            {
                private readonly uint _value = value;

                public uint Value => _value;

                [FieldBits(0, 4)]
                public uint Level { get => Value & 0xF; init => _value = (_value & ~0xFu) | (value & 0xF); }

                static RegisterShape IRegisterValue<Control>.Shape => new(32, 0xFF, 0);
            }

            [RegisterTraits(Name = "COUNT", Offset = 0x4, WidthBits = 32, Readable = 0xFFFFFFFF)]
            public readonly struct Count(uint value) : IRegisterValue<Count>
            {
                public uint Value { get; } = value;

                static RegisterShape IRegisterValue<Count>.Shape => new(32, 0, 0);
            }

            [RegisterTraits(Name = "KICK", Offset = 0x8, WidthBits = 32, Writable = 0x1, Reserved = 0xFFFFFFFE)]
            public readonly struct Kick(uint value) : IRegisterValue<Kick>
            {
                public uint Value { get; } = value;

                static RegisterShape IRegisterValue<Kick>.Shape => new(32, 0, 0);
            }

            [RegisterTraits(Name = "EVENTS", Offset = 0xC, WidthBits = 32, Readable = 0xFF, Writable = 0xF0, ReadEffects = 0xF)]
            public readonly struct Events(uint value) : IRegisterValue<Events>
            {
                private readonly uint _value = value;

                public uint Value => _value;

                [FieldBits(4, 4)]
                public uint Level { get => (Value >> 4) & 0xF; init => _value = (_value & ~0xF0u) | ((value & 0xF) << 4); }

                static RegisterShape IRegisterValue<Events>.Shape => new(32, 0xFF, 0);
            }

            [RegisterTraits(Name = "STATUS", Offset = 0x10, WidthBits = 32, Readable = 0xFF, Writable = 0xFF, WriteEffects = 0x3)]
            public readonly struct Status(uint value) : IRegisterValue<Status>
            {
                public uint Value { get; } = value;

                static RegisterShape IRegisterValue<Status>.Shape => new(32, 0xFC, 0);
            }

            public struct Guest
            {
                public readonly uint Peek(uint offset) => offset;

                public AccessResult Read(uint offset, AccessWidth width, out ulong value)
                {
                    value = offset;
                    return AccessResult.Done;
                }

                public AccessResult Write(uint offset, AccessWidth width, GuestValue value) => AccessResult.Done;

                public readonly struct Tables : IRegisterTables
                {
                    public static System.ReadOnlySpan<uint> Words => [];
                    public static System.ReadOnlySpan<uint> Effects => [];
                    public static System.ReadOnlySpan<uint> Reset => [];
                    public static System.ReadOnlySpan<uint> Sticky => [];
                    public static System.ReadOnlySpan<uint> Fixed => [];
                    public static uint Absent => 0;
                    public static uint SizeBytes => 16;
                    public static ulong MapHash => 0;
                    public static System.ReadOnlySpan<uint> Registers => [];
                    public static System.ReadOnlySpan<byte> Names => [];
                    public static uint Slot(uint offset) => offset;
                }
            }

            public readonly struct Registers<TBus>(TBus bus, RegisterAddress address)
                where TBus : struct, IRegisterBus
            {
                public Register<TBus, Control> Control => new(bus, address);

                public ReadOnlyRegister<TBus, Count> Count => new(bus, address + 4);

                public Register<TBus, Events> Events => new(bus, address + 12);
            }
        }

        """;
}
