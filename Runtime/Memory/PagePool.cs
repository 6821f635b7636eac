using System.Numerics;

namespace Sluice.Runtime.Memory;

/// <summary>
/// Hands out 4 KiB pages of one region: tables, queues. It is bounded, needs no heap, and keeps its book - one bit a page - at the region's start, so that
/// a page returned twice is noticed. One pool serves one caller at a time.
/// </summary>
/// <typeparam name="TMemory">The memory that the region is in.</typeparam>
public struct PagePool<TMemory>
    where TMemory : struct, IMachineMemory
{
    /// <summary>Bytes of a page.</summary>
    public const ulong PageBytes = 0x1000;

    private const int WordBits = 64;
    private const uint MostPages = 1u << 24;

    private readonly TMemory _memory;
    private readonly MachineAddress _book;
    private readonly ulong _basePage;
    private readonly ulong _endPage;
    private readonly uint _bits;
    private uint _firstMaybeFree;

    private PagePool(TMemory memory, MachineAddress book, ulong basePage, ulong endPage, uint bits)
    {
        _memory = memory;
        _book = book;
        _basePage = basePage;
        _endPage = endPage;
        _bits = bits;
    }

    /// <summary>Pages that can still be handed out one by one.</summary>
    public uint FreePages { get; private set; }

    /// <summary>Takes a region over. Whatever was in it is lost.</summary>
    /// <param name="memory">The memory.</param>
    /// <param name="start">First byte, a multiple of 4 KiB.</param>
    /// <param name="length">Bytes, a multiple of 4 KiB, at most 64 GiB.</param>
    /// <param name="pool">The pool.</param>
    /// <returns>False when the region is misaligned, too large or has no room for a page beside the book.</returns>
    public static bool TryCreate(TMemory memory, MachineAddress start, ulong length, out PagePool<TMemory> pool)
    {
        pool = default;
        ulong pages = length / PageBytes;
        if (!start.IsAligned(PageBytes) || length % PageBytes != 0 || pages > MostPages || start.Value + length < start.Value)
        {
            return false;
        }

        // Bits are counted from a page whose number is a multiple of 64, so that the alignment of a bit is the alignment of its page.
        ulong startPage = start.Value / PageBytes;
        ulong basePage = startPage & ~(ulong)(WordBits - 1);
        ulong lead = startPage - basePage;
        uint bits = (uint)((lead + pages + WordBits - 1) & ~(ulong)(WordBits - 1));
        ulong bookPages = ((bits / 8) + PageBytes - 1) / PageBytes;
        if (bookPages >= pages)
        {
            return false;
        }

        pool = new PagePool<TMemory>(memory, start, basePage, startPage + pages, bits);
        memory.Zero(start, bookPages * PageBytes);
        for (uint bit = 0; bit < lead + bookPages; bit++)
        {
            pool.Flip(bit, 1);
        }

        for (uint bit = (uint)(lead + pages); bit < bits; bit++)
        {
            pool.Flip(bit, 1);
        }

        pool.FreePages = (uint)(pages - bookPages);
        return true;
    }

    /// <summary>Hands out pages that stand side by side, zeroed and visible to walkers.</summary>
    /// <param name="pages">How many: a power of two. The address is a multiple of their size.</param>
    /// <param name="address">The first of them.</param>
    /// <returns>False when there are none.</returns>
    public bool TryAllocate(uint pages, out MachineAddress address)
    {
        address = default;
        if (!BitOperations.IsPow2(pages) || pages > FreePages)
        {
            return false;
        }

        ulong first = ((_basePage + pages - 1) & ~((ulong)pages - 1)) - _basePage;
        ulong bit = pages == 1 ? _firstMaybeFree : first;
        for (; bit + pages <= _bits; bit += pages)
        {
            if (pages == 1 && Word((uint)bit) == ulong.MaxValue)
            {
                bit |= WordBits - 1;
                continue;
            }

            if (IsUniform((uint)bit, pages, 0))
            {
                Flip((uint)bit, pages);
                FreePages -= pages;
                _firstMaybeFree = pages == 1 ? (uint)bit + 1 : _firstMaybeFree;
                address = new MachineAddress((_basePage + bit) * PageBytes);
                _memory.Zero(address, pages * PageBytes);
                _memory.Clean(address, pages * PageBytes);
                _memory.Barrier();
                return true;
            }
        }

        return false;
    }

    /// <summary>Takes pages back.</summary>
    /// <param name="address">The address that <see cref="TryAllocate"/> gave.</param>
    /// <param name="pages">As many as were asked for.</param>
    /// <returns>False, and nothing changes, when they were not handed out.</returns>
    public bool TryFree(MachineAddress address, uint pages)
    {
        ulong page = address.Value / PageBytes;
        ulong firstPage = (_book.Value + (_bits / 8) + PageBytes - 1) / PageBytes;
        bool within = address.IsAligned(PageBytes) && BitOperations.IsPow2(pages) && (page & (pages - 1)) == 0 && page >= firstPage
            && page + pages <= _endPage;
        if (!within || !IsUniform((uint)(page - _basePage), pages, ulong.MaxValue))
        {
            return false;
        }

        uint bit = (uint)(page - _basePage);
        Flip(bit, pages);
        FreePages += pages;
        _firstMaybeFree = bit < _firstMaybeFree ? bit : _firstMaybeFree;
        return true;
    }

    private static ulong Mask(uint bit, uint count) => (count >= WordBits ? ulong.MaxValue : (1UL << (int)count) - 1) << (int)(bit % WordBits);

    private readonly ulong Word(uint bit) => _memory.Read64(_book + (bit / WordBits * sizeof(ulong)));

    private readonly bool IsUniform(uint bit, uint count, ulong pattern)
    {
        for (uint at = bit; at < bit + count; at += WordBits)
        {
            ulong mask = Mask(at, count);
            if ((Word(at) & mask) != (pattern & mask))
            {
                return false;
            }
        }

        return true;
    }

    private readonly void Flip(uint bit, uint count)
    {
        for (uint at = bit; at < bit + count; at += WordBits)
        {
            _memory.Write64(_book + (at / WordBits * sizeof(ulong)), Word(at) ^ Mask(at, count));
        }
    }
}
