using MemoryDapr.Recall;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Recall;

public sealed class IntentReaderTests
{
    // A Wednesday.
    private static readonly DateTimeOffset Now = new(2026, 3, 11, 18, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("When did Caroline go to the support group?", "Time")]
    [InlineData("How many dogs does he have?", "Number")]
    [InlineData("Who came to the party?", "Name")]
    [InlineData("Tell me about Rome", "Open")]
    public void Read_Question_TellsWhatItAsksFor(string query, string kind) =>
        IntentReader.Read(query, Now).Kind.ToString().ShouldBe(kind);

    [Theory]
    [InlineData("what did I eat yesterday", "2026-03-10", 1)]
    [InlineData("what did we say today?", "2026-03-11", 1)]
    [InlineData("the call last Monday", "2026-03-09", 1)]
    [InlineData("the call last Wednesday", "2026-03-04", 1)]
    [InlineData("three days ago", "2026-03-08", 1)]
    [InlineData("12 days ago", "2026-02-27", 1)]
    [InlineData("last week", "2026-03-02", 7)]
    public void Read_RelativeDay_IsResolved(string query, string first, int count)
    {
        IReadOnlyList<DateOnly> days = IntentReader.Read(query, Now).Days;

        days.Count.ShouldBe(count);
        days[0].ToString("O", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(first);
    }

    [Theory]
    [InlineData("last month", "2026-02-01", 1)]
    [InlineData("two months ago", "2026-01-01", 1)]
    [InlineData("what happened last year", "2025-01-01", 12)]
    public void Read_RelativeMonth_IsResolved(string query, string first, int count)
    {
        IReadOnlyList<DateOnly> months = IntentReader.Read(query, Now).Months;

        months.Count.ShouldBe(count);
        months[0].ToString("O", System.Globalization.CultureInfo.InvariantCulture).ShouldBe(first);
    }

    [Fact]
    public void Read_DistanceThatIsAMannerOfSpeaking_IsNoDate() => IntentReader.Read("9999 weeks ago", Now).Days.ShouldBeEmpty();
}
