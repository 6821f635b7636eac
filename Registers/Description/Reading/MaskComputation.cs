namespace Sluice.Registers.Description;

/// <summary>Computes what each bit of a register does from what its fields do.</summary>
internal struct MaskComputation
{
    private ulong _readable;
    private ulong _store;
    private ulong _oneToClear;
    private ulong _oneToSet;
    private ulong _oneToToggle;
    private ulong _zeroToClear;
    private ulong _zeroToSet;
    private ulong _zeroToToggle;
    private ulong _anyClears;
    private ulong _anySets;
    private ulong _writeModifies;
    private ulong _readClears;
    private ulong _readSets;
    private ulong _readModifies;
    private ulong _writeOnce;
    private ulong _reservedPreserve;
    private ulong _reservedZero;
    private ulong _sticky;
    private ulong _readTaken;
    private ulong _writeTaken;

    /// <summary>The masks of a register with fields; bits of no field are RsvdZ.</summary>
    public static BitMasks Of(EquatableArray<FieldModel> fields, int widthBits)
    {
        MaskComputation masks = default;
        ulong described = 0;
        for (int index = 0; index < fields.Count; index++)
        {
            described |= fields[index].Mask;
            masks.Add(fields[index]);
        }

        masks._reservedZero |= All(widthBits) & ~described;
        return masks.ToMasks();
    }

    /// <summary>The masks of a register without fields: all its bits are alike.</summary>
    public static BitMasks Of(int widthBits, FieldAccess access, WriteAction write, ReadAction read, bool isWrittenAsRead)
    {
        MaskComputation masks = default;
        masks.Add(All(widthBits), access, write, read, isHardwareInitialised: false, isWrittenAsRead);
        return masks.ToMasks();
    }

    /// <summary>All bits of a width.</summary>
    public static ulong All(int widthBits) => widthBits >= 64 ? ulong.MaxValue : (1UL << widthBits) - 1;

    private void Add(FieldModel field)
    {
        // Where fields overlap, which is reported, the first one counts: a bit has one meaning.
        ulong free = field.Mask & ~(_readTaken | _writeTaken);
        // What firmware or straps have set is reset by power-on alone.
        _sticky |= field.IsSticky || field.IsHardwareInitialised ? field.Mask : 0;
        switch (field.Reserved)
        {
            case ReservedKind.Preserve:
                _reservedPreserve |= free;
                _readTaken |= free;
                _writeTaken |= free;
                break;
            case ReservedKind.Zero:
                _reservedZero |= free;
                _readTaken |= free;
                _writeTaken |= free;
                break;
            default:
                Add(field.Mask, field.Access, field.Write, field.Read, field.IsHardwareInitialised, field.IsWrittenAsRead);
                break;
        }
    }

    private void Add(ulong bits, FieldAccess access, WriteAction write, ReadAction read, bool isHardwareInitialised, bool isWrittenAsRead)
    {
        if (access is FieldAccess.ReadWrite or FieldAccess.ReadOnly or FieldAccess.ReadWriteOnce)
        {
            ulong free = bits & ~_readTaken;
            _readTaken |= free;
            _readable |= free;
            AddRead(free, read);
        }

        if (access != FieldAccess.ReadOnly && !isHardwareInitialised)
        {
            ulong free = bits & ~_writeTaken;
            _writeTaken |= free;
            if (isWrittenAsRead && write == WriteAction.Store)
            {
                _reservedPreserve |= free;
                return;
            }

            AddWrite(free, write);
            _writeOnce |= access is FieldAccess.WriteOnce or FieldAccess.ReadWriteOnce ? free : 0;
        }
    }

    private void AddRead(ulong bits, ReadAction read)
    {
        switch (read)
        {
            case ReadAction.Clear:
                _readClears |= bits;
                break;
            case ReadAction.Set:
                _readSets |= bits;
                break;
            case ReadAction.Modify or ReadAction.ModifyExternal:
                _readModifies |= bits;
                break;
        }
    }

    private void AddWrite(ulong bits, WriteAction write)
    {
        switch (write)
        {
            case WriteAction.OneToClear:
                _oneToClear |= bits;
                break;
            case WriteAction.OneToSet:
                _oneToSet |= bits;
                break;
            case WriteAction.OneToToggle:
                _oneToToggle |= bits;
                break;
            case WriteAction.ZeroToClear:
                _zeroToClear |= bits;
                break;
            case WriteAction.ZeroToSet:
                _zeroToSet |= bits;
                break;
            case WriteAction.ZeroToToggle:
                _zeroToToggle |= bits;
                break;
            case WriteAction.Clear:
                _anyClears |= bits;
                break;
            case WriteAction.Set:
                _anySets |= bits;
                break;
            case WriteAction.Modify:
                _writeModifies |= bits;
                break;
            default:
                _store |= bits;
                break;
        }
    }

    private readonly BitMasks ToMasks() => new()
    {
        Readable = _readable,
        Store = _store,
        OneToClear = _oneToClear,
        OneToSet = _oneToSet,
        OneToToggle = _oneToToggle,
        ZeroToClear = _zeroToClear,
        ZeroToSet = _zeroToSet,
        ZeroToToggle = _zeroToToggle,
        AnyClears = _anyClears,
        AnySets = _anySets,
        WriteModifies = _writeModifies,
        ReadClears = _readClears,
        ReadSets = _readSets,
        ReadModifies = _readModifies,
        WriteOnce = _writeOnce,
        ReservedPreserve = _reservedPreserve,
        ReservedZero = _reservedZero,
        Sticky = _sticky,
    };
}
