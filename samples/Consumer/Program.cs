using System;
using Consumer;
using Sluice.Registers;

// One description, both sides of it: a driver, and the port that it drives.
var uart = new EmulatedUart();
var driver = new UartDriver<EmulatedBus>(new EmulatedBus(uart));

driver.Start(divider: 26);
driver.Send("hello");
Console.WriteLine($"sent: {uart.Sent}");

uart.Arrive('a');
uart.Arrive('b');
bool received = driver.TryReceive(out char character, out bool lost);
Console.WriteLine($"received: {(received ? character : '-')}, lost: {lost}");
_ = driver.TryReceive(out _, out lost);
Console.WriteLine($"after that, lost: {lost}");

// What a guest writes is held to the description: 250 is more than the divider may be, and the parity 3 has no name.
AccessResult result = uart.Write(Consumer.Blocks.Uart.BaseAddress + Consumer.Blocks.Uart.Offsets.Control, AccessWidth.Word, 0xFA07);
Console.WriteLine($"{result}: divider {uart.Control.Divider}, parity {uart.Control.Parity}");
