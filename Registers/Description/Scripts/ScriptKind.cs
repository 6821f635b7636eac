namespace Sluice.Registers.Description;

/// <summary>Who runs a script.</summary>
public enum ScriptKind
{
    /// <summary>U-Boot's shell (hush), with the commands mw, setexpr, itest and sleep.</summary>
    UBoot,

    /// <summary>AMD's debugger xsdb: Tcl, with the commands mrd and mwr.</summary>
    Xsdb,
}
