using FsCheck;
using FsCheck.Fluent;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Stores.Writing;

/// <summary>
/// Any mix of appends, indexing, erasures, imports and late retries on one session, held against a set of turns and a set of tombstones.
/// </summary>
public sealed class ErasureModelTests
{
    [Fact]
    public void Index_InAnyHistory_HasNothingErasedAndEverythingElseOnce()
    {
        Gen<(int Kind, int Value)> step = Gen.Choose(0, 9).SelectMany(_ => Gen.Choose(0, 9999), (kind, value) => (kind, value));
        Func<(int Kind, int Value)[], Task> holds = async steps =>
        {
            await using var model = new Model();
            await model.RunAsync(steps);
        };
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(60), Prop.ForAll(Gen.ListOf(step).Resize(30).Select(steps => steps.ToArray()).ToArbitrary(), holds));
    }

    private sealed class Model : IAsyncDisposable
    {
        private readonly WriterFixture _scope = new();
        private readonly List<Turn> _said = [];
        private readonly List<Turn> _pending = [];
        private readonly Dictionary<string, MemoryItem> _exported = [];
        private readonly Dictionary<string, Turn> _stored = [];
        private readonly HashSet<string> _buried = [];
        private readonly Dictionary<string, DateTimeOffset> _buriedWords = [];

        public async Task RunAsync((int Kind, int Value)[] steps)
        {
            for (int number = 0; number < steps.Length; number++)
            {
                _scope.Clock.Advance(TimeSpan.FromSeconds(1));
                int value = steps[number].Value;
                switch (steps[number].Kind)
                {
                    case <= 2:
                        Append(1 + (value % 3));
                        break;
                    case 3 or 4:
                        await IndexAsync([.. _pending.Take(1 + (value % 4))]);
                        break;
                    case 5 when _said.Count > 0:
                        await RetryAsync(_said[value % _said.Count], value);
                        break;
                    case 6 or 7 when _said.Count > 0:
                        await EraseAsync($"item:{number}", [_said[value % _said.Count]]);
                        break;
                    case 8:
                        await ImportAsync();
                        break;
                    case 9 when value % 3 == 0:
                        await EraseAsync(ErasureKeys.Session("s1"), [.. _said], "s1");
                        break;
                }

                await CheckAsync();
            }

            await IndexAsync([.. _pending]);
            await IndexAsync([.. _said]);
            await ImportAsync();
            await CheckAsync();
            await CheckSearchAsync();
        }

        public ValueTask DisposeAsync() => _scope.DisposeAsync();

        private void Append(int count)
        {
            for (int i = 0; i < count; i++)
            {
                Turn turn = _scope.Said(_said.Count, $"word{_said.Count}", hasClientId: _said.Count % 2 == 0);
                _said.Add(turn);
                _pending.Add(turn);
            }
        }

        private async Task IndexAsync(Turn[] turns)
        {
            if (turns.Length == 0)
            {
                return;
            }

            string[] erased = [.. turns.Where(turn => !Admit(turn)).Select(turn => turn.Id)];
            (await _scope.IndexAsync(turns)).Erased.Select(source => source.TurnId).ShouldBe(erased);
            _pending.RemoveAll(turn => turns.Contains(turn));
            foreach (MemoryItem item in await ListAsync())
            {
                _exported[item.Id] = item;
            }
        }

        // As it was, or as a client that gives no ids sends it again: under a new one.
        private Task RetryAsync(Turn turn, int value)
        {
            if (turn.HasClientId || value % 2 == 0)
            {
                return IndexAsync([turn]);
            }

            Turn again = turn with { Id = $"again{_said.Count}", Ordinal = _said.Count };
            _said.Add(again);
            return IndexAsync([again]);
        }

        private async Task EraseAsync(string key, Turn[] turns, params string[] emptied)
        {
            await _scope.EraseAsync(key, turns, [], emptied);
            foreach (Turn turn in turns)
            {
                _stored.Remove(turn.Id);
                _buried.Add(turn.Id);
                if (!turn.HasClientId)
                {
                    _buriedWords[turn.Content] = _scope.Now;
                }
            }
        }

        // What was exported earlier, and what another deployment holds of the turns that are not indexed here yet.
        private async Task ImportAsync()
        {
            MemoryItem[] items = [.. _exported.Values, .. _pending.Select(ToItem)];
            foreach (Turn turn in _said.Where(turn => items.Any(item => item.TurnId == turn.Id)))
            {
                Admit(turn);
            }

            await _scope.Writers.Imports.ImportAsync(new ImportBatch(Memories.Anna, [], items, _scope.Now), CancellationToken.None);
        }

        // Whether it may stand. Words of a turn without a client's id stay away too, but for a turn that stands already or is said later.
        private bool Admit(Turn turn)
        {
            bool isKept = !_buried.Contains(turn.Id)
                && (_stored.ContainsKey(turn.Id) || turn.HasClientId || !(_buriedWords.TryGetValue(turn.Content, out DateTimeOffset at) && turn.At < at));
            if (isKept)
            {
                _stored[turn.Id] = turn;
            }

            return isKept;
        }

        private async Task CheckAsync()
        {
            IReadOnlyList<MemoryItem> items = await ListAsync();
            items.Select(item => (item.TurnId, item.Text, item.HasClientId))
                .ShouldBe(_stored.Values.Select(turn => ((string?)turn.Id, turn.Content, turn.HasClientId)), ignoreOrder: true);
            SessionRecord? session = await _scope.Store.GetSessionAsync("acme", "s1", CancellationToken.None);
            (session?.TurnCount ?? 0).ShouldBe(_stored.Count);
        }

        private async Task CheckSearchAsync()
        {
            foreach (string word in _said.Select(turn => turn.Content).Distinct())
            {
                SearchResult found = await _scope.Store.SearchAsync(Memories.Plan(word, count: 100), CancellationToken.None);
                found.Items.Select(item => item.Item.TurnId).Where(id => _said.Find(turn => turn.Id == id)!.Content == word)
                    .ShouldBe(_stored.Values.Where(turn => turn.Content == word).Select(turn => turn.Id), ignoreOrder: true);
            }
        }

        private Task<IReadOnlyList<MemoryItem>> ListAsync() =>
            _scope.Store.ListTurnsAsync(Memories.Anna, "s1", 0, 1000, CancellationToken.None);

        private static MemoryItem ToItem(Turn turn) => Memories.Turn((int)turn.Ordinal, turn.Content, turn.Speaker!) with
        {
            At = turn.At,
            HasClientId = turn.HasClientId,
        };
    }
}
