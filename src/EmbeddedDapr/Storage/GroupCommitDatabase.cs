using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;

namespace EmbeddedDapr.Storage;

/// <summary>
/// A SQLite file with one writer and many readers. Writes that wait at the same time share one transaction, so that many callers
/// pay for one sync of the disk; each caller is answered only after that transaction is committed.
/// </summary>
/// <remarks>
/// A write that throws is undone alone (its savepoint is rolled back) and the others of its group are committed. Writes are applied
/// in the order in which they were handed in. The writer owns a thread: SQLite blocks, and the thread pool is for those who do not.
/// </remarks>
internal sealed class GroupCommitDatabase : IAsyncDisposable
{
    /// <summary>Writes that may share a commit. More saves syncs under load; the first of a group waits for the last.</summary>
    private const int MaxGroupSize = 512;

    /// <summary>Writes that may wait. A caller beyond it waits for room: memory stays bounded when the disk is slower than the callers.</summary>
    private const int MaxWaitingWrites = 8192;

    private static readonly ActivitySource Source = new("EmbeddedDapr.Storage");
    private static readonly RowQuery Begin = new("BEGIN");
    private static readonly RowQuery End = new("ROLLBACK");

    private readonly Channel<PendingWrite> _writes =
        Channel.CreateBounded<PendingWrite>(new BoundedChannelOptions(MaxWaitingWrites) { SingleReader = true });

    private readonly ConcurrentBag<SqliteSession> _idleReaders = [];
    private readonly SemaphoreSlim _readers;
    private readonly SqliteSession _writer;
    private readonly Thread _thread;
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _name;
    private readonly KeyValuePair<string, object?>[] _syncTags;

    private GroupCommitDatabase(string path, SqliteSession writer, int maxReaders)
    {
        Path = path;
        _name = System.IO.Path.GetFileName(path);
        _syncTags = [new("storage.database", _name)];
        _writer = writer;
        _readers = new SemaphoreSlim(maxReaders);
        _thread = new Thread(RunWriter) { IsBackground = true, Name = $"sqlite writer {_name}" };
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>
    /// Opens the file, making it if it is not there, and runs <paramref name="migrate"/> in one transaction before anything else.
    /// </summary>
    public static GroupCommitDatabase Open(string path, Action<SqliteSession> migrate, int maxReaders = 4)
    {
        SqliteSession writer = SqliteSession.Open(path, readOnly: false);
        try
        {
            writer.Execute("BEGIN IMMEDIATE");
            migrate(writer);
            writer.Execute("COMMIT");
        }
        catch
        {
            writer.Dispose();
            throw;
        }

        var database = new GroupCommitDatabase(path, writer, maxReaders);
        database._thread.Start();
        return database;
    }

    /// <summary>Runs <paramref name="write"/> on the writer and answers what it returned once it is durable.</summary>
    /// <exception cref="OperationCanceledException">Cancelled before the writer took it; once taken, it is carried out.</exception>
    public async Task<T> WriteAsync<T>(Func<SqliteSession, T> write, CancellationToken cancellationToken = default)
    {
        var pending = new PendingWrite<T>(write, cancellationToken);
        await _writes.Writer.WriteAsync(pending, cancellationToken);
        return await pending.Task;
    }

    /// <inheritdoc cref="WriteAsync{T}(Func{SqliteSession, T}, CancellationToken)"/>
    public Task WriteAsync(Action<SqliteSession> write, CancellationToken cancellationToken = default) =>
        WriteAsync(
            session =>
            {
                write(session);
                return true;
            },
            cancellationToken);

    /// <summary>Runs <paramref name="read"/> on a reader, which sees the last commit before it began, whatever is written meanwhile.</summary>
    public async Task<T> ReadAsync<T>(Func<SqliteSession, T> read, CancellationToken cancellationToken = default)
    {
        await _readers.WaitAsync(cancellationToken);
        try
        {
            if (!_idleReaders.TryTake(out SqliteSession? session))
            {
                session = SqliteSession.Open(Path, readOnly: true);
            }

            try
            {
                // One transaction: several statements of one read see one state.
                session.Prepare(Begin).Run();
                return read(session);
            }
            finally
            {
                session.Prepare(End).Run();
                _idleReaders.Add(session);
            }
        }
        finally
        {
            _readers.Release();
        }
    }

    /// <summary>Takes no more writes, commits those that wait, and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_writes.Writer.TryComplete())
        {
            await _stopped.Task;
            while (_idleReaders.TryTake(out SqliteSession? reader))
            {
                reader.Dispose();
            }

            _writer.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
            _writer.Dispose();
            _readers.Dispose();
        }
    }

