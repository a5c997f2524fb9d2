using System.Globalization;
using MemoryDapr.Recall;
using MemoryDapr.Stores;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Recall;

public sealed class QuestionHintsTests
{
    [Theory]
    [InlineData("When did I move?", true, true, false, false)]
    [InlineData("How many cats does my sister have?", true, false, true, false)]
    [InlineData("Who is Anna's doctor?", false, false, false, true)]
    [InlineData("what did i say", true, false, false, false)]
    [InlineData("Is it iOS, i.e. a phone?", false, false, false, false)]
    [InlineData("In which city does she live?", false, false, false, true)]
    [InlineData("How long has she lived there?", false, true, true, false)]
    public void Detect_OfAQuestion_TellsWhatItAsksFor(string question, bool firstPerson, bool time, bool number, bool name)
    {
        QueryHints hints = QuestionHints.Detect(question);

        (hints.FirstPerson, hints.WantsTime, hints.WantsNumber, hints.WantsName).ShouldBe((firstPerson, time, number, name));
    }

    [Theory]
    [InlineData("What happened on 8 May 2023?", "2023-05-08", "")]
    [InlineData("What happened on May 8th, 2023?", "2023-05-08", "")]
    [InlineData("What happened on the 8th of May, 2023?", "2023-05-08", "")]
    [InlineData("and on 2023-05-08", "2023-05-08", "")]
    [InlineData("What happened in May 2023 and June, 2024?", "", "2023-05-01 2024-06-01")]
    [InlineData("What happened on 31 February 2023, in 2023-13-01, or in May?", "", "")]
    [InlineData("What happened on \u0662\u0660\u0662\u0663-\u0660\u0665-\u0660\u0668 and on 2023-05-08?", "2023-05-08", "")]
    public void Detect_OfDates_FindsDaysAndMonths(string question, string days, string months)
    {
        QueryHints hints = QuestionHints.Detect(question);

        Join(hints.Days).ShouldBe(days);
        Join(hints.Months).ShouldBe(months);
    }

    private static string Join(IEnumerable<DateOnly> dates) => string.Join(' ', dates.Select(date => date.ToString("O", CultureInfo.InvariantCulture)));
}
