using Sluice.Registers.Description;
using Xunit;

namespace Sluice.Registers.Blocks.Tests;

/// <summary>Places, widths and reset values of registers that drivers rest on, typed from the specifications and the drivers' headers.</summary>
public sealed class KeyRegisters
{
    [Theory]
    [InlineData("PciHeader", "VENDOR_ID", 0x00, 16, 0x0)]
    [InlineData("PciHeader", "DEVICE_ID", 0x02, 16, 0x0)]
    [InlineData("PciHeader", "COMMAND", 0x04, 16, 0x0)]
    [InlineData("PciHeader", "STATUS", 0x06, 16, 0x10)]
    [InlineData("PciHeader", "REVISION_ID", 0x08, 8, 0x0)]
    [InlineData("PciHeader", "CLASS_PROG", 0x09, 8, 0x0)]
    [InlineData("PciHeader", "CLASS_DEVICE", 0x0A, 16, 0x0)]
    [InlineData("PciHeader", "HEADER_TYPE", 0x0E, 8, 0x0)]
    [InlineData("PciHeader", "SUBSYSTEM_VENDOR_ID", 0x2C, 16, 0x0)]
    [InlineData("PciHeader", "SUBSYSTEM_ID", 0x2E, 16, 0x0)]
    [InlineData("PciHeader", "ROM_ADDRESS", 0x30, 32, 0x0)]
    [InlineData("PciHeader", "CAPABILITY_LIST", 0x34, 8, 0x40)]
    [InlineData("PciHeader", "INTERRUPT_LINE", 0x3C, 8, 0x0)]
    [InlineData("PciHeader", "INTERRUPT_PIN", 0x3D, 8, 0x1)]
    [InlineData("PmCapability", "PMCSR", 0x04, 16, 0x8)]
    [InlineData("MsiCapability", "MSI_FLAGS", 0x02, 16, 0x80)]
    [InlineData("MsiCapability", "MSI_ADDRESS_HI", 0x08, 32, 0x0)]
    [InlineData("MsiCapability", "MSI_DATA_64", 0x0C, 16, 0x0)]
    [InlineData("MsiCapability", "MSI_MASK_64", 0x10, 32, 0x0)]
    [InlineData("MsiCapability", "MSI_PENDING_64", 0x14, 32, 0x0)]
    [InlineData("MsiCapability", "MSI_DATA_32", 0x08, 16, 0x0)]
    [InlineData("MsixCapability", "MSIX_FLAGS", 0x02, 16, 0x0)]
    [InlineData("MsixCapability", "MSIX_TABLE", 0x04, 32, 0x0)]
    [InlineData("MsixCapability", "MSIX_PBA", 0x08, 32, 0x0)]
    [InlineData("MsixEntry", "VECTOR_CTRL", 0x0C, 32, 0x1)]
    [InlineData("PcieCapability", "EXP_DEVCAP", 0x04, 32, 0x8000)]
    [InlineData("PcieCapability", "EXP_DEVCTL", 0x08, 16, 0x2810)]
    [InlineData("PcieCapability", "EXP_DEVSTA", 0x0A, 16, 0x0)]
    [InlineData("PcieCapability", "EXP_LNKSTA", 0x12, 16, 0x0)]
    [InlineData("PcieCapability", "EXP_DEVCTL2", 0x28, 16, 0x0)]
    [InlineData("GicV2m", "MSI_TYPER", 0x008, 32, 0x00500040)]
    [InlineData("GicV2m", "MSI_SETSPI_NS", 0x040, 32, 0x0)]
    [InlineData("GicV2m", "MSI_IIDR", 0xFCC, 32, 0x05100000)]
    [InlineData("GicDistributor", "CTLR", 0x000, 32, 0x0)]
    [InlineData("GicDistributor", "TYPER", 0x004, 32, 0x8)]
    [InlineData("GicDistributor", "SGIR", 0xF00, 32, 0x0)]
    [InlineData("Smmuv3", "IDR0", 0x00, 32, 0x0D44901B)]
    [InlineData("Smmuv3", "IDR1", 0x04, 32, 0x02730010)]
    [InlineData("Smmuv3", "CR0", 0x20, 32, 0x0)]
    [InlineData("Smmuv3", "CR0ACK", 0x24, 32, 0x0)]
    [InlineData("Smmuv3", "GBPA", 0x44, 32, 0x1000)]
    [InlineData("Smmuv3", "GERROR", 0x60, 32, 0x0)]
    [InlineData("Smmuv3", "GERRORN", 0x64, 32, 0x0)]
    [InlineData("Smmuv3", "STRTAB_BASE", 0x80, 64, 0x0)]
    [InlineData("Smmuv3", "STRTAB_BASE_CFG", 0x88, 32, 0x0)]
    [InlineData("Smmuv3", "CMDQ_BASE", 0x90, 64, 0x13)]
    [InlineData("Smmuv3", "CMDQ_PROD", 0x98, 32, 0x0)]
    [InlineData("Smmuv3", "CMDQ_CONS", 0x9C, 32, 0x0)]
    [InlineData("Smmuv3", "EVENTQ_BASE", 0xA0, 64, 0x13)]
    [InlineData("Smmuv3", "EVENTQ_PROD", 0x100A8, 32, 0x0)]
    [InlineData("Smmuv3", "EVENTQ_CONS", 0x100AC, 32, 0x0)]
    [InlineData("NwlBridge", "BRIDGE_CORE_CFG_PCIE_RX0", 0x000, 32, 0x10000)]
    [InlineData("NwlBridge", "E_BREG_CONTROL", 0x208, 32, 0x2)]
    [InlineData("NwlBridge", "E_ECAM_CAPABILITIES", 0x220, 32, 0x100C0001)]
    [InlineData("NwlBridge", "I_MSII_CONTROL", 0x308, 32, 0x0)]
    [InlineData("NwlBridge", "I_MSII_BASE_LO", 0x310, 32, 0x0)]
    [InlineData("NwlBridge", "I_MSII_BASE_HI", 0x314, 32, 0x0)]
    [InlineData("NwlBridge", "MSGF_MISC_STATUS", 0x400, 32, 0x0)]
    [InlineData("NwlBridge", "MSGF_LEG_MASK", 0x424, 32, 0x0)]
    [InlineData("NwlBridge", "MSGF_MSI_STATUS_LO", 0x440, 32, 0x0)]
    [InlineData("NwlBridge", "MSGF_MSI_STATUS_HI", 0x444, 32, 0x0)]
    [InlineData("NwlBridge", "MSGF_MSI_MASK_LO", 0x448, 32, 0x0)]
    [InlineData("NwlBridge", "MSGF_MSI_MASK_HI", 0x44C, 32, 0x0)]
    [InlineData("PciBridgeHeader", "SECONDARY_BUS", 0x19, 8, 0x0)]
    [InlineData("PciBridgeHeader", "CLASS_DEVICE", 0x0A, 16, 0x0604)]
    [InlineData("PciBridgeHeader", "BRIDGE_CONTROL", 0x3E, 16, 0x0)]
    [InlineData("AerCapability", "ERR_UNCOR_SEVER", 0x0C, 32, 0x00462030)]
    [InlineData("SriovCapability", "SRIOV_NUM_VF", 0x10, 16, 0x0)]
    [InlineData("AcsCapability", "ACS_CTRL", 0x06, 16, 0x0)]
    [InlineData("GicIts", "GITS_TYPER", 0x0008, 64, 0x1F0001EFB1)]
    [InlineData("GicIts", "GITS_CWRITER", 0x0088, 64, 0x0)]
    [InlineData("GicIts", "GITS_TRANSLATER", 0x10040, 32, 0x0)]
    [InlineData("GicRedistributor", "GICR_PENDBASER", 0x0078, 64, 0x0)]
    [InlineData("Smmu500", "SMMU_SCR0", 0x000, 32, 0x200001)]
    [InlineData("Smmu500", "SMMU_SIDR0", 0x020, 32, 0xFC013E30)]
    [InlineData("Smmu500", "SMMU_SIDR1", 0x024, 32, 0x30000F10)]
    [InlineData("SmmuReg", "IMR_0", 0x14, 32, 0x8000001F)]
    [InlineData("NwlAttributes", "PCIE_STATUS", 0x238, 32, 0x0)]
    [InlineData("AxiPcie", "RPIFR1", 0x158, 32, 0x0)]
    [InlineData("CrfApb", "RST_FPD_TOP", 0x100, 32, 0xF9FFE)]
    [InlineData("CrlApb", "RST_LPD_TOP", 0x23C, 32, 0x188FDF)]
    [InlineData("PsGtr", "ICM_CFG0", 0x10010, 32, 0x0)]
    [InlineData("PsGtr", "TM_CMN_RST", 0x10018, 32, 0x2)]
    public void Key_registers_are_where_the_specification_has_them(string block, string name, uint offset, int width, ulong reset)
    {
        RegisterModel register = Boards.Register(block, name);

        Assert.Equal((offset, width, reset), (register.Offset, register.WidthBits, register.ResetValue));
        Assert.False(register.Dimension.IsArray);
    }

