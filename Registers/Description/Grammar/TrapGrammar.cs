namespace Sluice.Registers.Description;

/// <summary>The trap namespace: what SVD lacks, and what a party other than the hardware's driver sees of a block.</summary>
internal static class TrapGrammar
{
    public const string Namespace = "urn:sluice:trap";

    // Attributes that stand on elements of SVD.
    public static readonly AttributeGrammar TypeName = new("typeName", ValueKind.Identifier, isTrap: true);
    public static readonly AttributeGrammar Source = new("source", ValueKind.Text, isTrap: true);
    public static readonly AttributeGrammar Unsure = new("unsure", ValueKind.Text, isTrap: true);
    public static readonly AttributeGrammar Capability = new("capability", ValueKind.Number, isTrap: true);
    public static readonly AttributeGrammar Reserved = new("reserved", ValueKind.Word, TrapWords.Reserved, isTrap: true);
    public static readonly AttributeGrammar Sticky = new("sticky", ValueKind.Boolean, isTrap: true);
    public static readonly AttributeGrammar HardwareInitialised = new("hwInit", ValueKind.Boolean, isTrap: true);

    /// <summary>Which overlay says what of an element. No file has it: the reader notes it.</summary>
    public static readonly AttributeGrammar Origin = new("origin", ValueKind.Text, isTrap: true);

    public static readonly AttributeGrammar WriteEnable = new("writeEnable", ValueKind.Text, isTrap: true);
    public static readonly AttributeGrammar PresentIf = new("presentIf", ValueKind.Text, isTrap: true);
    public static readonly AttributeGrammar Widths = new("accessWidths", ValueKind.Text, isTrap: true);
    public static readonly AttributeGrammar OtherWidths = new("otherWidths", ValueKind.Word, TrapWords.OtherWidths, isTrap: true);
    public static readonly AttributeGrammar Order = new("order", ValueKind.Word, TrapWords.Order, isTrap: true);
    public static readonly AttributeGrammar ElementResets = new("elementResets", ValueKind.Text, isTrap: true);
    public static readonly AttributeGrammar Fifo = new("fifo", ValueKind.Word, TrapWords.Fifo, isTrap: true);
    public static readonly AttributeGrammar Index = new("index", ValueKind.Text, isTrap: true);
    public static readonly AttributeGrammar IndexCount = new("indexCount", ValueKind.Number, isTrap: true);

    // Attributes of the namespace's own elements.
    public static readonly AttributeGrammar Name = new("name", ValueKind.Text);
    public static readonly AttributeGrammar Absent = new("absent", ValueKind.Word, TrapWords.Absent);
    public static readonly AttributeGrammar Register = new("register", ValueKind.Text);
    public static readonly AttributeGrammar Field = new("field", ValueKind.Text);
    public static readonly AttributeGrammar Value = new("value", ValueKind.Number);
    public static readonly AttributeGrammar Reset = new("reset", ValueKind.Number);
    public static readonly AttributeGrammar Sanitize = new("sanitize", ValueKind.Word, TrapWords.Sanitize);
    public static readonly AttributeGrammar On = new("on", ValueKind.Word, TrapWords.On);
    public static readonly AttributeGrammar Visible = new("visible", ValueKind.Number);
    public static readonly AttributeGrammar Writable = new("writable", ValueKind.Number);
    public static readonly AttributeGrammar Minimum = new("minimum", ValueKind.Number);
    public static readonly AttributeGrammar Maximum = new("maximum", ValueKind.Number);
    public static readonly AttributeGrammar Otherwise = new("otherwise", ValueKind.Word, TrapWords.Otherwise);
    public static readonly AttributeGrammar AddressSubject = new("subject", ValueKind.Word, TrapWords.AddressSubjects);
    public static readonly AttributeGrammar IndexSubject = new("subject", ValueKind.Word, TrapWords.IndexSubjects);
    public static readonly AttributeGrammar SizeBytes = new("size", ValueKind.Number);
    public static readonly AttributeGrammar Alignment = new("alignment", ValueKind.Number);
    public static readonly AttributeGrammar MethodName = new("name", ValueKind.Identifier);
    public static readonly AttributeGrammar Rule = new("rule", ValueKind.Text);
    public static readonly AttributeGrammar Reason = new("reason", ValueKind.Text);
    public static readonly AttributeGrammar About = new("description", ValueKind.Text);
    public static readonly AttributeGrammar From = new("source", ValueKind.Text);
    public static readonly AttributeGrammar Argument = new("argument", ValueKind.Identifier);
    public static readonly AttributeGrammar ElementIndex = new("element", ValueKind.Number);
    public static readonly AttributeGrammar Timeout = new("timeout", ValueKind.Number);
    public static readonly AttributeGrammar Interval = new("interval", ValueKind.Number);
    public static readonly AttributeGrammar Microseconds = new("microseconds", ValueKind.Number);
    public static readonly AttributeGrammar InDoubt = new("unsure", ValueKind.Text);
    public static readonly AttributeGrammar Block = new("block", ValueKind.Text);
    public static readonly AttributeGrammar ElementArgument = new("index", ValueKind.Identifier);
    public static readonly AttributeGrammar ArgumentName = new("name", ValueKind.Identifier);
    public static readonly AttributeGrammar Bits = new("bits", ValueKind.BitRange);
    public static readonly AttributeGrammar Into = new("into", ValueKind.Identifier);
    public static readonly AttributeGrammar Callee = new("sequence", ValueKind.Text);
    public static readonly AttributeGrammar FromArgument = new("from", ValueKind.Identifier);

