namespace System
{
    public interface IDisposable
    {
        void Dispose();
    }

    public interface IEquatable<T>
        where T : allows ref struct
    {
        bool Equals(T? other);
    }

    public interface IComparable<T>
        where T : allows ref struct
    {
        int CompareTo(T? other);
    }
}

namespace System.Collections
{
    public interface IEnumerable
    {
    }
}

namespace System.Collections.Generic
{
    public interface IEnumerable<out T> : IEnumerable
        where T : allows ref struct
    {
    }

    public abstract class EqualityComparer<T>
    {
    }
}
