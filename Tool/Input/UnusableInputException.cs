using System;

namespace Sluice.Tool.Input;

/// <summary>What the tool was given cannot be worked on; the message says what and why, in words for the terminal.</summary>
internal sealed class UnusableInputException(string message) : Exception(message);
