namespace Sluice.Registers.Description;

/// <summary>The elements of CMSIS-SVD 1.3 (Arm, CMSIS-SVD.xsd 1.3), with what the trap namespace adds to them.</summary>
internal static class SvdGrammar
{
    public static readonly AttributeGrammar DerivedFrom = new("derivedFrom", ValueKind.Text);

    public static readonly ElementGrammar Name = new("name", ValueKind.Name);
    public static readonly ElementGrammar Description = new("description", ValueKind.Text);
    public static readonly ElementGrammar Version = new("version", ValueKind.Text);

    public static readonly ElementGrammar Size = new("size", ValueKind.Number);
    public static readonly ElementGrammar Access = new("access", ValueKind.Word, SvdWords.Access);
    public static readonly ElementGrammar Protection = new("protection", ValueKind.Word, SvdWords.Protection);
    public static readonly ElementGrammar ResetValue = new("resetValue", ValueKind.Number);
    public static readonly ElementGrammar ResetMask = new("resetMask", ValueKind.Number);

    public static readonly ElementGrammar Dim = new("dim", ValueKind.Number);
    public static readonly ElementGrammar DimIncrement = new("dimIncrement", ValueKind.Number);
    public static readonly ElementGrammar DimIndex = new("dimIndex", ValueKind.DimensionIndex);
    public static readonly ElementGrammar DimName = new("dimName", ValueKind.Name);
    public static readonly ElementGrammar HeaderEnumName = new("headerEnumName", ValueKind.Text);

    public static readonly ElementGrammar Value = new("value", ValueKind.Pattern);
    public static readonly ElementGrammar IsDefault = new("isDefault", ValueKind.Boolean);
    public static readonly ElementGrammar EnumeratedValue = new ElementGrammar("enumeratedValue").One(Name).Optional(Description, Value, IsDefault);
    public static readonly ElementGrammar Usage = new("usage", ValueKind.Word, SvdWords.Usage);
    public static readonly ElementGrammar EnumeratedValues
        = new ElementGrammar("enumeratedValues").With(DerivedFrom).Optional(Name, HeaderEnumName, Usage).Many(EnumeratedValue);

    public static readonly ElementGrammar DimArrayIndex = new ElementGrammar("dimArrayIndex").Optional(HeaderEnumName).Many(EnumeratedValue);

    public static readonly ElementGrammar WriteAsRead = new("writeAsRead", ValueKind.Boolean);
    public static readonly ElementGrammar UseEnumeratedValues = new("useEnumeratedValues", ValueKind.Boolean);
    public static readonly ElementGrammar Minimum = new("minimum", ValueKind.Number);
    public static readonly ElementGrammar Maximum = new("maximum", ValueKind.Number);
    public static readonly ElementGrammar ConstraintRange = new ElementGrammar("range").One(Minimum, Maximum);
    public static readonly ElementGrammar WriteConstraint
        = new ElementGrammar("writeConstraint").Optional(WriteAsRead, UseEnumeratedValues, ConstraintRange);

    public static readonly ElementGrammar ModifiedWriteValues = new("modifiedWriteValues", ValueKind.Word, SvdWords.ModifiedWriteValues);
    public static readonly ElementGrammar ReadActionElement = new("readAction", ValueKind.Word, SvdWords.ReadActions);

    public static readonly ElementGrammar BitOffset = new("bitOffset", ValueKind.Number);
    public static readonly ElementGrammar BitWidth = new("bitWidth", ValueKind.Number);
    public static readonly ElementGrammar Lsb = new("lsb", ValueKind.Number);
    public static readonly ElementGrammar Msb = new("msb", ValueKind.Number);
    public static readonly ElementGrammar BitRange = new("bitRange", ValueKind.BitRange);

    public static readonly ElementGrammar Field = new ElementGrammar("field")
        .With(DerivedFrom, TrapGrammar.TypeName, TrapGrammar.Reserved, TrapGrammar.Sticky, TrapGrammar.HardwareInitialised)
        .With(TrapGrammar.Source, TrapGrammar.Unsure, TrapGrammar.WriteEnable)
        .Optional(Dim, DimIncrement, DimIndex, DimName, DimArrayIndex)
        .One(Name)
        .Optional(Description, BitOffset, BitWidth, Lsb, Msb, BitRange)
        .Optional(Access, ModifiedWriteValues, WriteConstraint, ReadActionElement)
        .Many(EnumeratedValues);

    public static readonly ElementGrammar Fields = new ElementGrammar("fields").Many(Field);

    public static readonly ElementGrammar DisplayName = new("displayName", ValueKind.Text);
    public static readonly ElementGrammar AlternateGroup = new("alternateGroup", ValueKind.Name);
    public static readonly ElementGrammar AlternateRegister = new("alternateRegister", ValueKind.Name);
    public static readonly ElementGrammar AddressOffset = new("addressOffset", ValueKind.Number);
    public static readonly ElementGrammar DataType = new("dataType", ValueKind.Word, SvdWords.DataTypes);

