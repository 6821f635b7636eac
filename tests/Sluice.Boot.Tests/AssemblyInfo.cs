using System.Runtime.Versioning;
using Xunit;

// These tests run bash scripts and set file modes.
[assembly: SupportedOSPlatform("linux")]
// A boot keeps both of a small machine's cores busy; a second one beside it would only make the bounds on time unfair.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
