using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Sluice.TrapCost")]
[assembly: InternalsVisibleTo("Sluice.DriverImage")]
[assembly: InternalsVisibleTo("Sluice.Hypervisor.Tests")]
