using System.Linq;

namespace Sluice.Registers.Description;

/// <summary>
/// Overlays: what is said of a device that another file describes. An entry may hold whatever the element that it is about may hold, apart from its
/// name and dimension: those say which element it is.
/// </summary>
internal static class OverlayGrammar
{
    public static readonly AttributeGrammar Of = new("of", ValueKind.Text);
    public static readonly AttributeGrammar Override = new("override", ValueKind.Text);

    private static readonly ElementGrammar[] _identity
        = [SvdGrammar.Name, SvdGrammar.Dim, SvdGrammar.DimIncrement, SvdGrammar.DimIndex, SvdGrammar.DimName, SvdGrammar.DimArrayIndex];

    public static readonly ElementGrammar Field = Entry("field", SvdGrammar.Field);
    public static readonly ElementGrammar Register = Entry("register", SvdGrammar.Register).Many(Field);
    public static readonly ElementGrammar Cluster = Entry("cluster", SvdGrammar.Cluster).Many(Register);
    public static readonly ElementGrammar Peripheral = Entry("peripheral", SvdGrammar.Peripheral).Many(Cluster, Register);

    public static readonly ElementGrammar Overlay
        = new ElementGrammar("overlay", isTrap: true).Needs(Of).With(TrapGrammar.From).Many(Peripheral, TrapGrammar.Suppress);

    /// <summary>Whether a kind of element is an entry of an overlay.</summary>
    public static bool IsEntry(ElementGrammar kind) => kind == Field || kind == Register || kind == Cluster || kind == Peripheral;

    private static ElementGrammar Entry(string name, ElementGrammar about)
    {
        ElementGrammar entry = new ElementGrammar(name, isTrap: true).Needs(Of).With(Override);
        entry.With([.. about.Attributes.Where(attribute => attribute.IsTrap)]);
        foreach (ChildRule rule in about.Children.Where(rule => !_identity.Contains(rule.Child)))
        {
            _ = rule.IsSingle ? entry.Optional(rule.Child) : entry.Many(rule.Child);
        }

        return entry;
    }
}
