using System.Runtime.CompilerServices;

namespace System
{
    public abstract class Array
    {
        private readonly int _numComponents;

        public int Length => (int)Unsafe.As<RawArrayData>(this).Length;
    }

    internal class Array<T> : Array
    {
    }
}

namespace System.Runtime.CompilerServices
{
    internal class RawArrayData
    {
        public uint Length;
        public uint Padding;
        public byte Data;
    }
}
