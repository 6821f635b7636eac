using System;
using Sluice.Tool.Commands;

return SluiceCommand.Run(args, Console.Out, Console.Error);
