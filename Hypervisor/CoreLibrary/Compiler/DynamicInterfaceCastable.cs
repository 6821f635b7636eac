using Internal.Runtime;

namespace System.Runtime.InteropServices;

/// <summary>ilc asks each type whether it implements this.</summary>
internal unsafe interface IDynamicInterfaceCastable
{
    static nint GetDynamicInterfaceImplementation(IDynamicInterfaceCastable instance, MethodTable* interfaceType, ushort slot)
    {
        return 0;
    }
}
