using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Testing.Platform.Builder;
using Microsoft.Testing.Platform.Capabilities.TestFramework;
using Microsoft.Testing.Platform.Extensions.Messages;
using Microsoft.Testing.Platform.Extensions.TestFramework;
using Microsoft.Testing.Platform.Requests;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Sluice.Mutation;

/// <summary>
/// The tests of this assembly as one process that stays: xunit 2 knows no such host, and one that starts anew for every change of the core takes seconds to start.
/// </summary>
internal sealed class MutationTests : Microsoft.Testing.Platform.Extensions.TestFramework.ITestFramework, IDataProducer
{
    private readonly Lazy<Dictionary<string, ITestCase>> _cases = new(Find);
    private readonly Dictionary<string, decimal> _seconds = new(StringComparer.Ordinal);

    public string Uid => nameof(MutationTests);

    public string Version => "1";

    public string DisplayName => "xunit 2";

    public string Description => "Runs the tests of this assembly as often as it is asked.";

    public Type[] DataTypesProduced => [typeof(TestNodeUpdateMessage)];

    public Task<bool> IsEnabledAsync() => Task.FromResult(true);

    public Task<CreateTestSessionResult> CreateTestSessionAsync(CreateTestSessionContext context) => Task.FromResult(new CreateTestSessionResult { IsSuccess = true });

    public Task<CloseTestSessionResult> CloseTestSessionAsync(CloseTestSessionContext context) => Task.FromResult(new CloseTestSessionResult { IsSuccess = true });

    public async Task ExecuteRequestAsync(ExecuteRequestContext context)
    {
        try
        {
            TestExecutionRequest request = (TestExecutionRequest)context.Request;
            List<ITestCase> wanted = [.. Wanted(request.Filter)];
            if (request is DiscoverTestExecutionRequest)
            {
                foreach (ITestCase found in wanted)
                {
                    await context.MessageBus.PublishAsync(this, Message(request, found, DiscoveredTestNodeStateProperty.CachedInstance)).ConfigureAwait(false);
                }
                return;
            }

            ActiveChange.Tell();
            bool goesOn = true;
            foreach (IEnumerable<ITestCase> cases in wanted.GroupBy(Cost).OrderBy(static group => group.Key))
            {
                foreach ((ITestCase ran, string? failure) in goesOn ? Run(cases, context.CancellationToken) : [])
                {
                    goesOn &= failure is null;
                    TestNodeStateProperty state = failure is null ? PassedTestNodeStateProperty.CachedInstance : new FailedTestNodeStateProperty(failure);
                    await context.MessageBus.PublishAsync(this, Message(request, ran, state)).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            context.Complete();
        }
    }

    private static async Task<int> Main(string[] arguments)
    {
        ITestApplicationBuilder builder = await TestApplication.CreateBuilderAsync(arguments).ConfigureAwait(false);
        _ = builder.RegisterTestFramework(_ => new TestFrameworkCapabilities(), (_, _) => new MutationTests());
        using ITestApplication application = await builder.BuildAsync().ConfigureAwait(false);
        return await application.RunAsync().ConfigureAwait(false);
    }

    private static Dictionary<string, ITestCase> Find()
    {
        using XunitTestFramework framework = new(new Collector());
        using ITestFrameworkDiscoverer discoverer = framework.GetDiscoverer(Reflector.Wrap(Assembly.GetExecutingAssembly()));
        Collector found = new();
        discoverer.Find(includeSourceInformation: false, found, new Options());
        found.Finished.Wait();
        return found.Cases.ToDictionary(c => c.UniqueID, StringComparer.Ordinal);
    }

    /// <summary>Ends with the first failure: a change that one test notices needs no other.</summary>
    private List<(ITestCase Case, string? Failure)> Run(IEnumerable<ITestCase> wanted, CancellationToken cancellation)
    {
        using XunitTestFramework framework = new(new Collector());
        using ITestFrameworkExecutor executor = framework.GetExecutor(Assembly.GetExecutingAssembly().GetName());
        Collector ran = new(cancellation);
        Options options = new();

        // One after the other: the tool runs as many processes as there are processors, and a run that ends early ends at once.
        options.SetValue("xunit.execution.DisableParallelization", true);
        executor.RunTests(wanted, ran, options);
        ran.Finished.Wait(CancellationToken.None);
        foreach ((string test, decimal seconds) in ran.Seconds)
        {
            _seconds[test] = seconds;
        }

        return ran.Results;
    }

    /// <summary>The order in which tests are asked: quick ones first, for most changes are noticed by one of them.</summary>
    private int Cost(ITestCase test) => _seconds.GetValueOrDefault(test.UniqueID) switch { < 0.02m => 0, < 0.2m => 1, _ => 2 };

    private static TestNodeUpdateMessage Message(TestExecutionRequest request, ITestCase test, TestNodeStateProperty state)
        => new(request.Session.SessionUid, new TestNode { Uid = test.UniqueID, DisplayName = test.DisplayName, Properties = new PropertyBag(state) });

    private IEnumerable<ITestCase> Wanted(ITestExecutionFilter filter)
        => filter is TestNodeUidListFilter some
            ? some.TestNodeUids.Select(id => _cases.Value.GetValueOrDefault(id.Value)).OfType<ITestCase>()
            : _cases.Value.Values.OrderBy(c => c.UniqueID, StringComparer.Ordinal);

    private sealed class Options : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        private readonly Dictionary<string, object?> _values = new(StringComparer.Ordinal);

        public TValue GetValue<TValue>(string name) => _values.TryGetValue(name, out object? value) ? (TValue)value! : default!;

        public void SetValue<TValue>(string name, TValue value) => _values[name] = value;
    }

    private sealed class Collector(CancellationToken cancellation = default) : IMessageSink
    {
        private readonly Dictionary<string, string> _failures = new(StringComparer.Ordinal);

        public ManualResetEventSlim Finished { get; } = new();

        public List<ITestCase> Cases { get; } = [];

        public List<(ITestCase Case, string? Failure)> Results { get; } = [];

        public List<(string Test, decimal Seconds)> Seconds { get; } = [];

        public bool OnMessage(IMessageSinkMessage message)
        {
            lock (_failures)
            {
                switch (message)
                {
                    case ITestCaseDiscoveryMessage found: Cases.Add(found.TestCase); break;
                    case ITestFailed failed: _failures[failed.TestCase.UniqueID] = string.Join('\n', failed.Messages); break;
                    case IErrorMessage error: Note(error.TestCases, error.Messages); break;
                    case ITestClassCleanupFailure error: Note(error.TestCases, error.Messages); break;
                    case ITestCollectionCleanupFailure error: Note(error.TestCases, error.Messages); break;
                    case ITestCaseFinished ended:
                        Seconds.Add((ended.TestCase.UniqueID, ended.ExecutionTime));
                        Results.Add((ended.TestCase, _failures.GetValueOrDefault(ended.TestCase.UniqueID)));
                        break;
                    case IDiscoveryCompleteMessage: Finished.Set(); break;
                    case ITestAssemblyFinished: Finished.Set(); break;
                    default: break;
                }
                return _failures.Count == 0 && !cancellation.IsCancellationRequested;
            }
        }

        private void Note(IEnumerable<ITestCase> cases, string[] messages)
        {
            foreach (ITestCase one in cases)
            {
                _failures[one.UniqueID] = string.Join('\n', messages);
                Results.Add((one, _failures[one.UniqueID]));
            }
        }
    }
}
