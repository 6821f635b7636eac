namespace Sluice.Runtime.Firmware;

/// <summary>The guest's PCI host bridge: the generic one, or the NWL bridge with its own message and wire controllers.</summary>
internal static class HostBridgeNodes
{
    private const uint WireControllerHandle = 4;
    private const uint BridgeHandle = 6;
    private const uint BridgeClockHandle = 7;
    private const uint BridgeClockHertz = 100_000_000;
    private const uint AllRequesters = 0x1_0000;

    public static void Write(ref FdtWriter tree, in GuestPlatform platform)
    {
        if (platform.ConfigSpace.Length == 0)
        {
            return;
        }

        bool isNwl = platform.Nwl.Bridge.Length > 0;
        if (isNwl)
        {
            WriteNwlClock(ref tree);
        }

        tree.BeginNode("pcie"u8, isNwl ? platform.Nwl.Bridge.Start : platform.ConfigSpace.Start);
        if (isNwl)
        {
            WriteNwlRegisters(ref tree, in platform);
        }
        else
        {
            tree.Text("compatible"u8, "pci-host-ecam-generic"u8);
            RegProperty.Write(ref tree, platform.ConfigSpace);
        }

        tree.Text("device_type"u8, "pci"u8);
        tree.Cell("#address-cells"u8, 3);
        tree.Cell("#size-cells"u8, 2);
        tree.BeginProperty("bus-range"u8);
        tree.AppendCell(0);
        tree.AppendCell(platform.LastBus);
        tree.EndProperty();
        tree.Cell("linux,pci-domain"u8, 0);
        tree.Empty("dma-coherent"u8);
        WriteWindows(ref tree, in platform);
        if (isNwl)
        {
            WriteNwlWires(ref tree);
        }
        else
        {
            WriteMessages(ref tree, in platform);
            WriteWires(ref tree, in platform);
        }

        tree.EndNode();
    }

    private static void WriteWindows(ref FdtWriter tree, in GuestPlatform platform)
    {
        tree.BeginProperty("ranges"u8);
        for (int window = 0; window < platform.Windows.Length; window++)
        {
            tree.AppendCell((uint)platform.Windows[window].Space);
            tree.AppendNumber(platform.Windows[window].PciAddress);
            tree.AppendNumber(platform.Windows[window].Guest.Start);
            tree.AppendNumber(platform.Windows[window].Guest.Length);
        }

        tree.EndProperty();
    }

    private static void WriteMessages(ref FdtWriter tree, in GuestPlatform platform)
    {
        if (platform.TranslationService.Length == 0 && platform.MessageFrame.Length == 0)
        {
            return;
        }

        tree.BeginProperty("msi-map"u8);
        if (platform.TranslationService.Length == 0)
        {
            AppendMap(ref tree, new RequesterRange(0, 0, AllRequesters), InterruptControllerNodes.MessageFrameHandle);
        }
        else if (platform.MessageDevices.Length == 0)
        {
            AppendMap(ref tree, new RequesterRange(0, 0, AllRequesters), InterruptControllerNodes.TranslationServiceHandle);
        }
        else
        {
            for (int row = 0; row < platform.MessageDevices.Length; row++)
            {
                AppendMap(ref tree, platform.MessageDevices[row], InterruptControllerNodes.TranslationServiceHandle);
            }
        }

        tree.EndProperty();
    }

    private static void AppendMap(ref FdtWriter tree, RequesterRange row, uint controller)
    {
        tree.AppendCell(row.FirstRequester);
        tree.AppendCell(controller);
        tree.AppendCell(row.FirstDevice);
        tree.AppendCell(row.Count);
    }

    private static void WriteWires(ref FdtWriter tree, in GuestPlatform platform)
    {
        if (platform.Interrupts.Length == 0)
        {
            return;
        }

        tree.Cell("#interrupt-cells"u8, 1);
        tree.BeginProperty("interrupt-map-mask"u8);
        tree.AppendCell(0xF800);
        tree.AppendNumber(0);
        tree.AppendCell(7);
        tree.EndProperty();
        tree.BeginProperty("interrupt-map"u8);
        for (int row = 0; row < platform.Interrupts.Length; row++)
        {
            PciInterrupt interrupt = platform.Interrupts[row];
            tree.AppendCell(interrupt.Device << 11);
            tree.AppendNumber(0);
            tree.AppendCell(interrupt.Pin);
            tree.AppendCell(InterruptControllerNodes.Handle);
            tree.AppendNumber(0);
            InterruptCells.AppendLevel(ref tree, interrupt.Spi);
        }

        tree.EndProperty();
    }

    // Linux's driver asks for the link's reference clock and does not start without one.
    private static void WriteNwlClock(ref FdtWriter tree)
    {
        tree.BeginNode("pcie-clock"u8);
        tree.Text("compatible"u8, "fixed-clock"u8);
        tree.Cell("phandle"u8, BridgeClockHandle);
        tree.Cell("#clock-cells"u8, 0);
        tree.Cell("clock-frequency"u8, BridgeClockHertz);
        tree.EndNode();
    }

    private static void WriteNwlRegisters(ref FdtWriter tree, in GuestPlatform platform)
    {
        tree.Text("compatible"u8, "xlnx,nwl-pcie-2.11"u8);
        tree.Cell("phandle"u8, BridgeHandle);
        RegProperty.Write(ref tree, platform.Nwl.Bridge, platform.Nwl.Attributes, platform.ConfigSpace);
        tree.Text("reg-names"u8, "breg\0pcireg\0cfg"u8);
        tree.Cell("clocks"u8, BridgeClockHandle);
        tree.BeginProperty("interrupts"u8);
        InterruptCells.AppendLevel(ref tree, platform.Nwl.EventSpi);
        InterruptCells.AppendLevel(ref tree, platform.Nwl.UnusedSpi);
        InterruptCells.AppendLevel(ref tree, platform.Nwl.WireSpi);
        InterruptCells.AppendLevel(ref tree, platform.Nwl.HighMessageSpi);
        InterruptCells.AppendLevel(ref tree, platform.Nwl.LowMessageSpi);
        tree.EndProperty();
        tree.Text("interrupt-names"u8, "misc\0dummy\0intx\0msi1\0msi0"u8);
        tree.Empty("msi-controller"u8);
        tree.Cell("msi-parent"u8, BridgeHandle);
    }

    private static void WriteNwlWires(ref FdtWriter tree)
    {
        tree.Cell("#interrupt-cells"u8, 1);
        tree.BeginProperty("interrupt-map-mask"u8);
        tree.AppendCell(0);
        tree.AppendNumber(0);
        tree.AppendCell(7);
        tree.EndProperty();
        tree.BeginProperty("interrupt-map"u8);
        for (uint pin = 1; pin <= 4; pin++)
        {
            tree.AppendCell(0);
            tree.AppendNumber(0);
            tree.AppendCell(pin);
            tree.AppendCell(WireControllerHandle);
            tree.AppendCell(pin);
        }

        tree.EndProperty();
        tree.BeginNode("legacy-interrupt-controller"u8);
        tree.Cell("phandle"u8, WireControllerHandle);
        tree.Empty("interrupt-controller"u8);
        tree.Cell("#address-cells"u8, 0);
        tree.Cell("#interrupt-cells"u8, 1);
        tree.EndNode();
    }
}