    [Theory]
    [InlineData("PciHeader", "BAR", 0x10, 6, 4)]
    [InlineData("GicV2m", "MSI_PIDR", 0xFD0, 12, 4)]
    [InlineData("GicDistributor", "ISENABLER", 0x100, 9, 4)]
    [InlineData("GicDistributor", "ICENABLER", 0x180, 9, 4)]
    [InlineData("GicDistributor", "ISPENDR", 0x200, 9, 4)]
    [InlineData("GicDistributor", "ICPENDR", 0x280, 9, 4)]
    [InlineData("GicDistributor", "ISACTIVER", 0x300, 9, 4)]
    [InlineData("GicDistributor", "ICACTIVER", 0x380, 9, 4)]
    [InlineData("GicDistributor", "IPRIORITYR", 0x400, 72, 4)]
    [InlineData("GicDistributor", "ITARGETSR", 0x800, 72, 4)]
    [InlineData("GicDistributor", "ICFGR", 0xC00, 18, 4)]
    [InlineData("NwlBridge", "TRAN_INGRESS_CONTROL", 0x808, 8, 0x20)]
    [InlineData("NwlBridge", "TRAN_EGRESS_DST_BASE_HI", 0xC1C, 8, 0x20)]
    [InlineData("Smmu500", "SMMU_SMR", 0x800, 48, 4)]
    [InlineData("Smmu500", "SMMU_S2CR", 0xC00, 48, 4)]
    [InlineData("Smmu500", "SMMU_CB_SCTLR", 0x10000, 16, 0x1000)]
    [InlineData("Smmu500", "SMMU_CB_FSR", 0x10058, 16, 0x1000)]
    [InlineData("PsGtr", "Ln_PLL_STATUS_READ_1", 0x23E4, 4, 0x4000)]
    public void Arrays_stay_one_register(string block, string name, uint offset, uint count, uint stride)
    {
        RegisterModel register = Boards.Register(block, name);

        Assert.Equal((offset, new RegisterDimension(count, stride)), (register.Offset, register.Dimension));
    }

