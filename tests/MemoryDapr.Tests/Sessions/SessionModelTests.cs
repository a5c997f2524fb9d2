using FsCheck;
using FsCheck.Fluent;
using MemoryDapr.Sessions;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Sessions;

/// <summary>
/// Any mix of appends, progress, erasures and expiries, held against what a list of turns and a set of tombstones would say.
/// </summary>
public sealed class SessionModelTests
{
    [Fact]
    public void Append_InAnyHistory_KeepsEachTurnOnceInOrder()
    {
        Gen<(int Kind, int[] Ids)> step = Gen.Choose(0, 9).SelectMany(
            kind => Gen.ListOf(Gen.Choose(0, 400)),
            (kind, ids) => (kind, ids.ToArray()));
        Prop.ForAll(Gen.ListOf(step).Resize(60).ToArbitrary(), steps => new Model().Run(steps)).QuickCheckThrowOnFailure();
    }

    private sealed class Model
    {
        private readonly LedgerBench _bench = new();
        private readonly List<(string Id, string Content)> _live = [];
        private readonly HashSet<string> _tombstones = [];
        private readonly Dictionary<string, Turn> _store = [];
        private readonly HashSet<long> _ordinals = [];
        private readonly List<PipelineRecord> _scheduled = [];
        private readonly HashSet<string> _distilled = [];
        private SessionRecord? _record;

        public void Run(IEnumerable<(int Kind, int[] Ids)> steps)
        {
            foreach ((int kind, int[] ids) in steps)
            {
                switch (kind)
                {
                    case <= 4:
                        Append([.. ids.Select(id => LedgerBench.Turn($"t{id % 150}", id < 380 ? "Hello" : "Bye"))]);
                        break;
                    case 5 or 6:
                        CatchUp();
                        break;
                    case 7:
                        Distil(ids.Sum());
                        break;
                    case 8:
                        Erase([.. ids.Select(id => $"t{id % 150}").Distinct()]);
                        break;
                    default:
                        Expire();
                        break;
                }

                Check();
            }
        }

        private void Append(IReadOnlyList<Turn> turns)
        {
            if (turns.Count == 0)
            {
                return;
            }

            List<KnownTurn> known = [.. turns.DistinctBy(turn => turn.Id)
                .Where(turn => _tombstones.Contains(turn.Id) || _store.ContainsKey(turn.Id))
                .Select(turn => new KnownTurn(turn.Id, _store.GetValueOrDefault(turn.Id)?.ContentHash, _tombstones.Contains(turn.Id)))];
            List<(string Id, string Content)> expected = [.. _live];
            var statuses = new List<TurnStatus>();
            bool conflicts = false;
            foreach (Turn turn in turns)
            {
                (string Id, string Content) same = expected.Find(one => one.Id == turn.Id);
                if (_tombstones.Contains(turn.Id))
                {
                    statuses.Add(TurnStatus.Erased);
                }
                else if (same.Id is null)
                {
                    expected.Add((turn.Id, turn.Content));
                    statuses.Add(TurnStatus.Accepted);
                }
                else
                {
                    conflicts |= same.Content != turn.Content;
                    statuses.Add(TurnStatus.Duplicate);
                }
            }

            Outcome<AppendResult> outcome = _bench.Append(turns, null, _record, known);
            outcome.IsSuccess.ShouldBe(!conflicts);
            if (!conflicts)
            {
                _live.Clear();
                _live.AddRange(expected);
                outcome.Value!.Turns.Select(turn => turn.Status).ShouldBe(statuses);
                outcome.Value.TurnCount.ShouldBe(_live.Count);
            }
        }

