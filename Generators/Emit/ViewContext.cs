using Sluice.Generators.Layout;

namespace Sluice.Generators.Emit;

/// <summary>How the methods of a view take the author's hooks: by type parameter where the view has any, not at all where it has none.</summary>
internal sealed class ViewContext(ViewLayout layout)
{
    /// <summary>The view.</summary>
    public ViewLayout Layout { get; } = layout;

    /// <summary>The view's name in code.</summary>
    public string Name => Layout.View.TypeName;

    /// <summary>The interface of its hooks.</summary>
    public string HooksInterface => "I" + Name + "Hooks";

    /// <summary>Type parameters of a method that calls hooks.</summary>
    public string Generic => Layout.NeedsHooks ? "<THooks>" : "";

    /// <summary>Constraint of a method that calls hooks.</summary>
    public string Constraint => Layout.NeedsHooks ? " where THooks : struct, " + HooksInterface : "";

    /// <summary>The hooks as a parameter between others.</summary>
    public string Parameter => Layout.NeedsHooks ? ", ref THooks hooks" : "";

    /// <summary>The hooks as an argument after others.</summary>
    public string Argument => Layout.NeedsHooks ? ", ref hooks" : "";
}
