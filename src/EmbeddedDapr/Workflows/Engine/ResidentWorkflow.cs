using System.Collections.Concurrent;

namespace EmbeddedDapr.Workflows;

/// <summary>A run in memory: its code as far as it has come, and what has come in for it.</summary>
internal sealed class ResidentWorkflow(WorkflowRun run) : IDisposable
{
    private const int Idle = 0;
    private const int Queued = 1;
    private const int Running = 2;
    private const int RunningAndWanted = 3;

    private readonly ConcurrentQueue<HistoryEvent> _inbox = new();
    private ITimer? _timer;
    private int _turn;
    private int _hasLeft;

    public WorkflowRun Run { get; } = run;

    /// <summary>Whether nothing of it can be in the history yet.</summary>
    public bool IsNew { get; set; }

    /// <summary>Null until its history has been replayed.</summary>
    public WorkflowExecution? Execution { get; set; }

    /// <summary>Whether it is in memory no more: what still comes in for it is dropped.</summary>
    public bool HasLeft => Volatile.Read(ref _hasLeft) == 1;

    public bool HasInbox => !_inbox.IsEmpty;

    /// <summary>Notes what has come in; it is taken up in the run's next turn.</summary>
    public void Receive(HistoryEvent completion) => _inbox.Enqueue(completion);

    public List<HistoryEvent> TakeInbox()
    {
        var events = new List<HistoryEvent>();
        while (_inbox.TryDequeue(out HistoryEvent? next))
            events.Add(next);

        return events;
    }

    /// <summary>Wants a turn for the run. It is in the queue, or in a turn, at most once.</summary>
    /// <returns>True for the one who is to queue it.</returns>
    public bool TryQueue()
    {
        while (true)
        {
            int turn = Volatile.Read(ref _turn);
            int wanted = turn switch
            {
                Idle => Queued,
                Running => RunningAndWanted,
                _ => turn,
            };
            if (Interlocked.CompareExchange(ref _turn, wanted, turn) == turn)
                return turn == Idle;
        }
    }

    public void BeginTurn() => Volatile.Write(ref _turn, Running);

    /// <returns>True when another turn was wanted meanwhile: it is to be queued again.</returns>
    public bool EndTurn()
    {
        if (Interlocked.CompareExchange(ref _turn, Idle, Running) == Running)
            return false;

        Volatile.Write(ref _turn, Queued);
        return true;
    }

    /// <returns>True for the first who asks.</returns>
    public bool TryLeave() => Interlocked.Exchange(ref _hasLeft, 1) == 0;

    /// <summary>Wakes the run after <paramref name="delay"/>, instead of any earlier wish.</summary>
    public void WakeAfter(TimeSpan delay, TimeProvider time, Action wake)
    {
        _timer ??= time.CreateTimer(static state => ((Action)state!)(), wake, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer?.Dispose();
}
