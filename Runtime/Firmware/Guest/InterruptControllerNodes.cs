namespace Sluice.Runtime.Firmware;

/// <summary>The guest's interrupt controller and what takes messages for it.</summary>
internal static class InterruptControllerNodes
{
    public const uint Handle = 1;
    public const uint MessageFrameHandle = 2;
    public const uint TranslationServiceHandle = 3;

    public static void Write(ref FdtWriter tree, in GuestPlatform platform)
    {
        bool isThird = platform.Redistributors.Length > 0;
        tree.BeginNode("interrupt-controller"u8, platform.Distributor.Start);
        if (isThird)
        {
            tree.Text("compatible"u8, "arm,gic-v3"u8);
        }
        else
        {
            tree.Text("compatible"u8, "arm,cortex-a15-gic"u8);
        }

        tree.Cell("phandle"u8, Handle);
        tree.Empty("interrupt-controller"u8);
        tree.Cell("#interrupt-cells"u8, 3);
        tree.Cell("#address-cells"u8, 2);
        tree.Cell("#size-cells"u8, 2);
        tree.Empty("ranges"u8);
        RegProperty.Write(ref tree, platform.Distributor, isThird ? platform.Redistributors : platform.CpuInterface);
        WriteMessageFrame(ref tree, in platform);
        WriteTranslationService(ref tree, in platform);
        tree.EndNode();
    }

    private static void WriteMessageFrame(ref FdtWriter tree, in GuestPlatform platform)
    {
        if (platform.MessageFrame.Length > 0)
        {
            tree.BeginNode("v2m"u8, platform.MessageFrame.Start);
            tree.Text("compatible"u8, "arm,gic-v2m-frame"u8);
            tree.Cell("phandle"u8, MessageFrameHandle);
            tree.Empty("msi-controller"u8);
            RegProperty.Write(ref tree, platform.MessageFrame);
            tree.EndNode();
        }
    }

    private static void WriteTranslationService(ref FdtWriter tree, in GuestPlatform platform)
    {
        if (platform.TranslationService.Length > 0)
        {
            tree.BeginNode("its"u8, platform.TranslationService.Start);
            tree.Text("compatible"u8, "arm,gic-v3-its"u8);
            tree.Cell("phandle"u8, TranslationServiceHandle);
            tree.Empty("msi-controller"u8);
            tree.Cell("#msi-cells"u8, 1);
            RegProperty.Write(ref tree, platform.TranslationService);
            tree.EndNode();
        }
    }
}