    // Sanitizers.
    public static readonly ElementGrammar Mask = Make("mask").Needs(Field);
    public static readonly ElementGrammar Range = Make("range").Needs(Field, Minimum, Maximum).With(Otherwise);
    public static readonly ElementGrammar Enumerated = Make("enumerated").Needs(Field);
    public static readonly ElementGrammar GuestAddress = Make("guest-address").Needs(Field, AddressSubject).With(SizeBytes, Alignment);
    public static readonly ElementGrammar OwnedIndex = Make("owned-index").Needs(Field, IndexSubject);
    public static readonly ElementGrammar Method = Make("method").Needs(Field, MethodName);

    // Policies.
    public static readonly ElementGrammar Constant = Make("constant").Needs(Register).With(Value);
    public static readonly ElementGrammar Emulated = WithSanitizers(Make("emulated").Needs(Register).With(Visible, Writable, Reset));
    public static readonly ElementGrammar Hooked = WithSanitizers(Make("hooked").Needs(Register).With(On, Visible, Writable, Reset));
    public static readonly ElementGrammar Passthrough = WithSanitizers(Make("passthrough").Needs(Register).With(Visible, Writable));
    public static readonly ElementGrammar Denied = Make("denied").Needs(Register);

    public static readonly ElementGrammar Suppress = Make("suppress").Needs(Rule).With(Register, Reason);

    public static readonly ElementGrammar View = Make("view")
        .Needs(Name, Absent)
        .Many(Constant, Emulated, Hooked, Passthrough, Denied, Suppress);

    // Sequences.
    public static readonly ElementGrammar Set = Make("set").Needs(Field).With(Value, Argument, Bits);
    public static readonly ElementGrammar WriteStep = Make("write").Needs(Register).With(Block, Value, Argument, ElementIndex, ElementArgument).Many(Set);
    public static readonly ElementGrammar ModifyStep = Make("modify").Needs(Register).With(Block, ElementIndex, ElementArgument).Many(Set);
    public static readonly ElementGrammar PollStep
        = Make("poll").Needs(Register, Value).With(Block, Field, Timeout, Interval, ElementIndex, ElementArgument);
    public static readonly ElementGrammar DelayStep = Make("delay").Needs(Microseconds);
    public static readonly ElementGrammar ReadStep = Make("read").Needs(Register, Into).With(Block, Field, ElementIndex, ElementArgument);
    public static readonly ElementGrammar Pass = Make("pass").Needs(Argument).With(Value, FromArgument);
    public static readonly ElementGrammar CallStep = Make("call").Needs(Callee).With(Block).Many(Pass);
    public static readonly ElementGrammar OtherwiseSteps = Make("otherwise");
    public static readonly ElementGrammar IfStep = MakeIf();
    public static readonly ElementGrammar SequenceArgument = Make("argument").Needs(ArgumentName, Maximum).With(Minimum, About);
    public static readonly ElementGrammar Undo = Make("undo").Many(WriteStep, ModifyStep, DelayStep, CallStep);

    public static readonly ElementGrammar Sequence = Make("sequence")
        .Needs(Name)
        .With(About, From, InDoubt)
        .Optional(Undo)
        .Many(SequenceArgument, WriteStep, ModifyStep, PollStep, DelayStep, ReadStep, CallStep, IfStep);

    private static ElementGrammar MakeIf()
    {
        ElementGrammar step = Make("if").Needs(Value).With(Block, Register, Field, Argument, ElementIndex, ElementArgument);
        ElementGrammar[] inner = [WriteStep, ModifyStep, PollStep, DelayStep, ReadStep, CallStep, step];
        OtherwiseSteps.Many(inner);
        return step.Optional(OtherwiseSteps).Many(inner);
    }

    private static ElementGrammar Make(string name) => new(name, isTrap: true);

    private static ElementGrammar WithSanitizers(ElementGrammar policy)
        => policy.With(Sanitize).Many(Mask, Range, Enumerated, GuestAddress, OwnedIndex, Method);
}
