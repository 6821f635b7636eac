using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Sluice.Passthrough.Tests.Interleavings;

/// <summary>
/// Lets several processors run one at a time, and switches between them only where they say that they can be interrupted: at each access to hardware and each call to what stands
/// beside the core. Which one goes on is the caller's choice, so that every order can be tried, and tried again.
/// </summary>
internal sealed class DeterministicScheduler : IDisposable
{
    private readonly Processor[] _processors;
    private readonly Dictionary<int, int> _locks = [];

    [ThreadStatic]
    private static Processor? t_current;

    public DeterministicScheduler(int count)
    {
        _processors = new Processor[count];
        for (int index = 0; index < count; index++)
        {
            _processors[index] = new Processor(index);
        }
    }

    /// <summary>Whether locks are taken at all: without them one sees what they are good for.</summary>
    public bool Locks { get; set; } = true;

    /// <summary>Runs all programs to their end.</summary>
    /// <param name="programs">One for each processor.</param>
    /// <param name="choose">Is given those that can go on, in their order, and the one that ran last (-1 at first); says which one goes on.</param>
    /// <param name="between">Called between any two steps, when none of them runs.</param>
    public void Run(IReadOnlyList<Action> programs, Func<IReadOnlyList<int>, int, int> choose, Action between)
    {
        _locks.Clear();
        for (int index = 0; index < _processors.Length; index++)
        {
            _processors[index].Begin(programs[index]);
        }

        int last = -1;
        List<int> ready = [];
        while (true)
        {
            ready.Clear();
            bool isOver = true;
            foreach (Processor processor in _processors)
            {
                isOver &= processor.IsDone;
                if (!processor.IsDone && !(processor.WaitsFor is { } wanted && _locks.ContainsKey(wanted)))
                {
                    ready.Add(processor.Index);
                }
            }

            if (isOver)
            {
                break;
            }

            if (ready.Count == 0)
            {
                throw new InvalidOperationException("deadlock");
            }

            last = choose(ready, last);
            Processor chosen = _processors[last];
            if (chosen.WaitsFor is { } granted)
            {
                _locks[granted] = last;
                chosen.WaitsFor = null;
            }

            chosen.GoOn();
            between();
        }

        foreach (Processor processor in _processors)
        {
            processor.Rethrow();
        }
    }

    /// <summary>A processor may be interrupted here. Elsewhere than on one of the processors this does nothing.</summary>
    public static void Yield() => t_current?.Pause();

    /// <summary>Takes a lock.</summary>
    public void Enter(int name)
    {
        if (Locks && t_current is { } processor)
        {
            processor.WaitsFor = name;
            processor.Pause();
        }
    }

    /// <summary>Lets go of a lock.</summary>
    public void Exit(int name)
    {
        if (Locks)
        {
            _locks.Remove(name);
        }
    }

    public void Dispose()
    {
        foreach (Processor processor in _processors)
        {
            processor.Dispose();
        }
    }

    private sealed class Processor : IDisposable
    {
        private readonly SemaphoreSlim _go = new(0);
        private readonly SemaphoreSlim _paused = new(0);
        private readonly Thread _thread;
        private Action? _program;
        private ExceptionDispatchInfo? _failure;
        private bool _ends;

        public Processor(int index)
        {
            Index = index;
            _thread = new Thread(Work) { IsBackground = true };
            _thread.Start();
        }

        public int Index { get; }

        public int? WaitsFor { get; set; }

        public bool IsDone { get; private set; }

        public void Begin(Action program)
        {
            _program = program;
            _failure = null;
            WaitsFor = null;
            IsDone = false;
        }

        public void GoOn()
        {
            _go.Release();
            _paused.Wait();
        }

        public void Pause()
        {
            _paused.Release();
            _go.Wait();
        }

        public void Rethrow() => _failure?.Throw();

        public void Dispose()
        {
            _ends = true;
            _go.Release();
            _thread.Join();
            _go.Dispose();
            _paused.Dispose();
        }

        private void Work()
        {
            while (true)
            {
                _go.Wait();
                if (_ends)
                {
                    return;
                }

                t_current = this;
                try
                {
                    _program!();
                }
                catch (Exception exception)
                {
                    // Whatever it is, it is the test's to see: on its own thread.
                    _failure = ExceptionDispatchInfo.Capture(exception);
                }

                t_current = null;
                IsDone = true;
                _paused.Release();
            }
        }
    }
}
