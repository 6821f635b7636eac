using Sluice.Hypervisor.Processor;

namespace Sluice.Hypervisor.Guests.Exits;

/// <summary>A trapped MRS or MSR. Source: Arm DDI 0487, ISS encoding for an exception from MSR, MRS, or System instruction execution.</summary>
internal static class SystemRegisterExit
{
    /// <summary>Answers a read of an identification register; everything else that traps does not exist for the guest.</summary>
    /// <returns>False when the instruction is undefined for the guest.</returns>
    public static bool TryHandle(ref TrapFrame frame, ulong syndrome)
    {
        uint op0 = (uint)(syndrome >> 20) & 3;
        uint op1 = (uint)(syndrome >> 14) & 7;
        uint crn = (uint)(syndrome >> 10) & 0xF;
        uint crm = (uint)(syndrome >> 1) & 0xF;
        uint op2 = (uint)(syndrome >> 17) & 7;
        bool read = (syndrome & 1) != 0;
        if (!read || op0 != 3 || op1 != 0 || crn != 0 || crm is < 1 or > 7)
        {
            return false;
        }

        frame[(uint)(syndrome >> 5) & 0x1F] = FeatureRegisters.Read(crm, op2);
        frame.ReturnAddress += 4;
        return true;
    }
}