    [Theory]
    [InlineData("PciHeader", "COMMAND", "IO", 0, 1)]
    [InlineData("PciHeader", "COMMAND", "MEMORY", 1, 1)]
    [InlineData("PciHeader", "COMMAND", "MASTER", 2, 1)]
    [InlineData("PciHeader", "COMMAND", "INTX_DISABLE", 10, 1)]
    [InlineData("PciHeader", "STATUS", "CAP_LIST", 4, 1)]
    [InlineData("PciHeader", "ROM_ADDRESS", "ADDRESS", 11, 21)]
    [InlineData("PmCapability", "PMCSR", "STATE", 0, 2)]
    [InlineData("MsiCapability", "MSI_FLAGS", "ENABLE", 0, 1)]
    [InlineData("MsiCapability", "MSI_FLAGS", "QMASK", 1, 3)]
    [InlineData("MsiCapability", "MSI_FLAGS", "QSIZE", 4, 3)]
    [InlineData("MsixCapability", "MSIX_FLAGS", "QSIZE", 0, 11)]
    [InlineData("MsixCapability", "MSIX_FLAGS", "MASKALL", 14, 1)]
    [InlineData("MsixCapability", "MSIX_FLAGS", "ENABLE", 15, 1)]
    [InlineData("MsixCapability", "MSIX_TABLE", "BIR", 0, 3)]
    [InlineData("MsixEntry", "VECTOR_CTRL", "MASKBIT", 0, 1)]
    [InlineData("PcieCapability", "EXP_DEVCAP", "FLR", 28, 1)]
    [InlineData("PcieCapability", "EXP_DEVCTL", "BCR_FLR", 15, 1)]
    [InlineData("PcieCapability", "EXP_DEVCTL", "READRQ", 12, 3)]
    [InlineData("PcieCapability", "EXP_DEVCTL", "PAYLOAD", 5, 3)]
    [InlineData("PcieCapability", "EXP_DEVSTA", "TRPND", 5, 1)]
    [InlineData("GicV2m", "MSI_TYPER", "BASE_SPI", 16, 10)]
    [InlineData("GicV2m", "MSI_TYPER", "NUM_SPI", 0, 10)]
    [InlineData("GicDistributor", "SGIR", "TARGET_LIST_FILTER", 24, 2)]
    [InlineData("GicDistributor", "TYPER", "IT_LINES_NUMBER", 0, 5)]
    [InlineData("Smmuv3", "IDR0", "S2P", 0, 1)]
    [InlineData("Smmuv3", "IDR0", "S1P", 1, 1)]
    [InlineData("Smmuv3", "IDR0", "ST_LEVEL", 27, 2)]
    [InlineData("Smmuv3", "IDR1", "SIDSIZE", 0, 6)]
    [InlineData("Smmuv3", "IDR1", "CMDQS", 21, 5)]
    [InlineData("Smmuv3", "IDR1", "EVENTQS", 16, 5)]
    [InlineData("Smmuv3", "IDR5", "OAS", 0, 3)]
    [InlineData("Smmuv3", "CR0", "SMMUEN", 0, 1)]
    [InlineData("Smmuv3", "CR0", "EVENTQEN", 2, 1)]
    [InlineData("Smmuv3", "CR0", "CMDQEN", 3, 1)]
    [InlineData("Smmuv3", "GBPA", "ABORT", 20, 1)]
    [InlineData("Smmuv3", "GBPA", "UPDATE", 31, 1)]
    [InlineData("Smmuv3", "STRTAB_BASE", "ADDR", 6, 46)]
    [InlineData("Smmuv3", "CMDQ_BASE", "ADDR", 5, 47)]
    [InlineData("Smmuv3", "CMDQ_CONS", "ERR", 24, 7)]
    [InlineData("NwlBridge", "BRIDGE_CORE_CFG_PCIE_RX0", "CFG_DMA_REG_BAR", 0, 3)]
    [InlineData("NwlBridge", "E_ECAM_CONTROL", "ECAM_SIZE", 16, 5)]
    [InlineData("NwlBridge", "I_MSII_CONTROL", "I_MSII_ENABLE", 0, 1)]
    [InlineData("NwlBridge", "I_MSII_CONTROL", "I_MSII_STATUS_ENABLE", 15, 1)]
    [InlineData("NwlBridge", "MSGF_MISC_STATUS", "INGRESS_ADDRESS_TRANSLATION_ERROR", 6, 1)]
    [InlineData("NwlBridge", "MSGF_MISC_STATUS", "EGRESS_ADDRESS_TRANSLATION_ERROR", 7, 1)]
    [InlineData("NwlBridge", "MSGF_RX_FIFO_TYPE", "REQUESTER_ID", 16, 16)]
    [InlineData("PciBridgeHeader", "BRIDGE_CONTROL", "BUS_RESET", 6, 1)]
    [InlineData("SriovCapability", "SRIOV_CTRL", "VFE", 0, 1)]
    [InlineData("RebarCapability", "REBAR_CTRL", "BAR_SIZE", 8, 6)]
    [InlineData("AtsCapability", "ATS_CTRL", "ENABLE", 15, 1)]
    [InlineData("Smmu500", "SMMU_SCR0", "CLIENTPD", 0, 1)]
    [InlineData("Smmu500", "SMMU_SCR0", "USFCFG", 10, 1)]
    [InlineData("Smmu500", "SMMU_SMR", "VALID", 31, 1)]
    [InlineData("Smmu500", "SMMU_S2CR", "TYPE", 16, 2)]
    [InlineData("Smmu500", "SMMU_CBAR", "TYPE", 16, 2)]
    [InlineData("NwlAttributes", "PCIE_STATUS", "PHY_RDY", 1, 1)]
    [InlineData("CrfApb", "RST_FPD_TOP", "PCIE_CTRL_RESET", 17, 1)]
    [InlineData("PsGtr", "Ln_PLL_STATUS_READ_1", "PLL_LOCK_STATUS_READ", 4, 1)]
    public void Key_fields_have_the_bits_of_the_specification(string block, string register, string name, int low, int width)
    {
        FieldModel field = Boards.Field(block, register, name);

        Assert.Equal((low, width), (field.LowBit, field.WidthBits));
    }

