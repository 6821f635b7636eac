using System;

namespace Sluice.Testing.Diagnostics;

/// <summary>The diagnostics of a test are not those that its text marks; the message shows each place.</summary>
public sealed class UnexpectedDiagnosticsException(string message) : Exception(message);
