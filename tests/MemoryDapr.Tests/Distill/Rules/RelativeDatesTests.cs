using MemoryDapr.Distill.Rules;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Distill.Rules;

public sealed class RelativeDatesTests
{
    /// <summary>A Monday.</summary>
    private static readonly DateTimeOffset Said = new(2023, 5, 8, 13, 56, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("today", "8 May 2023")]
    [InlineData("tonight", "8 May 2023")]
    [InlineData("this morning", "8 May 2023")]
    [InlineData("yesterday", "7 May 2023")]
    [InlineData("Yesterday evening", "7 May 2023")]
    [InlineData("last night", "7 May 2023")]
    [InlineData("tomorrow", "9 May 2023")]
    [InlineData("the day before yesterday", "6 May 2023")]
    [InlineData("the day after tomorrow", "10 May 2023")]
    [InlineData("three days ago", "5 May 2023")]
    [InlineData("10 days ago", "28 April 2023")]
    [InlineData("a week ago", "week of 1 May 2023")]
    [InlineData("two weeks ago", "week of 24 April 2023")]
    [InlineData("two weekends ago", "weekend of 29 April 2023")]
    [InlineData("a month ago", "April 2023")]
    [InlineData("two years ago", "2021")]
    [InlineData("10 years ago", "2013")]
    [InlineData("a couple of days ago", "around 6 May 2023")]
    [InlineData("a few years ago", "around 2020")]
    [InlineData("last week", "week of 1 May 2023")]
    [InlineData("this week", "week of 8 May 2023")]
    [InlineData("next week", "week of 15 May 2023")]
    [InlineData("last weekend", "weekend of 6 May 2023")]
    [InlineData("this past weekend", "weekend of 6 May 2023")]
    [InlineData("this weekend", "weekend of 13 May 2023")]
    [InlineData("next weekend", "weekend of 20 May 2023")]
    [InlineData("the week before last", "week of 24 April 2023")]
    [InlineData("last month", "April 2023")]
    [InlineData("next month", "June 2023")]
    [InlineData("last year", "2022")]
    [InlineData("this year", "2023")]
    [InlineData("next year", "2024")]
    [InlineData("last Friday", "5 May 2023")]
    [InlineData("last Monday", "1 May 2023")]
    [InlineData("this past Sunday", "7 May 2023")]
    [InlineData("this Friday", "12 May 2023")]
    [InlineData("next Friday", "19 May 2023")]
    [InlineData("last Friday night", "5 May 2023")]
    [InlineData("last summer", "summer 2022")]
    [InlineData("this summer", "summer 2023")]
    [InlineData("last winter", "winter 2022/2023")]
    [InlineData("last fall", "autumn 2022")]
    [InlineData("last July", "July 2022")]
    [InlineData("last April", "April 2023")]
    [InlineData("next March", "March 2024")]
    [InlineData("three months from now", "August 2023")]
    public void Annotate_RelativeDate_AddsWhatItMeant(string words, string meaning) =>
        RelativeDates.Annotate($"It was {words}, I think.", Said).ShouldBe($"It was {words} ({meaning}), I think.");

    [Theory]
    [InlineData("I'm leaving in two weeks.", "I'm leaving in two weeks (week of 22 May 2023).")]
    [InlineData("The exam is in 3 days!", "The exam is in 3 days (11 May 2023)!")]
    [InlineData("I read the book in two weeks.", "I read the book in two weeks.")]
    [InlineData("Yesterday's game was long.", "Yesterday's (7 May 2023) game was long.")]
    [InlineData("I was ill for the past month.", "I was ill for the past month.")]
    [InlineData("That is the last one, the next to go.", "That is the last one, the next to go.")]
    [InlineData("I have lived here for two years.", "I have lived here for two years.")]
    [InlineData("The todays and tomorrows of lastweek.", "The todays and tomorrows of lastweek.")]
    [InlineData("900 years ago", "900 years ago (1123)")]
    public void Annotate_InContext_ExplainsOnlyWhatIsADate(string text, string expected) =>
        RelativeDates.Annotate(text, Said).ShouldBe(expected);

    [Fact]
    public void Annotate_Twice_AddsNothingMore()
    {
        string once = RelativeDates.Annotate("I went yesterday and go again next month.", Said);

        RelativeDates.Annotate(once, Said.AddYears(1)).ShouldBe(once);
    }

    [Fact]
    public void Annotate_BeforeTheFirstYear_LeavesTheText() =>
        RelativeDates.Annotate("999 years ago", new DateTimeOffset(500, 1, 1, 0, 0, 0, TimeSpan.Zero)).ShouldBe("999 years ago");

    [Fact]
    public void Annotate_OnASundayAndASaturday_WeeksBeginOnMonday()
    {
        RelativeDates.Annotate("last weekend", Said.AddDays(-1)).ShouldBe("last weekend (weekend of 29 April 2023)");
        RelativeDates.Annotate("this weekend", Said.AddDays(-2)).ShouldBe("this weekend (weekend of 6 May 2023)");
        RelativeDates.Annotate("last week", Said.AddDays(-1)).ShouldBe("last week (week of 24 April 2023)");
    }

    [Theory]
    [InlineData(1, "winter 2021/2022", "winter 2022/2023")]
    [InlineData(12, "winter 2022/2023", "winter 2023/2024")]
    public void Annotate_Winter_KnowsThatItSpansTwoYears(int month, string last, string current)
    {
        var said = new DateTimeOffset(2023, month, 15, 0, 0, 0, TimeSpan.Zero);

        RelativeDates.Annotate("last winter", said).ShouldBe($"last winter ({last})");
        RelativeDates.Annotate("this winter", said).ShouldBe($"this winter ({current})");
    }
}
