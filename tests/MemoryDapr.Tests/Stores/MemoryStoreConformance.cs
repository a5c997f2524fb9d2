using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;
using static MemoryDapr.Tests.Stores.Memories;

namespace MemoryDapr.Tests.Stores;

/// <summary>What every memory store does, whatever it is made of.</summary>
public abstract class MemoryStoreConformance : IAsyncLifetime
{
    internal IMemoryStore Store { get; private set; } = null!;

    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public abstract ValueTask DisposeAsync();

    private protected abstract Task<IMemoryStore> OpenAsync();

    [Fact]
    public async Task Search_AfterApply_FindsTheItemThatHasTheWords()
    {
        await Apply(Batch(Turn(0, "The weather is fine."), Turn(1, "I adopted a kitten called Miso."), Turn(2, "Lunch was late.")));

        SearchResult result = await Search(Plan("Which kitten did I adopt?"));

        result.Items[0].Item.Text.ShouldBe("I adopted a kitten called Miso.");
        result.Items.Count.ShouldBe(3, "the rest follows by bonuses alone");
    }

    [Fact]
    public async Task Search_AfterFirstSearch_FindsWhatWasAppliedSince()
    {
        await Apply(Batch(Turn(0, "The weather is fine.")));
        await Search(Plan("kitten"));
        await Apply(Batch(Turn(1, "I adopted a kitten.")));

        (await Search(Plan("kitten", 1))).Items[0].Item.TurnId.ShouldBe("t1");
    }

