using System.Runtime.CompilerServices;

[assembly: TypeForwardedTo(typeof(System.Runtime.InteropServices.UnmanagedCallersOnlyAttribute))]
[assembly: TypeForwardedTo(typeof(System.Runtime.InteropServices.MemoryMarshal))]
[assembly: TypeForwardedTo(typeof(System.Runtime.InteropServices.InAttribute))]
