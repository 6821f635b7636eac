using System.Collections.Generic;

namespace Sluice.Registers.Description;

/// <summary>The rules that are reported in XML. Ids are contiguous and never reused; each has its page in docs/rules.</summary>
public static class ProblemRules
{
    private const string Xml = "Sluice.Xml";
    private const string Structure = "Sluice.Structure";
    private const string Fields = "Sluice.Fields";
    private const string Views = "Sluice.Views";
    private const string Sequences = "Sluice.Sequences";
    private const string Overlays = "Sluice.Overlays";

    private static readonly List<ProblemRule> _all = [];

    /// <summary>The XML is not well-formed.</summary>
    public static readonly ProblemRule MalformedXml = Fatal(
        Xml,
        "SLU1001",
        "The XML is not well-formed",
        "The XML is not well-formed: {0}");

    /// <summary>A document type declaration is refused.</summary>
    public static readonly ProblemRule DoctypeRefused = Fatal(
        Xml,
        "SLU1002",
        "A document type declaration is refused",
        "A document type declaration can define entities and name other files, so none is read; remove it");

    /// <summary>A limit of the reader is exceeded.</summary>
    public static readonly ProblemRule LimitExceeded = Fatal(
        Xml,
        "SLU1003",
        "A limit of the reader is exceeded",
        "{0} is more than the reader takes ({1}); the rest is not read");

    /// <summary>Unknown element.</summary>
    public static readonly ProblemRule UnknownElement = Fatal(
        Xml,
        "SLU1004",
        "Unknown element",
        "'{0}' is not an element that '{1}' can hold{2}");

    /// <summary>Unknown attribute.</summary>
    public static readonly ProblemRule UnknownAttribute = Fatal(
        Xml,
        "SLU1005",
        "Unknown attribute",
        "'{0}' is not an attribute of '{1}'{2}");

    /// <summary>Element stands more than once.</summary>
    public static readonly ProblemRule RepeatedElement = Fatal(
        Xml,
        "SLU1006",
        "Element stands more than once",
        "'{1}' can hold one '{0}' only; remove this one or the other");

    /// <summary>Required element is missing.</summary>
    public static readonly ProblemRule MissingElement = Fatal(
        Xml,
        "SLU1007",
        "Required element is missing",
        "'{0}' needs the element '{1}'{2}");

    /// <summary>Required attribute is missing.</summary>
    public static readonly ProblemRule MissingAttribute = Fatal(
        Xml,
        "SLU1008",
        "Required attribute is missing",
        "'{0}' needs the attribute '{1}'");

    /// <summary>Text where only elements can stand.</summary>
    public static readonly ProblemRule UnexpectedText = Fatal(
        Xml,
        "SLU1009",
        "Text where only elements can stand",
        "'{0}' holds elements, not text: '{1}'");

    /// <summary>Not a number.</summary>
    public static readonly ProblemRule BadNumber = Fatal(
        Xml,
        "SLU1010",
        "Not a number",
        "'{0}' is not {1}");

    /// <summary>Unknown value.</summary>
    public static readonly ProblemRule UnknownValue = Fatal(
        Xml,
        "SLU1011",
        "Unknown value",
        "'{0}' is not a value of '{1}'; it is one of {2}{3}");

    /// <summary>Not a name.</summary>
    public static readonly ProblemRule BadName = Fatal(
        Xml,
        "SLU1012",
        "Not a name",
        "'{0}' is no usable name ('{1}'): {2}");

    /// <summary>Unusual spelling.</summary>
    public static readonly ProblemRule UnusualSpelling = Warning(
        Xml,
        "SLU1013",
        "Unusual spelling",
        "'{0}' is not how SVD spells a value of '{1}'; '{2}' is assumed");

    /// <summary>Included file is not among the files given.</summary>
    public static readonly ProblemRule IncludeNotFound = Fatal(
        Xml,
        "SLU1014",
        "Included file is not among the files given",
        "'{0}' is not among the files given{1}; a reader opens no file by itself, so list it (AdditionalFiles in a project)");

    /// <summary>File includes itself.</summary>
    public static readonly ProblemRule IncludeCycle = Fatal(
        Xml,
        "SLU1015",
        "File includes itself",
        "'{0}' includes itself, by way of {1}");

    /// <summary>Not supported yet.</summary>
    public static readonly ProblemRule NotSupported = Fatal(
        Xml,
        "SLU1016",
        "Not supported yet",
        "Not supported yet: {0}");

    /// <summary>Unknown reference.</summary>
    public static readonly ProblemRule UnknownReference = Fatal(
        Structure,
        "SLU1017",
        "Unknown reference",
        "There is no {0} '{1}' {2}{3}");

