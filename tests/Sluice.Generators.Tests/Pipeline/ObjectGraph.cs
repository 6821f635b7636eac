using System;
using System.Collections;
using System.Collections.Generic;
using System.Reflection;

namespace Sluice.Generators.Tests.Pipeline;

/// <summary>Everything that can be reached from an object through fields.</summary>
internal static class ObjectGraph
{
    public static void Walk(object root, Action<object> visit)
    {
        HashSet<object> seen = new(ReferenceEqualityComparer.Instance);
        Stack<object> open = new([root]);
        while (open.TryPop(out object? value))
        {
            Type type = value.GetType();
            if (type.IsPrimitive || type.IsEnum || value is string or Type or Delegate || (!type.IsValueType && !seen.Add(value)))
            {
                continue;
            }

            visit(value);
            if (value is Array array)
            {
                Push(open, array);
            }

            for (Type? declaring = type; declaring is not null; declaring = declaring.BaseType)
            {
                foreach (FieldInfo field in declaring.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                {
                    Push(open, new[] { field.GetValue(value) });
                }
            }
        }
    }

    private static void Push(Stack<object> open, IEnumerable values)
    {
        foreach (object? value in values)
        {
            if (value is not null)
            {
                open.Push(value);
            }
        }
    }
}