    [Theory]
    [InlineData("PciHeader", "STATUS", 0xF900)]
    [InlineData("PmCapability", "PMCSR", 0x8000)]
    [InlineData("PcieCapability", "EXP_DEVSTA", 0x000F)]
    [InlineData("PcieCapability", "EXP_LNKSTA", 0xC000)]
    [InlineData("PcieCapability", "EXP_SLTSTA", 0x011F)]
    [InlineData("PcieCapability", "EXP_RTSTA", 0x10000)]
    [InlineData("GicDistributor", "ICENABLER", 0xFFFFFFFF)]
    [InlineData("PciBridgeHeader", "SECONDARY_STATUS", 0xF900)]
    [InlineData("AerCapability", "ERR_COR_STATUS", 0xF1C1)]
    [InlineData("Smmu500", "SMMU_SGFSR", 0x800001FF)]
    [InlineData("Smmu500", "SMMU_CB_FSR", 0xC00001FE)]
    [InlineData("AxiPcie", "RPSC", 0xA0000)]
    [InlineData("NwlBridge", "MSGF_MISC_STATUS", 0xFFFF00FB)]
    [InlineData("NwlBridge", "MSGF_MSI_STATUS_LO", 0xFFFFFFFF)]
    [InlineData("NwlBridge", "MSGF_MSI_STATUS_HI", 0xFFFFFFFF)]
    public void Bits_that_a_one_clears_are_those_of_the_specification(string block, string register, ulong mask)
        => Assert.Equal(mask, Boards.Register(block, register).Masks.OneToClear);

