using Sluice.Hypervisor.Processor;
using Sluice.Registers;
using Sluice.Runtime.HostBridges;
using Sluice.Runtime.Phy;

namespace Sluice.DriverImage;

/// <summary>The host bridges.</summary>
internal static class BridgeDrivers
{
    /// <summary>Calls everything that a bridge driver can do.</summary>
    public static uint UseAll(GenericTimer clock)
    {
        EcamWindow window = new(0x80_0000_0000, 16 << 20, 0, 15);
        NwlSettings settings = new()
        {
            Policy = BringUpPolicy.Hypervisor,
            Bridge = new RegisterAddress(0xFD0E_0000),
            Attributes = new RegisterAddress(0xFD48_0000),
            Config = window,
            Windows = new PortWindows { Memory = 0xE000_0000, MemoryBytes = 0x1000_0000 },
            Transceivers = PsGtrSettings.Zynqmp,
        };
        uint used = 0;
        if (NwlHostBridge<MmioBus>.TryStart(default, clock, settings, out NwlHostBridge<MmioBus> nwl, out BridgeRefusal refusal))
        {
            used += Domains.UseAll(nwl) + Use(nwl) + nwl.TakeEvents().SlaveId + nwl.AssertedLines;
            nwl.EnableLine(0, isEnabled: true);
        }

        NwlDomainBridge<MmioBus> domain = new(default, settings);
        domain.Write(0, AccessWidth.Word, new GuestValue(used));
        domain.Read(0, AccessWidth.Word, out ulong shown);
        AxiDomainBridge<MmioBus> axiDomain = new(default, new AxiPcieSettings { Config = window });
        axiDomain.Write(used, AccessWidth.Word, new GuestValue(used));
        axiDomain.Read(used, AccessWidth.Word, out ulong axiShown);
        used += (uint)axiShown;
        if (XilinxAxiHostBridge<MmioBus>.TryStart(default, new AxiPcieSettings { Policy = BringUpPolicy.Hypervisor, Config = window }, out XilinxAxiHostBridge<MmioBus> axi, out refusal))
        {
            used += Use(axi);
        }

        return used + Use(new EcamHostBridge<MmioBus>(default, window)) + refusal.Offset + (uint)shown;
    }

    private static uint Use<TBridge>(TBridge bridge)
        where TBridge : struct, IHostBridge
    {
        uint used = bridge.IsReady(out BridgeRefusal refusal) ? 1 : refusal.Value;
        FunctionEnumerator<TBridge> functions = new(bridge, 0, 15);
        while (functions.MoveNext())
        {
            bridge.WriteConfig(functions.Current, 4, AccessWidth.HalfWord, bridge.ReadConfig(functions.Current, 4, AccessWidth.HalfWord));
            used += functions.Identity;
        }

        return used;
    }
}
