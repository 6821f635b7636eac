using System;
using Sluice.Samples.InProcess;

// The same walk as that of the EL2 image: a guest finds its function, sizes and places its memory, sets up MSI-X, and lets it copy memory. Then the
// negative control: with the function's stream in quarantine the same copy must not happen.
Console.WriteLine("== the function passed through");
bool passed = Walk.Run(Console.Out, quarantined: false);
Console.WriteLine();
Console.WriteLine("== negative control: the function's stream aborts");
bool controlled = Walk.Run(Console.Out, quarantined: true);
Console.WriteLine();
Console.WriteLine(passed && controlled ? "passed" : "failed");
return passed && controlled ? 0 : 1;
