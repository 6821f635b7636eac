namespace System;

public class Type
{
}

public struct RuntimeTypeHandle
{
    private nint _value;
}

public struct RuntimeFieldHandle
{
    private nint _value;
}

public struct RuntimeMethodHandle
{
    private nint _value;
}

public class Exception
{
}
