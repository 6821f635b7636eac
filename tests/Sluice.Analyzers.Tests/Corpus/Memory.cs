using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using Sluice.Registers;

namespace Corpus;

/// <summary>Memory that a guest can write while it is read, and what is written through references, spans and bytes.</summary>
public class Memory
{
    private uint _own;

    public void Try_read([GuestControlled] ReadOnlySpan<byte> bytes)
    {
        if (BinaryPrimitives.TryReadUInt32LittleEndian(bytes, out uint value))
        {
            Hardware.Store([|value|]);
        }
    }

    public void Interlocked_exchange([GuestControlled] uint value)
    {
        uint own = 0;
        Interlocked.Exchange(ref own, value);
        Hardware.Store([|own|]);
    }

    public void Volatile_write([GuestControlled] uint value)
    {
        uint own = 0;
        Volatile.Write(ref own, value);
        Hardware.Store([|own|]);
    }

    public void Written_as_bytes([GuestControlled] uint value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        Hardware.Store([|BinaryPrimitives.ReadUInt32BigEndian(bytes)|]);
    }

    public void Span_fill([GuestControlled] uint value)
    {
        Span<uint> words = stackalloc uint[4];
        words.Fill(value);
        Hardware.Store([|words[0]|]);
    }

    public void Array_fill([GuestControlled] uint value)
    {
        uint[] words = new uint[4];
        Array.Fill(words, value);
        Hardware.Store([|words[0]|]);
    }

    public unsafe void Pointer_to_local([GuestControlled] uint value)
    {
        uint own = 0;
        uint* pointer = &own;
        *pointer = value;
        Hardware.Store({|miss:own|});
    }

    public void Ref_return([GuestControlled] uint value)
    {
        uint own = 0;
        Pick(ref own) = value;
        Hardware.Store({|miss:own|});
    }

    private static ref uint Pick(ref uint first) => ref first;

    public void Ref_conditional([GuestControlled] uint value, bool choice)
    {
        uint a = 0;
        uint b = 0;
        ref uint target = ref (choice ? ref a : ref b);
        target = value;
        Hardware.Store({|miss:a|});
        Hardware.Store({|miss:b|});
    }

    public void Unsafe_as([GuestControlled] uint value) => Hardware.StoreSigned([|Unsafe.As<uint, int>(ref value)|]);

    public void Memory_marshal_read([GuestControlled] ReadOnlySpan<byte> bytes) => Hardware.Store([|MemoryMarshal.Read<uint>(bytes)|]);

    public void Memory_marshal_try_read([GuestControlled] ReadOnlySpan<byte> bytes)
    {
        if (MemoryMarshal.TryRead(bytes, out uint value))
        {
            Hardware.Store([|value|]);
        }
    }

    public void Cast_span([GuestControlled] Span<byte> bytes) => Hardware.Store([|MemoryMarshal.Cast<byte, uint>(bytes)[0]|]);

    public unsafe void Fixed([GuestControlled] byte[] bytes)
    {
        fixed (byte* first = bytes)
        {
            Hardware.Store([|*(uint*)first|]);
        }
    }

    public void Struct_array_element_field([GuestControlled] uint value)
    {
        Plain[] plains = new Plain[2];
        plains[0].First = value;
        Hardware.Store([|plains[0].First|]);
    }

    public void Guest_ref([GuestControlled] ReadOnlySpan<Plain> ring)
    {
        ref readonly Plain entry = ref ring[0];
        if (entry.First < 8)
        {
            Hardware.Store([|entry.First|]);
        }
    }

    public void Guest_ref_copied([GuestControlled] ReadOnlySpan<Plain> ring)
    {
        Plain entry = ring[0];
        if (entry.First < 8)
        {
            Hardware.Store(entry.First);
        }
    }

    public unsafe void Guest_pointer([GuestControlled] Plain* ring)
    {
        if (ring->First < 8)
        {
            Hardware.Store([|ring->First|]);
        }
    }

    public unsafe void As_ref([GuestControlled] byte* memory)
    {
        ref Plain ring = ref Unsafe.AsRef<Plain>(memory);
        if (ring.First < 8)
        {
            Hardware.Store([|ring.First|]);
        }
    }

    public void Ref_of_element_once([GuestControlled] Span<uint> ring)
    {
        ref uint head = ref ring[0];
        uint value = head;
        if (value < 8)
        {
            Hardware.Store(value);
        }
    }

    public void Reference_into_an_own_span(Span<uint> ring, [GuestControlled] uint value)
    {
        ref uint head = ref ring[0];
        head = value & 7;
        Hardware.Store(head);
    }

    public void Reference_into_an_own_span_that_takes_the_guests(Span<uint> ring, [GuestControlled] uint value)
    {
        ref uint head = ref ring[0];
        head = value;
        Hardware.Store([|head|]);
    }

    public void Foreach_ref([GuestControlled] Span<uint> ring)
    {
        foreach (ref readonly uint head in ring)
        {
            if (head < 8)
            {
                Hardware.Store([|head|]);
            }
        }
    }

    public void Element_through_struct_of_arrays([GuestControlled] uint value)
    {
        Nested nested = new() { Rows = new uint[4] };
        nested.Rows[0] = value;
        Hardware.Store([|nested.Rows[1]|]);
    }

    public struct Nested
    {
        public uint[] Rows;
    }

    public void Span_of_array([GuestControlled] uint value)
    {
        uint[] words = new uint[4];
        words.AsSpan()[0] = value;
        Hardware.Store([|words[0]|]);
    }

    public void Reread_field()
    {
        if (_guest < 8)
        {
            Hardware.Store(_guest);
        }
    }

    public void Volatile_field()
    {
        if (_shared < 8)
        {
            Hardware.Store([|_shared|]);
        }
    }

    [GuestControlled]
    private uint _guest;

    [GuestControlled]
    private volatile uint _shared;

    public void Volatile_read_twice()
    {
        if (Volatile.Read(ref _guest) < 8)
        {
            Hardware.Store([|Volatile.Read(ref _guest)|]);
        }
    }

    public void Through_memory([GuestControlled] Memory<uint> memory) => Hardware.Store([|memory.Span[0]|]);

    public unsafe void Through_pinned_pointer([GuestControlled] uint* pointer)
    {
        if (*pointer < 16)
        {
            Hardware.Store([|*pointer|]);
        }
    }

    public unsafe void Pointer_once([GuestControlled] uint* pointer)
    {
        uint value = *pointer;
        if (value < 16)
        {
            Hardware.Store(value);
        }
    }

    public void Property_with_ref_return([GuestControlled] uint value)
    {
        Slot = value;
        Hardware.Store({|miss:_own|});
    }

    private ref uint Slot => ref _own;
}
