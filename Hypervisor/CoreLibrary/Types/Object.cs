using Internal.Runtime;

namespace System;

public unsafe class Object
{
    private MethodTable* _type;

    public Object()
    {
    }

    ~Object()
    {
    }

    public virtual bool Equals(object? other)
    {
        return ReferenceEquals(this, other);
    }

    public virtual int GetHashCode()
    {
        return 0;
    }

    public virtual string? ToString()
    {
        return null;
    }

    public static bool ReferenceEquals(object? left, object? right)
    {
        return left == right;
    }

    internal MethodTable* MethodTable => _type;
}
