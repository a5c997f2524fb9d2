using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

/// <summary>
/// A session's rules, free of any I/O: what an append, a step of progress or an erasure makes of its state and pages. The actor loads
/// it, lets it decide, and saves what it changed.
/// </summary>
internal sealed partial class SessionLedger
{
    /// <summary>
    /// Held turns that stay although they are indexed and outside the window: repeated requests are mostly about the
    /// newest turns, and these are answered without asking the store.
    /// </summary>
    private const int RetainedTurns = 200;

    /// <summary>The most turns of one pipeline: what was left behind for long is distilled in parts.</summary>
    private const int MaxTurnsPerPipeline = 200;

    private readonly SessionKey _key;
    private readonly SessionsOptions _options;
    private readonly SortedDictionary<long, SessionPage> _pages;
    private readonly HashSet<long> _changed = [];
    private readonly HashSet<long> _removed = [];
    private readonly SessionState _loaded;

    public SessionLedger(SessionKey key, SessionsOptions options, SessionState state, IEnumerable<SessionPage> pages)
    {
        _key = key;
        _options = options;
        _loaded = state;
        State = state;
        _pages = new SortedDictionary<long, SessionPage>(pages.ToDictionary(page => page.Number));
    }

    public SessionState State { get; private set; }

    /// <summary>Whether there is anything to save.</summary>
    public bool HasChanges => !ReferenceEquals(State, _loaded);

    /// <summary>The pages that have to be saved.</summary>
    public IEnumerable<SessionPage> ChangedPages => _changed.Order().Select(number => _pages[number]);

    /// <summary>The numbers of the pages that have to be removed.</summary>
    public IEnumerable<long> RemovedPages => _removed.Order();

    /// <summary>The held turns in order.</summary>
    public IEnumerable<Turn> Turns => _pages.Values.SelectMany(page => page.Turns);

    /// <summary>The held turns from an ordinal on, in order.</summary>
    public IEnumerable<Turn> TurnsFrom(long ordinal) => Turns.SkipWhile(turn => turn.Ordinal < ordinal);

    /// <summary>The session as it is now; null if it is closed.</summary>
    public SessionSnapshot? Snapshot() => State.IsOpen
        ? new SessionSnapshot(
            State.ToRecord(_key, State.NextOrdinal, State.TurnCount) with { IndexedTo = State.IndexedTo },
            [.. Turns.TakeLast(_options.Window)],
            State.ExpiresAt(_options))
        : null;

    private string PipelineIdAt(long watermark) => PipelineId.ForDistill(_key.Tenant, _key.SessionId, watermark);

    private void ReplacePage(SessionPage page)
    {
        _pages[page.Number] = page;
        _changed.Add(page.Number);
    }

    private void RemovePage(long number)
    {
        _pages.Remove(number);
        _changed.Remove(number);
        _removed.Add(number);
    }

    private void Plan(int atLeast, DateTimeOffset now)
    {
        while (State.NextOrdinal - State.PlannedTo >= atLeast)
        {
            long to = Math.Min(State.NextOrdinal, State.PlannedTo + MaxTurnsPerPipeline);
            State = State with
            {
                Unscheduled = [.. State.Unscheduled, new PlannedPipeline(State.PlannedTo, to, now)],
                Watermarks = [.. State.Watermarks, to],
                PlannedTo = to,
            };
        }
    }

    /// <summary>
    /// Lets go of the oldest pages once nothing needs them: neither the window nor indexing. Distillation reads from the store.
    /// </summary>
    private void Trim()
    {
        int after = Turns.Count();
        int keep = Math.Max(RetainedTurns, _options.Window);
        while (_pages.Count > 1)
        {
            SessionPage first = _pages[State.FirstPage];
            after -= first.Turns.Count;
            if (after < keep || (first.Turns.Count > 0 && first.Turns[^1].Ordinal >= State.IndexedTo))
            {
                break;
            }

            RemovePage(State.FirstPage);
            State = State with { FirstPage = State.FirstPage + 1, Epoch = State.Epoch + 1, ChecksHistory = true };
        }

        long firstHeld = Turns.FirstOrDefault()?.Ordinal ?? State.NextOrdinal;
        if (State.Watermarks.Count > 0 && State.Watermarks[0] <= firstHeld)
        {
            State = State with { Watermarks = [.. State.Watermarks.Where(watermark => watermark > firstHeld)] };
        }
    }

    /// <summary>
    /// Lets go of everything. What stays is what the next life of the session must know.
    /// </summary>
    private void Close(long nextOrdinal, bool checksHistory)
    {
        foreach (long number in _pages.Keys.ToList())
        {
            RemovePage(number);
        }

        State = new SessionState
        {
            NextOrdinal = Math.Max(State.NextOrdinal, nextOrdinal),
            Epoch = State.Epoch + 1,
            ChecksHistory = checksHistory,
        };
    }
}