    /// <summary>Element derives from itself.</summary>
    public static readonly ProblemRule DerivationCycle = Fatal(
        Structure,
        "SLU1018",
        "Element derives from itself",
        "'{0}' derives from itself, by way of {1}");

    /// <summary>Duplicate name.</summary>
    public static readonly ProblemRule DuplicateName = Repaired(
        Structure,
        "SLU1019",
        "Duplicate name",
        "{0} '{1}' stands twice in '{2}'; names are references, so this second one is left out. Rename one");

    /// <summary>Names clash in code.</summary>
    public static readonly ProblemRule NameClash = Warning(
        Structure,
        "SLU1020",
        "Names clash in code",
        "'{0}' would have the same name in code as '{1}'; it is called '{2}', give it another with trap:typeName");

    /// <summary>Dimension has no meaning.</summary>
    public static readonly ProblemRule BadDimension = Fatal(
        Structure,
        "SLU1021",
        "Dimension has no meaning",
        "The dimension of '{0}' has no meaning: {1}");

    /// <summary>Elements of an array overlap.</summary>
    public static readonly ProblemRule StrideTooSmall = Fatal(
        Structure,
        "SLU1022",
        "Elements of an array overlap",
        "The elements of '{0}' are {1} bytes apart and {2} bytes long, so they overlap; dimIncrement is in bytes");

    /// <summary>Register has an unusual width.</summary>
    public static readonly ProblemRule UnusualWidth = Warning(
        Structure,
        "SLU1023",
        "Register has an unusual width",
        "'{0}' is {1} bits wide; registers have 8, 16, 32 or 64, {2} is assumed");

    /// <summary>Register is misaligned.</summary>
    public static readonly ProblemRule MisalignedRegister = Repaired(
        Structure,
        "SLU1024",
        "Register is misaligned",
        "'{0}' is {1} bytes wide and at offset 0x{2}, which is not a multiple of that: no bus can reach it in one access, so it is left out. Correct offset or size");

    /// <summary>Registers overlap.</summary>
    public static readonly ProblemRule RegistersOverlap = Warning(
        Structure,
        "SLU1025",
        "Registers overlap",
        "'{0}' and '{1}' overlap at offset 0x{2} and neither is marked as an alternate; they are taken as alternates of each other");

    /// <summary>Register is outside its block's address blocks.</summary>
    public static readonly ProblemRule RegisterOutsideBlock = Warning(
        Structure,
        "SLU1026",
        "Register is outside its block's address blocks",
        "'{0}' at offset 0x{1} is outside the address blocks of '{2}'; the block is taken to reach that far");

    /// <summary>Field's place is unclear.</summary>
    public static readonly ProblemRule FieldPlaceUnclear = Fatal(
        Fields,
        "SLU1027",
        "Field's place is unclear",
        "The place of '{0}' is unclear: {1}");

    /// <summary>Field is outside its register.</summary>
    public static readonly ProblemRule FieldOutsideRegister = Repaired(
        Fields,
        "SLU1028",
        "Field is outside its register",
        "'{0}' takes bits {1}:{2} of '{3}', which has bits {4}:0; it is left out. Correct its place or the register's size");

    /// <summary>Fields overlap.</summary>
    public static readonly ProblemRule FieldsOverlap = Repaired(
        Fields,
        "SLU1029",
        "Fields overlap",
        "'{0}' (bits {1}:{2}) and '{3}' (bits {4}:{5}) of '{6}' overlap; where they do, the second has no effect in views. Correct one of them");

    /// <summary>Reset value does not fit its register.</summary>
    public static readonly ProblemRule ResetOutsideRegister = Repaired(
        Fields,
        "SLU1030",
        "Reset value does not fit its register",
        "The reset value 0x{0} of '{1}' needs more than its {2} bits; the bits beyond are cut off. Correct the value or the size");

    /// <summary>Reset value sets bits of no field.</summary>
    public static readonly ProblemRule ResetOutsideFields = Warning(
        Fields,
        "SLU1031",
        "Reset value sets bits of no field",
        "The reset value 0x{0} of '{1}' sets bits 0x{2} that no field describes; they are reserved and taken as zero in views");

    /// <summary>Reset mask does not fit its register.</summary>
    public static readonly ProblemRule ResetMaskOutsideRegister = Warning(
        Fields,
        "SLU1032",
        "Reset mask does not fit its register",
        "The reset mask 0x{0} of '{1}' needs more than its {2} bits; the bits beyond are ignored");