    public static readonly ElementGrammar Register = new ElementGrammar("register")
        .With(DerivedFrom, TrapGrammar.TypeName, TrapGrammar.Source, TrapGrammar.Unsure)
        .With(TrapGrammar.WriteEnable, TrapGrammar.PresentIf, TrapGrammar.Widths, TrapGrammar.OtherWidths, TrapGrammar.Order)
        .With(TrapGrammar.ElementResets, TrapGrammar.Fifo, TrapGrammar.Index, TrapGrammar.IndexCount)
        .Optional(Dim, DimIncrement, DimIndex, DimName, DimArrayIndex)
        .One(Name)
        .Optional(DisplayName, Description, AlternateGroup, AlternateRegister)
        .One(AddressOffset)
        .Optional(Size, Access, Protection, ResetValue, ResetMask)
        .Optional(DataType, ModifiedWriteValues, WriteConstraint, ReadActionElement, Fields);

    public static readonly ElementGrammar AlternateCluster = new("alternateCluster", ValueKind.Name);
    public static readonly ElementGrammar HeaderStructName = new("headerStructName", ValueKind.Text);
    public static readonly ElementGrammar Cluster = MakeCluster();

    public static readonly ElementGrammar Registers = new ElementGrammar("registers").Many(Register, Cluster);

    public static readonly ElementGrammar BlockOffset = new("offset", ValueKind.Number);
    public static readonly ElementGrammar BlockUsage = new("usage", ValueKind.Word, SvdWords.BlockUsage);
    public static readonly ElementGrammar AddressBlock
        = new ElementGrammar("addressBlock").One(BlockOffset, Size).Optional(BlockUsage, Protection);

    public static readonly ElementGrammar InterruptName = new("name", ValueKind.Text);
    public static readonly ElementGrammar InterruptValue = new("value", ValueKind.Integer);
    public static readonly ElementGrammar Interrupt = new ElementGrammar("interrupt").One(InterruptName, InterruptValue).Optional(Description);

    public static readonly ElementGrammar AlternatePeripheral = new("alternatePeripheral", ValueKind.Name);
    public static readonly ElementGrammar BaseAddress = new("baseAddress", ValueKind.Number);

    public static readonly ElementGrammar Peripheral = new ElementGrammar("peripheral")
        .With(DerivedFrom, TrapGrammar.TypeName, TrapGrammar.Source, TrapGrammar.Unsure, TrapGrammar.Capability)
        .With(TrapGrammar.Widths, TrapGrammar.OtherWidths)
        .Optional(Dim, DimIncrement, DimIndex, DimName, DimArrayIndex)
        .One(Name)
        .Optional(Version, Description)
        .Optional(
            AlternatePeripheral,
            new ElementGrammar("groupName", ValueKind.Text),
            new ElementGrammar("prependToName", ValueKind.Text),
            new ElementGrammar("appendToName", ValueKind.Text),
            HeaderStructName,
            new ElementGrammar("disableCondition", ValueKind.Text))
        .Optional(BaseAddress, Size, Access, Protection, ResetValue, ResetMask, Registers)
        .Many(AddressBlock, Interrupt, TrapGrammar.View, TrapGrammar.Sequence, TrapGrammar.Suppress);

    public static readonly ElementGrammar Peripherals = new ElementGrammar("peripherals").Many(Peripheral);

    public static readonly ElementGrammar DeviceName = new("name", ValueKind.Text);
    public static readonly ElementGrammar AddressUnitBits = new("addressUnitBits", ValueKind.Number);

    public static readonly ElementGrammar Device = new ElementGrammar("device")
        .With(new AttributeGrammar("schemaVersion", ValueKind.Text))
        .One(DeviceName)
        .Optional(
            new ElementGrammar("vendor", ValueKind.Text),
            new ElementGrammar("vendorID", ValueKind.Text),
            new ElementGrammar("series", ValueKind.Text),
            Version,
            Description,
            new ElementGrammar("licenseText", ValueKind.Text),
            CpuGrammar.Cpu,
            new ElementGrammar("headerSystemFilename", ValueKind.Text),
            new ElementGrammar("headerDefinitionsPrefix", ValueKind.Text),
            AddressUnitBits,
            new ElementGrammar("width", ValueKind.Number))
        .Optional(Size, Access, Protection, ResetValue, ResetMask)
        .One(Peripherals)
        .Many(TrapGrammar.Suppress, TrapGrammar.Sequence)
        .Optional(new ElementGrammar("vendorExtensions", ValueKind.Anything));

    private static ElementGrammar MakeCluster()
    {
        ElementGrammar cluster = new("cluster");
        return cluster
            .With(DerivedFrom)
            .Optional(Dim, DimIncrement, DimIndex, DimName, DimArrayIndex)
            .One(Name)
            .Optional(Description, AlternateCluster, HeaderStructName)
            .One(AddressOffset)
            .Optional(Size, Access, Protection, ResetValue, ResetMask)
            .Many(Register, cluster);
    }
}
