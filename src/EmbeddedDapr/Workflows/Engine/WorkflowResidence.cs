using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace EmbeddedDapr.Workflows;

/// <summary>Keeps a bounded number of runs in memory and fetches those that are due from the database when there is room.</summary>
internal sealed partial class WorkflowResidence(WorkflowServices workflows, Action<ResidentWorkflow> wake) : IWorkflowResidence
{
    /// <summary>Runs in memory: those that have activities to wait for. The rest wait in the database, the longest due first.</summary>
    private const int MaxResidents = 1000;

    /// <summary>Runs fetched with one statement: room for more keeps the others' commits waiting.</summary>
    private const int FetchSize = 100;

    private static readonly TimeSpan RestAfterFault = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<long, ResidentWorkflow> _residents = new();

    private readonly Channel<bool> _wishes =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private int _reserved;
    private long _nextDue = long.MaxValue;
    private volatile bool _isOpen;
    private volatile bool _othersWait;

    /// <summary>Lets runs in; before and after, they wait in the database.</summary>
    public void Open() => _isOpen = true;

    public void Close() => _isOpen = false;

    /// <returns>Whether a new run may enter at once; its place is then reserved.</returns>
    public bool TryReserve() => _isOpen && !_othersWait && Reserve(1) == 1;

    public void Unreserve(int places)
    {
        Interlocked.Add(ref _reserved, -places);
        if (_othersWait)
            Wake();
    }

    /// <summary>Takes a run in on a reserved place.</summary>
    public void Enter(WorkflowRun run, bool isNew)
    {
        var workflow = new ResidentWorkflow(run) { IsNew = isNew };
        _residents[run.Number] = workflow;
        wake(workflow);
    }

    public void Leave(ResidentWorkflow workflow)
    {
        if (!workflow.TryLeave())
            return;

        _residents.TryRemove(workflow.Run.Number, out _);
        workflow.Dispose();
        Unreserve(1);
    }

    public void Evict(long run)
    {
        if (_residents.TryGetValue(run, out ResidentWorkflow? workflow))
            Leave(workflow);
    }

    public void WakeBy(long dueAt)
    {
        if (dueAt < Volatile.Read(ref _nextDue))
            Wake();
    }

    /// <summary>Fetches what is due, now and whenever something becomes due, until <paramref name="stopping"/>.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await using ITimer timer = workflows.Time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Wake();
        try
        {
            while (true)
            {
                await _wishes.Reader.ReadAsync(stopping);
                TimeSpan pause;
                try
                {
                    pause = await FetchDueAsync(stopping);
                }
                catch (SqliteException exception)
                {
                    LogFetchFailed(workflows.Logger, exception);
                    pause = RestAfterFault;
                }

                timer.Change(pause, Timeout.InfiniteTimeSpan);
                if (Volatile.Read(ref _nextDue) <= Now())
                {
                    // The clock moved while the timer was set (a machine that slept, say): the timer counts from too late a moment.
                    Wake();
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    /// <returns>How long nothing more is due.</returns>
    private async Task<TimeSpan> FetchDueAsync(CancellationToken stopping)
    {
        while (true)
        {
            // Whoever becomes due while we look wakes us again.
            Volatile.Write(ref _nextDue, long.MaxValue);
            long? next = await workflows.Store.NextDueAsync(stopping);
            long now = Now();
            if (next is null || next > now)
            {
                _othersWait = false;
                Volatile.Write(ref _nextDue, next ?? long.MaxValue);
                return next is null ? Timeout.InfiniteTimeSpan : Min(TimeSpan.FromMilliseconds(next.Value - now), LongestWait);
            }

            // Said before the places are counted: one that gets free after the count wakes us.
            _othersWait = true;
            int places = Reserve(FetchSize);
            if (places == 0)
                return Timeout.InfiniteTimeSpan;

            List<WorkflowRun> runs = [];
            try
            {
                runs = await workflows.Store.ClaimDueAsync(now, places, stopping);
            }
            finally
            {
                Unreserve(places - runs.Count);
            }

            foreach (WorkflowRun run in runs)
                Enter(run, isNew: false);
        }
    }

    private static TimeSpan Min(TimeSpan left, TimeSpan right) => left < right ? left : right;

    /// <returns>How many places were free and are now reserved.</returns>
    private int Reserve(int wanted)
    {
        int reserved = Interlocked.Add(ref _reserved, wanted);
        int excess = Math.Clamp(reserved - MaxResidents, 0, wanted);
        if (excess > 0)
            Interlocked.Add(ref _reserved, -excess);

        return wanted - excess;
    }

    private long Now() => workflows.Time.GetUtcNow().ToUnixTimeMilliseconds();

    private void Wake() => _wishes.Writer.TryWrite(true);
}