    /// <summary>Enumerated value does not fit its field.</summary>
    public static readonly ProblemRule EnumeratedValueOutsideField = Warning(
        Fields,
        "SLU1033",
        "Enumerated value does not fit its field",
        "The value {0} of '{1}' does not fit the {2} bits of '{3}'; it is left out");

    /// <summary>Enumerated value stands twice.</summary>
    public static readonly ProblemRule DuplicateEnumeratedValue = Warning(
        Fields,
        "SLU1034",
        "Enumerated value stands twice",
        "'{0}' and '{1}' of '{2}' are both {3}; they are taken as two names of one value");

    /// <summary>Access and action contradict each other.</summary>
    public static readonly ProblemRule AccessConflict = Warning(
        Fields,
        "SLU1035",
        "Access and action contradict each other",
        "{0} of '{1}' contradicts its access '{2}'; {3}");

    /// <summary>Write constraint does not fit.</summary>
    public static readonly ProblemRule WriteConstraintOutsideField = Fatal(
        Fields,
        "SLU1036",
        "Write constraint does not fit",
        "The write constraint of '{0}' does not fit: {1}");

    /// <summary>Two policies for the same bytes.</summary>
    public static readonly ProblemRule DuplicatePolicy = Fatal(
        Views,
        "SLU1037",
        "Two policies for the same bytes",
        "View '{0}' has a policy for '{1}' already{2}; one of them must go");

    /// <summary>Mask or value does not fit its register.</summary>
    public static readonly ProblemRule MaskOutsideRegister = Fatal(
        Views,
        "SLU1038",
        "Mask or value does not fit its register",
        "{0} 0x{1} needs more than the {2} bits of '{3}'");

    /// <summary>Mask promises what the register cannot do.</summary>
    public static readonly ProblemRule MaskConflict = Fatal(
        Views,
        "SLU1039",
        "Mask promises what the register cannot do",
        "{0} of '{1}' has bits 0x{2} that the register cannot {3}; clear them or correct the register's access");

    /// <summary>Writable bits without a sanitizer.</summary>
    public static readonly ProblemRule MissingSanitizer = Error(
        Views,
        "SLU1040",
        "Writable bits without a sanitizer",
        "'{0}' of '{1}' is writable in view '{2}' (bits 0x{3}) and has no sanitizer: whatever the guest writes goes through. Declare one ({4}), or clear the bits in writable");

    /// <summary>Sanitizer does not fit its field.</summary>
    public static readonly ProblemRule UnfitSanitizer = Fatal(
        Views,
        "SLU1041",
        "Sanitizer does not fit its field",
        "The sanitizer '{0}' does not fit '{1}': {2}");

    /// <summary>Field has two sanitizers.</summary>
    public static readonly ProblemRule DuplicateSanitizer = Fatal(
        Views,
        "SLU1042",
        "Field has two sanitizers",
        "'{0}' has a sanitizer already; the order of two is not defined, so keep one");

    /// <summary>Register needs a hook.</summary>
    public static readonly ProblemRule HookNeeded = Fatal(
        Views,
        "SLU1043",
        "Register needs a hook",
        "'{0}' cannot be {1}: {2}. Make it hooked on {3}, or take the bits 0x{4} out of {5}");

    /// <summary>Passthrough without mask.</summary>
    public static readonly ProblemRule PassthroughWithoutMask = Fatal(
        Views,
        "SLU1044",
        "Passthrough without mask",
        "The passthrough of '{0}' needs the attribute '{1}': which bits the guest {2} must be said, never assumed");

    /// <summary>Suppression without a reason.</summary>
    public static readonly ProblemRule SuppressionWithoutReason = Fatal(
        Views,
        "SLU1045",
        "Suppression without a reason",
        "The suppression of {0} gives no reason; say why the rule does not hold here");

    /// <summary>Suppressed rule is unknown.</summary>
    public static readonly ProblemRule UnknownRule = Fatal(
        Views,
        "SLU1046",
        "Suppressed rule is unknown",
        "{0} cannot be suppressed: {1}{2}");

    /// <summary>Suppression suppresses nothing.</summary>
    public static readonly ProblemRule NeedlessSuppression = Warning(
        Views,
        "SLU1047",
        "Suppression suppresses nothing",
        "{0} is not reported here; remove its suppression");

    /// <summary>Address unit is not a byte.</summary>
    public static readonly ProblemRule UnusualAddressUnit = Warning(
        Structure,
        "SLU1048",
        "Address unit is not a byte",
        "The address unit is said to have {0} bits; offsets are taken as bytes all the same, as the files of the field mean them");

    /// <summary>Field has no width.</summary>
    public static readonly ProblemRule FieldWidthAssumed = Warning(
        Fields,
        "SLU1049",
        "Field has no width",
        "'{0}' has a bitOffset and no bitWidth; one bit is assumed");