    [Theory]
    [InlineData("PcieCapability", "EXP_DEVCTL", "BCR_FLR")]
    [InlineData("PcieCapability", "EXP_LNKCTL", "RL")]
    [InlineData("NwlBridge", "MSGF_RX_FIFO_POP", "POP")]
    [InlineData("NwlBridge", "TX_PCIE_MSG_EXECUTE", "MSG_EXECUTE")]
    public void Bits_that_start_something_never_read_as_one(string block, string register, string field)
    {
        RegisterModel model = Boards.Register(block, register);
        ulong mask = Boards.Field(block, register, field).Mask;

        Assert.Equal(0UL, model.Masks.Readable & mask);
        Assert.Equal(mask, model.Masks.Store & mask);
    }

    [Theory]
    [InlineData("PmCapability", 0x01u)]
    [InlineData("MsiCapability", 0x05u)]
    [InlineData("PcieCapability", 0x10u)]
    [InlineData("MsixCapability", 0x11u)]
    [InlineData("AfCapability", 0x13u)]
    [InlineData("VendorCapability", 0x09u)]
    public void Capabilities_know_their_id(string block, uint id)
    {
        Assert.Equal(id, Boards.Block(block).CapabilityId);
        Assert.Equal(id, Boards.Register(block, "CAP_ID").ResetValue);
        Assert.Equal(0UL, Boards.Block(block).BaseAddress);
    }