        private void CatchUp()
        {
            if (_bench.Do(ledger => ledger.ReadPending(new PendingQuery(30, int.MaxValue), _bench.Now)) is not { IsBehind: true } work)
            {
                return;
            }

            foreach (Turn turn in work.Turns)
            {
                _store.TryAdd(turn.Id, turn).ShouldBeTrue();
                _ordinals.Add(turn.Ordinal).ShouldBeTrue();
            }

            SessionRecord distilled = (_record ?? work.Record).WithDistilled(new OrdinalRange(0, work.Record.DistilledTo));
            _record = work.Record with
            {
                TurnCount = _store.Count,
                DistilledTo = distilled.DistilledTo,
                DistilledAhead = distilled.DistilledAhead,
                PlannedTo = Math.Max(work.Record.PlannedTo, _record?.PlannedTo ?? 0),
            };
            work.Record.TurnCount.ShouldBe(_store.Count);
            _scheduled.AddRange(work.Pipelines);
            long scheduledTo = work.Pipelines.Count == 0 ? 0 : work.Pipelines[^1].To;
            _bench.Do(ledger => ledger.Advance(new SessionProgress(work.Record.IndexedTo, scheduledTo, [])));
        }

        /// <summary>Any of the pipelines ends, in any order.</summary>
        private void Distil(int any)
        {
            if (_scheduled.Count > 0 && _record is not null)
            {
                PipelineRecord pipeline = _scheduled[any % _scheduled.Count];
                _distilled.Add(pipeline.Id);
                _record = _record.WithDistilled(new OrdinalRange(pipeline.From, pipeline.To));
                _bench.Do(ledger => ledger.AdvanceDistilled(_record.DistilledTo));
            }
        }

        private void Erase(IReadOnlyList<string> ids)
        {
            List<string> erased = [.. ids.Where(id => _live.Exists(turn => turn.Id == id))];
            _tombstones.UnionWith(erased);
            _live.RemoveAll(turn => erased.Contains(turn.Id));
            erased.ForEach(id => _store.Remove(id));
            _record = _record is null ? null : _record with { TurnCount = _store.Count };
            _bench.Do(ledger => ledger.Forget(erased, _record));
        }

        private void Expire()
        {
            _bench.Now += _bench.Options.IdleAfter;
            _bench.Do(ledger => ledger.Remind(_bench.Now));
            while (_bench.State.IsBehind())
            {
                CatchUp();
            }

            _bench.Do(ledger => ledger.Expire(_bench.State.NextOrdinal, _bench.Now)).ShouldBeTrue();
            _bench.State.IsOpen.ShouldBeFalse();
            _bench.PageCount.ShouldBe(0);
        }

        private void Check()
        {
            SessionState state = _bench.State;
            List<Turn> held = [.. _bench.Held];
            held.Select(turn => turn.Ordinal).ShouldBeInOrder(SortDirection.Ascending);
            held.Select(turn => turn.Ordinal).ShouldBeUnique();

            // Nothing is lost, nothing is there twice: the turns are those of the store and, behind them, those that only the actor has.
            IEnumerable<Turn> all = _store.Values.Concat(held.Where(turn => turn.Ordinal >= state.IndexedTo)).OrderBy(turn => turn.Ordinal);
            all.Select(turn => turn.Id).ShouldBe(_live.Select(turn => turn.Id));

            // Each ordinal is distilled by exactly one pipeline, also over expiries and erasures.
            IEnumerable<PipelineRecord> pipelines = _scheduled.OrderBy(pipeline => pipeline.From);
            pipelines.Zip(pipelines.Skip(1)).ShouldAllBe(pair => pair.First.To <= pair.Second.From);

            // What counts as distilled is: every pipeline below the watermark has ended.
            long distilledTo = Math.Max(state.IsOpen ? state.DistilledTo : 0, _record?.DistilledTo ?? 0);
            _scheduled.Where(pipeline => pipeline.From < distilledTo).ShouldAllBe(pipeline => _distilled.Contains(pipeline.Id));
            if (state.IsOpen)
            {
                state.TurnCount.ShouldBe(_live.Count);
                _bench.Load().Snapshot()!.Window.Select(turn => turn.Id).ShouldBe(held.TakeLast(10).Select(turn => turn.Id));
            }
        }
    }
}