    /// <summary>Poll without a bound.</summary>
    public static readonly ProblemRule UnboundedPoll = Fatal(
        Sequences,
        "SLU1050",
        "Poll without a bound",
        "The poll of '{0}' needs the attribute 'timeout', in microseconds: hardware that never answers must not stop whoever waits for it");

    /// <summary>Step does not fit its register.</summary>
    public static readonly ProblemRule UnfitStep = Fatal(
        Sequences,
        "SLU1051",
        "Step does not fit its register",
        "The step '{0}' does not fit '{1}': {2}");

    /// <summary>View says nothing of registers.</summary>
    public static readonly ProblemRule OmittedRegisters = Information(
        Views,
        "SLU1052",
        "View says nothing of registers",
        "View '{0}' of '{1}' says nothing of {2}, so that they are denied: {3}");

    /// <summary>Guest address without size or alignment.</summary>
    public static readonly ProblemRule IncompleteGuestAddress = Error(
        Views,
        "SLU1053",
        "Guest address without size or alignment",
        "The guest-address of '{0}' has not {1}: only the one byte at any address would be checked, and the hardware takes more");

    /// <summary>Side effect is shared by two parties.</summary>
    public static readonly ProblemRule SharedEffect = Error(
        Views,
        "SLU1054",
        "Side effect is shared by two parties",
        "Bits 0x{0} of '{1}' are passed through to view '{2}' and to view '{3}': what one {4}, the other never sees. Give the register to one of them, or make it hooked");

    /// <summary>Passthrough acts on bits beyond the view.</summary>
    public static readonly ProblemRule EffectBeyondView = Error(
        Views,
        "SLU1055",
        "Passthrough acts on bits beyond the view",
        "Each {1} of '{0}' that is passed through also acts on bits 0x{2}, which are not {3} in the view: somebody else's events would be lost. Make the register hooked, or give the bits to the view");

    /// <summary>Overlay contradicts the description.</summary>
    public static readonly ProblemRule OverlayConflict = Fatal(
        Overlays,
        "SLU1056",
        "Overlay contradicts the description",
        "'{0}' of '{1}' is {2} in '{3}' and {4} here; if the overlay is right, say why in the attribute 'override' of its entry");

    /// <summary>Overlay says nothing new.</summary>
    public static readonly ProblemRule NeedlessOverlay = Warning(
        Overlays,
        "SLU1057",
        "Overlay says nothing new",
        "What the overlay has for '{0}' is not needed: {1}");

    /// <summary>Overlay names no source.</summary>
    public static readonly ProblemRule OverlayWithoutSource = Warning(
        Overlays,
        "SLU1058",
        "Overlay names no source",
        "What the overlay says of '{0}' has no source; name it in trap:source here or around it, or in 'source' of the overlay");

    /// <summary>Overlay without its description.</summary>
    public static readonly ProblemRule OverlayWithoutDescription = Error(
        Overlays,
        "SLU1059",
        "Overlay without its description",
        "The overlay is of '{0}', {1}");

    /// <summary>Description leaves something unsaid.</summary>
    public static readonly ProblemRule Unsaid = Information(
        Structure,
        "SLU1060",
        "Description leaves something unsaid",
        "'{0}' leaves unsaid: {1}");

    /// <summary>Condition cannot be decided.</summary>
    public static readonly ProblemRule UnfitCondition = Fatal(
        Fields,
        "SLU1061",
        "Condition cannot be decided",
        "The condition '{0}' of '{1}' cannot be decided: {2}");

    /// <summary>Way of access does not fit the register.</summary>
    public static readonly ProblemRule UnfitAccess = Fatal(
        Fields,
        "SLU1062",
        "Way of access does not fit the register",
        "{0} '{1}' does not fit '{2}': {3}");

    /// <summary>Narrow access to a wide register is not regulated.</summary>
    public static readonly ProblemRule NarrowAccess = Warning(
        Views,
        "SLU1063",
        "Narrow access to a wide register is not regulated",
        "'{0}' has 64 bits and {1} in view '{2}', and nothing says what an access to half of it does; each half is taken to act by itself. Say so with trap:order=\"any\", or what is true instead");

    /// <summary>What SVD does not have is passed over.</summary>
    public static readonly ProblemRule ForeignMarkup = Warning(
        Xml,
        "SLU1064",
        "What SVD does not have is passed over",
        "{0} is nothing that SVD has in '{1}', and is passed over{2}");