    [Theory]
    [InlineData("AerCapability", 0x0001u)]
    [InlineData("DsnCapability", 0x0003u)]
    [InlineData("VsecCapability", 0x000Bu)]
    [InlineData("AcsCapability", 0x000Du)]
    [InlineData("AriCapability", 0x000Eu)]
    [InlineData("AtsCapability", 0x000Fu)]
    [InlineData("SriovCapability", 0x0010u)]
    [InlineData("PriCapability", 0x0013u)]
    [InlineData("RebarCapability", 0x0015u)]
    [InlineData("PasidCapability", 0x001Bu)]
    public void Extended_capabilities_say_their_id_in_their_header(string block, uint id)
    {
        Assert.Null(Boards.Block(block).CapabilityId);
        Assert.Equal(id, Boards.Register(block, "EXT_CAP_HEADER").ResetValue & 0xFFFF);
    }

    [Theory]
    [InlineData("PciHeader", 0x40u, 24, 42)]
    [InlineData("PmCapability", 0x8u, 6, 16)]
    [InlineData("MsiCapability", 0x18u, 12, 16)]
    [InlineData("MsixCapability", 0xCu, 5, 7)]
    [InlineData("MsixEntry", 0x10u, 4, 6)]
    [InlineData("PcieCapability", 0x3Cu, 24, 138)]
    [InlineData("GicV2m", 0x1000u, 5, 8)]
    [InlineData("GicDistributor", 0x1000u, 28, 45)]
    [InlineData("Smmuv3", 0x20000u, 59, 186)]
    [InlineData("NwlBridge", 0x1000u, 93, 253)]
    [InlineData("NwlAttributes", 0x1000u, 144, 356)]
    [InlineData("NwlDma", 0x1000u, 32, 38)]
    [InlineData("AxiPcie", 0x1000u, 16, 86)]
    [InlineData("Smmu500", 0x20000u, 161, 484)]
    [InlineData("SmmuReg", 0x1000u, 13, 56)]
    [InlineData("GicIts", 0x30000u, 22, 63)]
    [InlineData("GicRedistributor", 0x10000u, 6, 36)]
    [InlineData("PsGtr", 0x40000u, 637, 1866)]
    [InlineData("Siou", 0x1000u, 9, 13)]
    [InlineData("CrfApb", 0x1000u, 37, 145)]
    [InlineData("CrlApb", 0x1000u, 113, 395)]
    public void Blocks_are_as_large_as_they_were_described(string typeName, uint size, int registers, int fields)
    {
        BlockModel block = Boards.Block(typeName);
        int described = 0;
        foreach (RegisterModel register in block.Registers)
        {
            described += register.Fields.Count;
        }

        Assert.Equal((size, registers, fields), (block.SizeBytes, block.Registers.Count, described));
    }
}
