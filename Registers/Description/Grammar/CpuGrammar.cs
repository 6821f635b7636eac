namespace Sluice.Registers.Description;

/// <summary>SVD's <c>cpu</c>. Nothing of it bears on registers; it is checked as everything is.</summary>
internal static class CpuGrammar
{
    public static readonly ElementGrammar Cpu = new ElementGrammar("cpu")
        .One(new ElementGrammar("name", ValueKind.Text))
        .Optional(
            new ElementGrammar("revision", ValueKind.Text),
            new ElementGrammar("endian", ValueKind.Word, SvdWords.Endian),
            Flag("mpuPresent"),
            Flag("fpuPresent"),
            Flag("fpuDP"),
            Flag("dspPresent"),
            Flag("icachePresent"),
            Flag("dcachePresent"),
            Flag("itcmPresent"),
            Flag("dtcmPresent"),
            Flag("vtorPresent"),
            Flag("pmuPresent"),
            Flag("mvePresent"),
            Flag("mveFP"),
            Flag("vendorSystickConfig"))
        .Optional(Count("nvicPrioBits"), Count("deviceNumInterrupts"), Count("sauNumRegions"), Count("pmuNumEventCnt"))
        .Optional(new ElementGrammar("sauRegionsConfig")
            .With(
                new AttributeGrammar("enabled", ValueKind.Boolean),
                new AttributeGrammar("protectionWhenDisabled", ValueKind.Word, SvdWords.Protection))
            .Many(new ElementGrammar("region")
                .With(new AttributeGrammar("enabled", ValueKind.Boolean), new AttributeGrammar("name", ValueKind.Text))
                .One(Count("base"), Count("limit"), new ElementGrammar("access", ValueKind.Word, SvdWords.SauAccess))));

    private static ElementGrammar Flag(string name) => new(name, ValueKind.Boolean);

    private static ElementGrammar Count(string name) => new(name, ValueKind.Number);
}