    [Fact]
    public async Task Search_OfAnotherScope_FindsNothing()
    {
        await Apply(Batch(Turn(0, "I adopted a kitten.")));

        (await Search(Plan("kitten") with { Scope = new Scope("acme", "bert") })).Items.ShouldBeEmpty();
        (await Search(Plan("kitten") with { Scope = new Scope("other", "anna") })).Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Meine Katze heißt Schnurri.", "Wie heißt meine Katze?")]
    [InlineData("我养了一只猫，它叫咪咪。", "我的猫叫什么名字？")]
    [InlineData("قطتي اسمها لولو وهي بيضاء", "ما اسم قطتي؟")]
    [InlineData("私の猫の名前はミケです。", "猫の名前は何ですか？")]
    [InlineData("แมวของฉันชื่อมะลิ", "แมวชื่ออะไร")]
    [InlineData("제 고양이의 이름은 나비예요.", "고양이 이름이 뭐예요?")]
    [InlineData("Booked the 🏔️🎿 trip!", "🎿?")]
    public async Task Search_InTheLanguageOfTheFact_FindsIt(string fact, string question)
    {
        await Apply(Batch(
            Turn(0, "Das Wetter ist heute schön.", sessionId: "s0"), Turn(0, "今天天气很好。", sessionId: "s2"), Turn(0, "الطقس جميل اليوم", sessionId: "s3"),
            Turn(0, "今日はいい天気です。", sessionId: "s4"), Turn(0, "วันนี้อากาศดี", sessionId: "s5"), Turn(0, "오늘은 날씨가 좋아요.", sessionId: "s6"),
            Turn(0, "The weather is fine ☀️", sessionId: "s7"), Turn(0, fact, sessionId: "s8")));

        (await Search(Plan(question))).Items[0].Item.Text.ShouldBe(fact);
    }

    [Fact]
    public async Task Search_WithFilters_RanksOnlyWhatPasses()
    {
        MemoryItem noted = Turn(1, "kitten two", sessionId: "s2") with
        {
            Metadata = new Dictionary<string, MetadataValue> { ["topic"] = new("pets", null, null) },
        };
        MemoryItem ended = Derived(MemoryKind.Fact, 0, "kitten three") with { ValidTo = Start.AddHours(2) };
        await Apply(Batch(Turn(0, "kitten one"), noted, ended));

        (await Ids(new SearchFilter { Kinds = [MemoryKind.Fact] })).ShouldBe([ended.Id]);
        (await Ids(new SearchFilter { SessionIds = ["s2"] })).ShouldBe([noted.Id]);
        (await Ids(new SearchFilter { Since = noted.At })).ShouldBe([noted.Id]);
        (await Ids(new SearchFilter { Until = noted.At })).ShouldBe([Turn(0, "").Id, ended.Id], ignoreOrder: true);
        (await Ids(new SearchFilter { AsOf = Start.AddHours(2) })).ShouldBe([Turn(0, "").Id, noted.Id], ignoreOrder: true);
        (await Ids(new SearchFilter { Metadata = noted.Metadata! })).ShouldBe([noted.Id]);
        (await Ids(new SearchFilter { SessionIds = ["none"] })).ShouldBeEmpty();

        async Task<IReadOnlyList<string>> Ids(SearchFilter filter) =>
            [.. (await Search(Plan("kitten") with { Filter = filter })).Items.Select(item => item.Item.Id)];
    }

    [Fact]
    public async Task Search_WithExcludedTurns_LeavesThemOut()
    {
        await Apply(Batch(Turn(0, "kitten one"), Turn(1, "kitten two")));

        SearchResult result = await Search(Plan("kitten") with { ExcludedTurns = [new TurnSource("s1", "t0"), new TurnSource("s9", "t9")] });

        result.Items.Select(item => item.Item.TurnId).ShouldBe(["t1"]);
    }

    [Fact]
    public async Task Search_ForFewer_GivesTheFirstOfMore()
    {
        await Apply(Batch([.. Enumerable.Range(0, 60).Select(i => Turn(i, i % 3 == 0 ? $"kitten number {i}" : $"nothing of note {i}"))]));

        IReadOnlyList<ScoredItem> many = (await Search(Plan("Which kitten?", 50))).Items;

        many.Count.ShouldBe(50);
        many.Select(item => item.Score).ShouldBeInOrder(SortDirection.Descending);
        foreach (int count in new[] { 1, 7, 25 })
        {
            (await Search(Plan("Which kitten?", count))).Items.Select(item => item.Item.Id).ShouldBe(many.Take(count).Select(item => item.Item.Id));
        }
    }

    [Fact]
    public async Task Search_WithExplain_GivesPartsThatSumToTheScore()
    {
        await Apply(Batch(Turn(0, "Did you see the kitten?", "Bert"), Turn(1, "The kitten is from Lisbon, since May."), Turn(2, "Nothing.")));

        SearchResult result = await Search(Plan("When did Anna get the kitten?") with { Explain = true });

        foreach (ScoredItem item in result.Items)
        {
            item.Parts.Sum(part => part.Value).ShouldBe(item.Score, 1e-9);
        }

        result.Items[0].Parts.Select(part => part.Name).ShouldBe(["text", "speaker", "answerType", "salience", "recency"]);
    }

    [Fact]
    public async Task Search_WhenAnotherSaysIt_TellsTheMismatch()
    {
        await Apply(Batch(Turn(0, "I play the cello.", "Bert"), Turn(1, "Nice.", "Anna", "s2")));

        (await Search(Plan("Which instrument, a cello, does Anna play?"))).SubjectMismatch.ShouldBeTrue();
        (await Search(Plan("Which instrument, a cello, does Bert play?"))).SubjectMismatch.ShouldBeFalse();
    }

    [Fact]
    public async Task Search_WithTheNameOfARole_TakesItForAWord()
    {
        await Apply(Batch(
            Turn(0, "Passwords are hashed and accounts are locked after five tries", speaker: "assistant") with { Role = TurnRole.Assistant },
            Turn(1, "The tables of the user accounts have an index", speaker: "assistant") with { Role = TurnRole.Assistant },
            Turn(2, "Fine weather today", speaker: "user")));

        SearchResult result = await Search(Plan("how are user accounts stored") with { Explain = true });

        result.Items[0].Item.TurnId.ShouldBe("t1");
        result.Items.SelectMany(item => item.Parts).ShouldNotContain(part => part.Name == "speaker");
        result.SubjectMismatch.ShouldBeFalse();
    }

    [Fact]
    public async Task Search_ForATimeInALongItem_LooksAtThePartThatMatches()
    {
        string padding = string.Join(' ', Enumerable.Repeat("Nothing of this bears on anything that anybody asked about", 20)) + ". ";
        await Apply(Batch(
            Turn(0, $"The kiln arrived on Monday. {padding}"),
            Turn(1, $"The kiln broke. {padding} Dinner is at eight on Monday.")));

        SearchResult result = await Search(Plan("When did the kiln arrive or when was it that the kiln broke?") with { Explain = true });

        result.Items.Single(item => item.Item.TurnId == "t0").Parts.ShouldContain(part => part.Name == "answerType");
        result.Items.Single(item => item.Item.TurnId == "t1").Parts.ShouldNotContain(part => part.Name == "answerType");
    }

    [Fact]
    public async Task Search_WithVectors_AddsLikeness()
    {
        await Apply(Batch(Turn(0, "alpha"), Turn(1, "beta"), Turn(2, "gamma")) with
        {
            Vectors = [new ItemVector(Turn(0, "").Id, [1, 0]), new ItemVector(Turn(1, "").Id, [0, 1]), new ItemVector(Turn(2, "").Id, [-1, 0])],
        });

        SearchResult result = await Search(Plan("something else") with { Vector = [0.1f, 1], Explain = true });

        result.Items[0].Item.TurnId.ShouldBe("t1");
        result.Items[0].Parts.ShouldContain(part => part.Name == "vector" && part.Value > 1);
    }

    [Fact]
    public async Task Apply_OfAnItemAgain_ReplacesIt()
    {
        MemoryItem fact = Derived(MemoryKind.Fact, 0, "Anna lives in Lisbon.");
        await Apply(Batch(fact));
        await Search(Plan("Lisbon"));
        await Apply(Batch(fact with { Text = "Anna lives in Porto.", Version = 2 }));

        SearchResult result = await Search(Plan("Lisbon Porto") with { Explain = true });

        result.Items.Count.ShouldBe(1);
        result.Items[0].Item.Version.ShouldBe(2);
        (await Search(Plan("Lisbon") with { Explain = true })).Items[0].Parts.ShouldContain(part => part.Name == "unmatched");
    }

    [Fact]
    public async Task Apply_Twice_ChangesNothingMore()
    {
        StoreBatch batch = Batch(Turn(0, "kitten")) with
        {
            History = [new HistoryEntry(Turn(0, "").Id, Start, "created", "said", null, [], [], null)],
            Sessions = [Session("s1")],
            Pipelines = [Pipeline("p1", PipelineStatus.Queued)],
        };
        await Apply(batch);
        await Apply(batch);

        (await Store.GetHistoryAsync("acme", Turn(0, "").Id, Cancellation)).Count.ShouldBe(1);
        (await Store.ListItemsAsync(new ItemQuery { Scope = Anna }, Cancellation)).Items.Count.ShouldBe(1);
        (await Search(Plan("kitten"))).Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Apply_WithAForeignPart_IsRefusedWhole()
    {
        StoreBatch batch = Batch(Turn(0, "mine")) with { RemovedItems = [Turn(0, "", scope: new Scope("other", "anna")).Id] };

        await Should.ThrowAsync<Exception>(() => Apply(batch));

        (await Store.ListItemsAsync(new ItemQuery { Scope = Anna }, Cancellation)).Items.ShouldBeEmpty();
    }

    [Fact]
    public async Task Apply_OfRemovals_LeavesNothingOfTheItem()
    {
        MemoryItem turn = Turn(1, "My secret is strawberry.");
        MemoryItem fact = Derived(MemoryKind.Fact, 0, "Anna has a strawberry secret.", new TurnSource("s1", "t1"));
        await Apply(Batch(Turn(0, "Hello."), turn, Turn(2, "Bye."), fact) with
        {
            History = [new HistoryEntry(fact.Id, Start, "promoted", "said so", null, [], [], 0.9)],
        });
        await Search(Plan("strawberry"));
        await Apply(new StoreBatch
        {
            Scope = Anna,
            Tombstones = [new TurnTombstone("s1", "t1", null, Start)],
            RemovedItems = [turn.Id, fact.Id],
        });

        SearchResult result = await Search(Plan("strawberry") with { Explain = true });
        result.Items.Select(item => item.Item.TurnId).ShouldBe(["t0", "t2"], ignoreOrder: true);
        result.Items.ShouldAllBe(item => item.Parts.All(part => part.Name != "text"), "the neighbours' context held its words");
        (await Store.GetItemsAsync("acme", [turn.Id, fact.Id], Cancellation)).ShouldBeEmpty();
        (await Store.GetHistoryAsync("acme", fact.Id, Cancellation)).ShouldBeEmpty();
        (await Store.FindCitingAsync(Anna, [new TurnSource("s1", "t1")], Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Apply_OfSalience_ChangesTheItemWithoutAVersion()
    {
        await Apply(Batch(Turn(0, "kitten one", sessionId: "s1"), Turn(0, "kitten one", sessionId: "s2")));
        await Search(Plan("kitten"));
        string cited = Turn(0, "", sessionId: "s2").Id;
        await Apply(new StoreBatch { Scope = Anna, Saliences = [new SalienceChange(cited, new SalienceLevel(0.9, Start))] });

        MemoryItem item = (await Store.GetItemsAsync("acme", [cited], Cancellation)).ShouldHaveSingleItem();
        item.Salience.Value.ShouldBe(0.9);
        item.Version.ShouldBe(1);
        (await Search(Plan("kitten", 1))).Items[0].Item.Id.ShouldBe(cited);
    }

    [Fact]
    public async Task Get_OfAForeignItem_GivesNothing()
    {
        await Apply(Batch(Turn(0, "kitten")));

        (await Store.GetItemsAsync("other", [Turn(0, "").Id], Cancellation)).ShouldBeEmpty();
        (await Store.GetHistoryAsync("other", Turn(0, "").Id, Cancellation)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Health_Always_NamesTheEngine() =>
        (await Store.CheckAsync(Cancellation)).Engine.ShouldNotBeNullOrEmpty();

    private protected Task Apply(StoreBatch batch) => Store.ApplyAsync(batch, Cancellation);

    private protected Task<SearchResult> Search(SearchPlan plan) => Store.SearchAsync(plan, Cancellation);
}
