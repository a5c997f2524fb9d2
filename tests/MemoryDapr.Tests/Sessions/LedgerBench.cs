using System.Text.Json;
using MemoryDapr.Sessions;
using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Tests.Sessions;

/// <summary>Drives a ledger as its actor does: what it changed is saved as JSON, and the next step begins with what was saved.</summary>
internal sealed class LedgerBench
{
    private readonly Dictionary<long, string> _pages = [];
    private string _state = JsonSerializer.Serialize(new SessionState(), MemoryJson.Options);

    public static SessionKey Key { get; } = new("acme", "s1");

    public SessionsOptions Options { get; } = new();

    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);

    public SessionState State => Load().State;

    public IReadOnlyList<Turn> Held => [.. Load().Turns];

    public int PageCount => _pages.Count;

    public SessionLedger Load() => new(
        Key,
        Options,
        JsonSerializer.Deserialize<SessionState>(_state, MemoryJson.Options)!,
        _pages.Values.Select(page => JsonSerializer.Deserialize<SessionPage>(page, MemoryJson.Options)!));

    public T Do<T>(Func<SessionLedger, T> step)
    {
        SessionLedger ledger = Load();
        T result = step(ledger);
        foreach (SessionPage page in ledger.ChangedPages)
        {
            _pages[page.Number] = JsonSerializer.Serialize(page, MemoryJson.Options);
        }

        foreach (long number in ledger.RemovedPages)
        {
            _pages.Remove(number);
        }

        _state = JsonSerializer.Serialize(ledger.State, MemoryJson.Options);
        return result;
    }

    public void Do(Action<SessionLedger> step) => Do(ledger =>
    {
        step(ledger);
        return true;
    });

    /// <summary>Appends; where the session asks for its history it gets this one.</summary>
    public Outcome<AppendResult> Append(IReadOnlyList<Turn> turns, string? user = null, SessionRecord? record = null, params IReadOnlyList<KnownTurn> known)
    {
        var request = new AppendRequest(Key.Tenant, Key.SessionId, user, turns);
        AppendAnswer answer = Do(ledger => ledger.Append(request, null, Now));
        return answer.Outcome
            ?? Do(ledger => ledger.Append(request, new SessionHistory(answer.HistoryEpoch!.Value, record, known), Now)).Outcome!;
    }

    public Outcome<AppendResult> Append(params ReadOnlySpan<string> ids) => Append([.. ids.ToArray().Select(id => Turn(id))]);

    /// <summary>Indexes, schedules and distils all there is.</summary>
    public PendingWork Settle()
    {
        PendingWork work = Do(ledger => ledger.ReadPending(new PendingQuery(10_000, int.MaxValue), Now))!;
        Do(ledger => ledger.Advance(new SessionProgress(work.Record.IndexedTo, State.PlannedTo, [])));
        Do(ledger => ledger.AdvanceDistilled(State.PlannedTo));
        return work;
    }

    public static Turn Turn(string id, string content = "Hello") => new()
    {
        Id = id,
        Role = TurnRole.User,
        Content = content,
        HasClientId = true,
        At = new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero),
    };

    public static IReadOnlyList<Turn> Turns(int from, int count) => [.. Enumerable.Range(from, count).Select(i => Turn($"t{i}"))];
}
