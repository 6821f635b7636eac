using System.Runtime.Versioning;

// These tests run bash scripts and set file modes.
[assembly: SupportedOSPlatform("linux")]
