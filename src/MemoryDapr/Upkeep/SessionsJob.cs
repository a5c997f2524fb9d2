using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Upkeep;

/// <summary>Finds sessions whose end was not distilled although nothing has come for a while, and wakes them.</summary>
internal sealed class SessionsJob(IMemoryStore store, ISessionWindows windows, UpkeepOptions options, TimeProvider time) : IUpkeepJob
{
    private const int PageSize = 500;

    public string Name => "sessions";

    public TimeSpan Period => options.SessionsPeriod;

    public async Task<Backlog> RunAsync(Func<Task> beat, CancellationToken cancellationToken)
    {
        DateTimeOffset before = time.GetUtcNow() - options.SessionsPeriod;
        Backlog backlog = Backlog.None;
        var attempts = new Attempts(cancellationToken);
        string? cursor = null;
        do
        {
            Page<SessionRecord> sessions =
                await store.ListSessionsAsync(new SessionQuery(null, null, OnlyBehind: true, cursor, PageSize), cancellationToken);
            foreach (SessionRecord session in sessions.Items.Where(session => session.LastActiveAt < before))
            {
                backlog = backlog.With(session.LastActiveAt);
                await attempts.TryAsync(cancellation => windows.CatchUpAsync(session.Scope.Tenant, session.SessionId, cancellation));
            }

            cursor = sessions.NextCursor;
            await beat();
        }
        while (cursor is not null);

        attempts.ThrowIfFailed();
        return backlog;
    }
}
