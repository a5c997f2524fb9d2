using System.Globalization;
using MemoryDapr.Models;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Models;

public sealed class RecentFingerprintsTests
{
    [Fact]
    public void Get_KnownText_IsReadOnce()
    {
        var read = new List<string>();
        RecentFingerprints recent = Record(read);

        recent.Get("a").ShouldBeSameAs(recent.Get("a"));

        read.ShouldBe(["a"]);
    }

    [Fact]
    public void Get_ManyOthersSince_IsForgottenUnlessUsedMeanwhile()
    {
        var read = new List<string>();
        RecentFingerprints recent = Record(read);
        recent.Get("used");
        recent.Get("unused");

        for (int number = 0; number < 10_000; number++)
        {
            recent.Get(number.ToString(CultureInfo.InvariantCulture));
            recent.Get("used");
        }

        recent.Get("unused");
        read.Count(text => text == "used").ShouldBe(1);
        read.Count(text => text == "unused").ShouldBe(2);
    }

    private static RecentFingerprints Record(List<string> read) => new(text =>
    {
        read.Add(text);
        return new Fingerprint([], [], []);
    });
}
