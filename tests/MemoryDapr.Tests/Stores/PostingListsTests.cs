using MemoryDapr.Store.Sqlite.Index;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Stores;

public sealed class PostingListsTests
{
    private const uint Common = 7;
    private const uint Rare = uint.MaxValue - 1;
    private const int Chunks = 1_000;

    private readonly PostingLists _lists = new(null);

    public PostingListsTests()
    {
        for (int chunk = 0; chunk < Chunks; chunk++)
        {
            _lists.Add(Common, chunk, (chunk % Posting.MaxCount) + 1);
            if (chunk % 100 == 99)
            {
                _lists.Add(Rare, chunk, 2);
            }
        }
    }

    [Fact]
    public void Of_ATermOfWhichSomeAreUnordered_GivesAllInTheOrderOfChunks()
    {
        Posting[] postings = _lists.Of(Common, new Posting[Chunks]).ToArray();

        postings.Select(posting => posting.Chunk).ShouldBe(Enumerable.Range(0, Chunks));
        postings.Select(posting => posting.Count).ShouldBe(Enumerable.Range(0, Chunks).Select(chunk => (chunk % Posting.MaxCount) + 1));
    }

    [Fact]
    public void Of_ARareTermAmongMany_GivesItsOwn() =>
        _lists.Of(Rare, new Posting[Chunks]).ToArray().Select(posting => posting.Chunk).ShouldBe(Enumerable.Range(0, 10).Select(i => (100 * i) + 99));

    [Fact]
    public void Of_ATermThatIsNotThere_GivesNone() => _lists.Of(8, new Posting[Chunks]).IsEmpty.ShouldBeTrue();

    [Theory]
    [InlineData(99, 100, true)]
    [InlineData(100, 199, false)]
    [InlineData(100, 200, true)]
    [InlineData(900, 999, false)]
    [InlineData(900, 1_000, true)]
    [InlineData(1_000, 2_000, false)]
    public void HasAny_ChunksFromTheFirstToBeforeTheEnd_IsWhetherOneHasTheTerm(int first, int end, bool expected) =>
        _lists.HasAny(_lists.Find(Rare), first, end).ShouldBe(expected);
}
