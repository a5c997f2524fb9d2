using System.Globalization;
using MemoryDapr.Crash.Server;

namespace MemoryDapr.Crash.Load;

/// <summary>One client with users and sessions of its own: one request at a time, so that it knows what must be there.</summary>
internal sealed class Writer
{
    private const int MaxOpenSessions = 3;
    private const int MaxCitations = 3;

    private readonly string _name;
    private readonly Random _random;
    private readonly Stories _stories;
    private readonly List<PostedSession> _open = [];
    private IOperation? _pending;
    private int _ids;

    public Writer(int number, int seed)
    {
        _name = string.Create(CultureInfo.InvariantCulture, $"w{number}");
        _random = new Random((seed * 31) + number);
        _stories = new Stories(_random);
    }

    /// <summary>Every session that this client ever began.</summary>
    public List<PostedSession> Sessions { get; } = [];

    /// <summary>Carries out what the last server did not answer.</summary>
    public async Task FinishPendingAsync(MemoryClient client, CancellationToken cancellationToken)
    {
        if (_pending is not null)
        {
            await _pending.RunAsync(client, cancellationToken);
            _pending = null;
        }
    }

    /// <summary>Goes on with one operation more.</summary>
    public async Task StepAsync(MemoryClient client, Emphasis emphasis, CancellationToken cancellationToken)
    {
        await FinishPendingAsync(client, cancellationToken);
        _pending = Next(emphasis);
        await FinishPendingAsync(client, cancellationToken);
    }

    private IOperation Next(Emphasis emphasis)
    {
        int dice = _random.Next(100);
        bool isEmphasised = dice >= 60;
        Emphasis kind = isEmphasised ? emphasis : dice switch
        {
            < 40 => Emphasis.Append,
            < 50 => Emphasis.Cite,
            < 56 => Emphasis.Promote,
            _ => Emphasis.Erase,
        };
        PostedSession[] written = [.. Sessions.Where(session => session.Live.Any())];
        return written.Length == 0 ? Append() : kind switch
        {
            Emphasis.Cite => Cite(written[_random.Next(written.Length)]),
            Emphasis.Promote => new PromoteOperation(NextId("answer"), written[_random.Next(written.Length)].User),
            Emphasis.Erase => Erase(written),
            _ => Append(),
        };
    }

    private AppendOperation Append()
    {
        if (_open.Count < MaxOpenSessions || _random.Next(12) == 0)
        {
            // A session that is left alone expires.
            var opened = new PostedSession(NextId("session"), $"{_name}-user{_random.Next(2)}");
            Sessions.Add(opened);
            _open.Add(opened);
            if (_open.Count > MaxOpenSessions)
            {
                _open.RemoveAt(0);
            }
        }

        // Now and then one goes on that was left alone.
        List<PostedSession> among = _random.Next(15) == 0 ? Sessions : _open;
        PostedSession session = among[_random.Next(among.Count)];
        PostedTurn[] turns = [.. Enumerable.Range(0, _random.Next(2) == 0 ? 1 : _random.Next(2, 8)).Select(_ => _stories.Next(NextId("turn")))];
        session.Turns.AddRange(turns);
        return new AppendOperation(session, turns);
    }

    private IOperation Cite(PostedSession session)
    {
        PostedTurn[] turns = [.. session.Live.Where(turn => turn.Citations < MaxCitations).TakeLast(3)];
        return turns.Length == 0 ? Append() : new CiteOperation(NextId("answer"), turns);
    }

    private EraseOperation Erase(PostedSession[] written)
    {
        PostedSession session = written[_random.Next(written.Length)];
        switch (_random.Next(8))
        {
            case < 4:
                PostedTurn[] live = [.. session.Live];
                return EraseOperation.OfTurn(session, live[_random.Next(live.Length)]);
            case < 7:
                return EraseOperation.OfSession(session);
            default:
                return EraseOperation.OfUser(session.User, [.. written.Where(other => other.User == session.User)]);
        }
    }

    private string NextId(string kind) => string.Create(CultureInfo.InvariantCulture, $"{_name}-{kind}{_ids++}");
}