    /// <summary>Repeated element is passed over.</summary>
    public static readonly ProblemRule ForeignRepetition = Warning(
        Xml,
        "SLU1065",
        "Repeated element is passed over",
        "'{1}' can hold one '{0}' only; the first counts and this one is passed over");

    /// <summary>Value that is none is taken as not given.</summary>
    public static readonly ProblemRule UnusableValue = Warning(
        Xml,
        "SLU1066",
        "Value that is none is taken as not given",
        "'{0}' is not {1}; '{2}' is taken as not given{3}");

    /// <summary>Access or side effect is unknown.</summary>
    public static readonly ProblemRule UnknownEffect = Warning(
        Xml,
        "SLU1067",
        "Access or side effect is unknown",
        "'{0}' is not a value of '{1}', which is one of {2}; what the hardware does is not known, and '{1}' is taken as {3}{4}");

    /// <summary>Element without what it needs is left out.</summary>
    public static readonly ProblemRule LeftOut = Warning(
        Structure,
        "SLU1068",
        "Element without what it needs is left out",
        "'{0}' is left out: {1}");

    /// <summary>Reference that leads nowhere is passed over.</summary>
    public static readonly ProblemRule UnusableReference = Warning(
        Structure,
        "SLU1069",
        "Reference that leads nowhere is passed over",
        "'{0}' is read as if it derived from nothing: {1}");

    /// <summary>Dimension is repaired.</summary>
    public static readonly ProblemRule RepairedDimension = Warning(
        Structure,
        "SLU1070",
        "Dimension is repaired",
        "The dimension of '{0}' has no meaning: {1}; {2}");

    /// <summary>Name is repaired.</summary>
    public static readonly ProblemRule RepairedName = Warning(
        Xml,
        "SLU1071",
        "Name is repaired",
        "'{0}' is no usable name ('{1}'): {2}; '{3}' is taken");

    /// <summary>Alternate is not there.</summary>
    public static readonly ProblemRule UnknownAlternate = Warning(
        Structure,
        "SLU1072",
        "Alternate is not there",
        "There is no {0} '{1}' to which '{2}' could be an alternate; it is taken as one of whatever it overlaps{3}");

    /// <summary>Interrupt stands twice.</summary>
    public static readonly ProblemRule DuplicateInterrupt = Warning(
        Structure,
        "SLU1073",
        "Interrupt stands twice",
        "{0} stands for {1} here and for {2} in '{3}'; both are let be, since no code is made of interrupts");

    /// <summary>Blocks overlap.</summary>
    public static readonly ProblemRule BlocksOverlap = Warning(
        Structure,
        "SLU1074",
        "Blocks overlap",
        "'{0}' and '{1}' overlap at address 0x{2} and neither is marked as an alternate; they are taken as alternates of each other");

    /// <summary>View names an unknown register.</summary>
    public static readonly ProblemRule UnknownRegister = Fatal(
        Views,
        "SLU1075",
        "View names an unknown register",
        "View '{0}' has a policy for '{1}', and '{2}' has no such register{3}");

    /// <summary>All of them, by id.</summary>
    public static IReadOnlyList<ProblemRule> All => _all;

    /// <summary>Further warnings are not listed.</summary>
    public static readonly ProblemRule Unlisted = Warning(
        Structure,
        "SLU1076",
        "Further problems are not listed",
        "At least {0} further warnings and notes are not listed, since there are more than {1}; correct or suppress some to see the others");

    /// <summary>The rule with an id; null when there is none.</summary>
    /// <param name="id">The id, such as <c>SLU1001</c>.</param>
    public static ProblemRule? Find(string id) => _all.Find(rule => rule.Id == id);

    private static ProblemRule Fatal(string category, string id, string title, string message)
        => Add(new ProblemRule(id, title, message, ProblemSeverity.Error, category, isFatal: true));

    private static ProblemRule Error(string category, string id, string title, string message)
        => Add(new ProblemRule(id, title, message, ProblemSeverity.Error, category, isFatal: false));

    // What is assumed is as good as can be had, so that in a file that nobody here edits it is no more than a warning.
    private static ProblemRule Repaired(string category, string id, string title, string message)
    {
        ProblemRule rule = Error(category, id, title, message);
        rule.IsMildInVendorsFiles = true;
        return rule;
    }

    private static ProblemRule Warning(string category, string id, string title, string message)
        => Add(new ProblemRule(id, title, message, ProblemSeverity.Warning, category, isFatal: false));

    private static ProblemRule Information(string category, string id, string title, string message)
        => Add(new ProblemRule(id, title, message, ProblemSeverity.Information, category, isFatal: false));

    private static ProblemRule Add(ProblemRule rule)
    {
        _all.Add(rule);
        return rule;
    }
}
