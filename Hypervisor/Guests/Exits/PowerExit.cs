using Sluice.Hypervisor.Processor;

namespace Sluice.Hypervisor.Guests.Exits;

/// <summary>PSCI as a guest with one CPU sees it, by HVC or SMC. Source: Arm DEN 0022, §5.</summary>
internal static class PowerExit
{
    private const uint Version10 = 0x0001_0000;
    private const ulong Success = 0;
    private const ulong NotSupported = unchecked((ulong)-1);
    private const ulong InvalidParameters = unchecked((ulong)-2);
    private const ulong Denied = unchecked((ulong)-3);
    private const ulong AlreadyOn = unchecked((ulong)-4);
    private const ulong NoMigration = 2;
    private const ulong AffinityMask = 0xFF_00FF_FFFF;

    public static PowerRequest Handle(ref TrapFrame frame)
    {
        var function = (PsciFunction)(uint)frame[0];
        if (function is PsciFunction.SystemOff or PsciFunction.SystemReset)
        {
            return function == PsciFunction.SystemOff ? PowerRequest.Off : PowerRequest.Reset;
        }

        frame[0] = Answer(function, frame[1]);
        return PowerRequest.None;
    }

    private static ulong Answer(PsciFunction function, ulong argument)
    {
        bool self = (argument & AffinityMask) == 0;
        return function switch
        {
            PsciFunction.Version => Version10,
            PsciFunction.Features => IsImplemented((PsciFunction)(uint)argument) ? Success : NotSupported,
            PsciFunction.MigrateInfoType => NoMigration,
            PsciFunction.CpuOn32 or PsciFunction.CpuOn64 => self ? AlreadyOn : InvalidParameters,
            PsciFunction.AffinityInfo32 or PsciFunction.AffinityInfo64 => self ? Success : InvalidParameters,

            // The last CPU goes off with the system.
            PsciFunction.CpuOff => Denied,
            _ => NotSupported,
        };
    }

    private static bool IsImplemented(PsciFunction function)
    {
        return function is PsciFunction.Version or PsciFunction.Features or PsciFunction.MigrateInfoType or PsciFunction.CpuOn32
            or PsciFunction.CpuOn64 or PsciFunction.AffinityInfo32 or PsciFunction.AffinityInfo64 or PsciFunction.CpuOff
            or PsciFunction.SystemOff or PsciFunction.SystemReset;
    }
}
