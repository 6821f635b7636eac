namespace System;

public static class Math
{
    public static int Min(int left, int right)
    {
        return left < right ? left : right;
    }

    public static uint Min(uint left, uint right)
    {
        return left < right ? left : right;
    }

    public static ulong Min(ulong left, ulong right)
    {
        return left < right ? left : right;
    }

    public static int Max(int left, int right)
    {
        return left > right ? left : right;
    }

    public static uint Max(uint left, uint right)
    {
        return left > right ? left : right;
    }

    public static ulong Max(ulong left, ulong right)
    {
        return left > right ? left : right;
    }
}
