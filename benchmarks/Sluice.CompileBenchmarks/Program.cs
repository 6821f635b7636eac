using Sluice.CompileBenchmarks;

// "edits", "csc", "read", "scale" and "scale full" measure one thing; without an argument all but the last two, which want a process of its own.
string what = args.Length == 0 ? "" : args[0];
if (what is "" or "edits")
{
    Edits.Print("registers.xml", Boards.Own(), "Registers/Blocks/nwl-bridge.xml");
    Edits.Print("registers.xml", Boards.Own(), "Registers/Blocks/gicv2m.xml");
    Edits.Print("registers.xml and zynqmp.xml", Boards.All(), "Registers/Blocks/ps-gtr.xml");
}

if (what is "" or "csc")
{
    Compiler.Print("registers.xml", Boards.Own());
    Compiler.Print("registers.xml and zynqmp.xml", Boards.All());
}

if (what is "" or "read")
{
    Reading.Print(args.Length > 1 ? args[1..] : []);
}

if (what is "scale")
{
    Scale.Print(isFull: args.Length > 1 && args[1] == "full");
}
