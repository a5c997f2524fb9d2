using EmbeddedDapr.Storage;
using EmbeddedDapr.Tests.Workflows;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.Storage;

public sealed class ReadTests : IAsyncLifetime
{
    private static readonly RowQuery Find = new("SELECT data, weight, at FROM things WHERE id IN (?1, ?2) ORDER BY id");

    private readonly TemporaryFolder _folder = new();
    private GroupCommitDatabase _database = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _database = GroupCommitDatabase.Open(
            Path.Combine(_folder.Path, "things.db"),
            session => session.Execute("CREATE TABLE IF NOT EXISTS things (id INTEGER PRIMARY KEY, data BLOB, weight REAL, at INTEGER)"),
            maxReaders: 1);
        await AddAsync(1, "one"u8.ToArray(), 0.5, long.MaxValue);
        await AddAsync(2, [], 1, -1);
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Prepare_RunAgainAndAgain_AnswersEachRowAndNoOther()
    {
        (string, double, long)?[] found = await _database.ReadAsync(
            session => new[] { 1L, 3, 2, 1 }.Select(id => Read(session, id)).ToArray(), Cancellation);

        found.ShouldBe([("one", 0.5, long.MaxValue), null, ("", 1, -1), ("one", 0.5, long.MaxValue)]);
    }

    [Fact]
    public async Task Step_SeveralRows_GoesThroughThemAndStartsAnewAfterReset()
    {
        long[] seen = await _database.ReadAsync(
            session =>
            {
                SqliteRowStatement statement = session.Prepare(Find);
                statement.Bind(1, 2);
                statement.Bind(2, 1);
                statement.Step();
                statement.Reset();
                List<long> times = [];
                while (statement.Step())
                {
                    times.Add(statement.Number(2));
                }

                statement.Reset();
                return times.ToArray();
            },
            Cancellation);

        seen.ShouldBe([long.MaxValue, -1]);
    }

    [Fact]
    public async Task Prepare_SqlThatIsWrong_ThrowsAndTheReaderStaysUsable()
    {
        await Should.ThrowAsync<SqliteException>(() => _database.ReadAsync(session => session.Prepare(new RowQuery("SELECT nothing FROM nowhere")), Cancellation));
        await Should.ThrowAsync<SqliteException>(() => _database.ReadAsync(
            session =>
            {
                session.Prepare(new RowQuery("DELETE FROM things")).Run();
                return 0;
            },
            Cancellation));

        (await _database.ReadAsync(session => Read(session, 1), Cancellation)).ShouldNotBeNull();
    }

    [Fact]
    public async Task ReadAsync_RowsWrittenMeanwhile_AreSeenByTheNextReadOnly()
    {
        bool during = await _database.ReadAsync(
            session =>
            {
                Read(session, 1);
                using var writer = SqliteSession.Open(_database.Path, readOnly: false);
                writer.Execute("INSERT INTO things (id, data, weight, at) VALUES (7, x'00', 0, 0)");
                return Read(session, 7) is not null;
            },
            Cancellation);

        during.ShouldBeFalse();
        (await _database.ReadAsync(session => Read(session, 7), Cancellation)).ShouldNotBeNull();
    }

    private static (string Data, double Weight, long At)? Read(SqliteSession session, long id)
    {
        SqliteRowStatement statement = session.Prepare(Find);
        statement.Bind(1, id);
        statement.Bind(2, 0);
        (string, double, long)? row = statement.Step()
            ? (System.Text.Encoding.UTF8.GetString(statement.Bytes(0)), statement.Real(1), statement.Number(2))
            : null;
        statement.Reset();
        return row;
    }

    private Task AddAsync(long id, byte[] data, double weight, long at) => _database.WriteAsync(
        session =>
        {
            session.Execute("INSERT INTO things (id, data, weight, at) VALUES ($0, $1, $2, $3)", id, data, weight, at);
        },
        Cancellation);
}
