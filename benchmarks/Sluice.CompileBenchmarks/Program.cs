using Sluice.CompileBenchmarks;

// "edits" and "csc" measure the one or the other; without an argument both.
string what = args.Length == 0 ? "" : args[0];
if (what is "" or "edits")
{
    Edits.Print("registers.xml", Boards.Own(), "Registers/Blocks/nwl-bridge.xml");
    Edits.Print("registers.xml", Boards.Own(), "Registers/Blocks/gicv2m.xml");
}

if (what is "" or "csc")
{
    Compiler.Print("registers.xml", Boards.Own());
    Compiler.Print("registers.xml and zynqmp.xml", Boards.All());
}
