using MemoryDapr.Stores;
using MemoryDapr.Types;

namespace MemoryDapr.Sessions;

internal sealed partial class SessionLedger
{
    /// <summary>
    /// Appends what is new of a request. A conflict refuses all of it; so does another user. What has been said before is told again
    /// in the same words, so that whoever repeats a request learns what the first one came to.
    /// </summary>
    public AppendAnswer Append(AppendRequest request, SessionHistory? history, DateTimeOffset now)
    {
        if (history?.Epoch != State.Epoch)
        {
            history = null;
        }

        if (!State.IsOpen && history is null)
        {
            return new AppendAnswer { HistoryEpoch = State.Epoch };
        }

        SessionState opened = State.IsOpen ? State : Open(history!.Record, request.User, now);
        if (request.User is not null && request.User != opened.User)
        {
            return Refuse(new Refusal(RefusalKind.SessionOwner, $"The session '{_key.SessionId}' belongs to another user."));
        }

        Dictionary<string, Turn> known = Turns.ToDictionary(turn => turn.Id, StringComparer.Ordinal);
        Dictionary<string, KnownTurn> stored = history?.Turns.ToDictionary(turn => turn.TurnId, StringComparer.Ordinal) ?? [];
        var accepted = new List<Turn>();
        var statuses = new TurnStatus[request.Turns.Count];
        long? lastOrdinal = null;
        for (int i = 0; i < request.Turns.Count; i++)
        {
            Turn turn = request.Turns[i];
            if (known.TryGetValue(turn.Id, out Turn? same))
            {
                if (!HasSameContent(turn, same))
                {
                    return Conflict(turn, i);
                }

                statuses[i] = TurnStatus.Duplicate;
                lastOrdinal = same.Ordinal;
            }
            else if (history is null && opened.ChecksHistory)
            {
                return new AppendAnswer { HistoryEpoch = State.Epoch };
            }
            else if (stored.TryGetValue(turn.Id, out KnownTurn? past))
            {
                if (!past.IsErased && past.ContentHash != turn.ContentHash)
                {
                    return Conflict(turn, i);
                }

                statuses[i] = past.IsErased ? TurnStatus.Erased : TurnStatus.Duplicate;
                lastOrdinal = past.IsErased ? lastOrdinal : null;
            }
            else
            {
                Turn added = turn with { Ordinal = opened.NextOrdinal + accepted.Count, ReceivedAt = now };
                known.Add(turn.Id, added);
                accepted.Add(added);
                statuses[i] = TurnStatus.Accepted;
                lastOrdinal = added.Ordinal;
            }
        }

        if (accepted.Count > 0)
        {
            State = opened;
            Accept(accepted, now);
        }

        return new AppendAnswer { Outcome = Describe(request, opened, statuses, lastOrdinal) };
    }

    private static bool HasSameContent(Turn one, Turn other) =>
        one.Role == other.Role && (one.Speaker ?? "") == (other.Speaker ?? "") && one.Content == other.Content;

    private static AppendAnswer Refuse(Refusal refusal) => new() { Outcome = refusal };

    private static AppendAnswer Conflict(Turn turn, int index) => Refuse(new Refusal(
        RefusalKind.TurnConflict,
        $"The turn id '{turn.Id}' is known with other content.",
        FormattableString.Invariant($"/turns/{index}")));

    /// <summary>The state of a session that was closed, with what its record says of its earlier life.</summary>
    private SessionState Open(SessionRecord? record, string? user, DateTimeOffset now)
    {
        long next = Math.Max(State.NextOrdinal, record?.NextOrdinal ?? 0);
        return new SessionState
        {
            IsOpen = true,
            User = record?.Scope.User ?? user ?? TurnRules.DefaultUser,
            CreatedAt = record?.CreatedAt ?? now,
            LastActiveAt = record?.LastActiveAt ?? now,
            TurnCount = record?.TurnCount ?? 0,
            NextOrdinal = next,
            IndexedTo = next,

            // What no pipeline of the record covers (an import, say) is planned with the turns to come.
            DistilledTo = record?.DistilledTo ?? next,
            PlannedTo = record is null ? next : Math.Max(record.PlannedTo, record.DistilledTo),
            ChecksHistory = State.ChecksHistory || record is not null,
            Epoch = State.Epoch,
            Reminder = State.Reminder,
        };
    }

    private void Accept(List<Turn> turns, DateTimeOffset now)
    {
        foreach (Turn turn in turns)
        {
            bool fits = _pages.TryGetValue(State.NextPage - 1, out SessionPage? page) && page.HasRoomFor(turn);
            if (fits)
            {
                ReplacePage(page! with { Turns = [.. page.Turns, turn] });
            }
            else
            {
                ReplacePage(new SessionPage(State.NextPage, [turn]));
                State = State with { NextPage = State.NextPage + 1 };
            }
        }

        State = State with
        {
            NextOrdinal = State.NextOrdinal + turns.Count,
            TurnCount = State.TurnCount + turns.Count,
            LastActiveAt = now,
            Wakes = 0,
        };
        Plan(_options.TurnsPerPipeline, now);
    }

    private AppendResult Describe(AppendRequest request, SessionState opened, TurnStatus[] statuses, long? lastOrdinal)
    {
        var scope = new Scope(_key.Tenant, opened.User);
        long? watermark = lastOrdinal is null ? null : FindWatermark(lastOrdinal.Value);
        PlannedPipeline? planned = State.Unscheduled.FirstOrDefault(pipeline => pipeline.To == watermark);
        return new AppendResult(
            opened.User,
            [.. request.Turns.Select((turn, i) => new AppendedTurn(turn.Id, ItemId.ForTurn(scope, _key.SessionId, turn.Id), statuses[i]))],
            State.IsOpen ? State.TurnCount : opened.TurnCount,
            watermark is null ? null : PipelineIdAt(watermark.Value))
        {
            Planned = planned is null ? null : ToRecord(planned, scope),
        };
    }

    private long? FindWatermark(long ordinal) =>
        State.Watermarks.Where(end => end > ordinal).Select(end => (long?)end).FirstOrDefault();
}