    private void RunWriter()
    {
        var group = new List<PendingWrite>(MaxGroupSize);
        try
        {
            while (WaitForWrites())
            {
                while (group.Count < MaxGroupSize && _writes.Reader.TryRead(out PendingWrite? write))
                {
                    group.Add(write);
                }

                Commit(group);
                group.Clear();
            }
        }
        finally
        {
            _stopped.SetResult();
        }
    }

    private bool WaitForWrites()
    {
        ValueTask<bool> ready = _writes.Reader.WaitToReadAsync();
#pragma warning disable RS0030 // The writer's own thread has nothing else to do than to wait.
        return ready.IsCompleted ? ready.Result : ready.AsTask().GetAwaiter().GetResult();
#pragma warning restore RS0030
    }

    private void Commit(List<PendingWrite> group)
    {
        // The span stands around the whole commit: a listener can tell "before the commit" from "after it".
        using Activity? activity = Source.StartActivity("storage.commit");
        activity?.SetTag("storage.database", _name).SetTag("storage.writes", group.Count);
        try
        {
            _writer.Execute("BEGIN IMMEDIATE");
            foreach (PendingWrite write in group)
            {
                write.Apply(_writer);
            }

            Sync();
        }
#pragma warning disable CA1031 // Whatever went wrong, it is each caller's to know: nothing of this group is durable.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            Rollback();
            foreach (PendingWrite write in group)
            {
                write.Fail(exception);
            }

            return;
        }

        foreach (PendingWrite write in group)
        {
            write.Complete();
        }
    }

    private void Sync()
    {
        // Before this span nothing of the group is durable; after it everything is, and nobody has been told yet.
        using Activity? activity = Source.StartActivity("storage.sync", ActivityKind.Internal, default(ActivityContext), _syncTags);
        _writer.Execute("COMMIT");
    }

    private void Rollback()
    {
        // A failed COMMIT (disk full, say) may leave the transaction open or have ended it already.
        if (SQLitePCL.raw.sqlite3_get_autocommit(_writer.Connection.Handle) == 0)
        {
            _writer.Execute("ROLLBACK");
        }
    }

    private abstract class PendingWrite
    {
        public abstract void Apply(SqliteSession session);

        public abstract void Complete();

        public abstract void Fail(Exception exception);
    }

    private sealed class PendingWrite<T>(Func<SqliteSession, T> write, CancellationToken cancellationToken) : PendingWrite
    {
        private readonly TaskCompletionSource<T> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _failure;

        public Task<T> Task => _completion.Task;

        public override void Apply(SqliteSession session)
        {
            if (cancellationToken.IsCancellationRequested)
            {
                _failure = new OperationCanceledException(cancellationToken);
                return;
            }

            session.Execute("SAVEPOINT one");
            try
            {
                _result = write(session);
                session.Execute("RELEASE one");
            }
#pragma warning disable CA1031 // The caller gets it; the rest of the group goes on.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                _failure = exception;
                session.Execute("ROLLBACK TO one");
                session.Execute("RELEASE one");
            }
        }

        public override void Complete()
        {
            if (_failure is null)
            {
                _completion.SetResult(_result!);
            }
            else
            {
                Fail(_failure);
            }
        }

        public override void Fail(Exception exception)
        {
            if (exception is OperationCanceledException cancelled)
            {
                _completion.TrySetCanceled(cancelled.CancellationToken);
            }
            else
            {
                _completion.TrySetException(exception);
            }
        }
    }
}
