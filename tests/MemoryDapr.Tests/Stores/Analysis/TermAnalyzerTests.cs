using MemoryDapr.Stores.Analysis;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Stores.Analysis;

public sealed class TermAnalyzerTests
{
    [Theory]
    [InlineData("Café CAFE\u0301 ｃａｆé", "cafe cafe cafe")]
    [InlineData("Straße STRASSE", "strass strass")]
    [InlineData("Søren Łódź", "soren lodz")]
    [InlineData("ﬁnd Ⅳ ２０２６", "find iv 2026")]
    [InlineData("Anna's Anna’s l'amour", "anna anna amour")]
    [InlineData("don't they'll I'm", "")]
    [InlineData("went taken children", "go take child")]
    [InlineData("painting painted paints", "paint paint paint")]
    [InlineData("3,000 2.5 10:30", "3,000 2.5 10 30")]
    [InlineData("Привет Ёлка", "привет елка")]
    [InlineData("مُدَرِّسَة أحمد", "مدرسة احمد")]
    [InlineData("我的猫", "我 我的 的 的猫 猫")]
    [InlineData("ミケです", "ミケ ケで です")]
    [InlineData("ｶﾞｷﾞ", "ガギ")]
    [InlineData("か\u3099き", "がき")]
    [InlineData("나비", "나비")]
    [InlineData("가나다", "가나 나다")]
    [InlineData("\u1102\u1161\u1107\u1175", "나비")]
    [InlineData("แมว", "แม มว")]
    [InlineData("trip🎿🏔️!", "trip 🎿 🏔")]
    [InlineData("हिन्दी", "हिन्दी")]
    public void Analyze_OfAText_GivesItsTerms(string text, string terms) => Terms(text).ShouldBe(terms);

    [Fact]
    public void Analyze_OfStopWords_CountsThemInTheLength()
    {
        var sink = new Sink();

        TermAnalyzer.Analyze("This is the kitten.", ref sink).ShouldBe(4);

        sink.Terms.ShouldBe(["kitten"]);
    }

    [Theory]
    [InlineData(AnalysisFeatures.None, "the children painted")]
    [InlineData(AnalysisFeatures.StopWords, "children painted")]
    [InlineData(AnalysisFeatures.Stems, "the children paint")]
    [InlineData(AnalysisFeatures.IrregularForms, "the child painted")]
    [InlineData(AnalysisFeatures.All, "child paint")]
    public void Analyze_WithSomeFeatures_LeavesTheOthersOut(object features, string terms)
    {
        var sink = new Sink();

        TermAnalyzer.Analyze("The children painted.", ref sink, (AnalysisFeatures)features).ShouldBe(3);

        sink.Terms.ShouldBe(terms.Split(' '));
        QueryAnalyzer.Analyze("The children painted.", (AnalysisFeatures)features).Select(term => term.Term).ShouldBe(terms.Split(' '));
    }

    [Theory]
    [InlineData("\uD800 lone \uDC00")]
    [InlineData("﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽﷽")]
    [InlineData("e\u0301\u0302\u0303\u0304\u0305\u0306")]
    public void Analyze_OfOddText_GivesSomething(string text) => Should.NotThrow(() => Terms(text));

    [Fact]
    public void Analyze_OfAGiantWord_KeepsItsBeginning() => Terms(new string('x', 30_000)).Length.ShouldBe(64);

    [Fact]
    public void Query_OfAQuestion_KeepsEachTermOnceInOrder()
    {
        IReadOnlyList<MemoryDapr.Stores.QueryTerm> terms = QueryAnalyzer.Analyze("When did Anna's kitten paint, and what paintings?");

        terms.Select(term => (term.Term, term.Surface, term.IsCapitalised)).ShouldBe(
            [("anna", "anna", true), ("kitten", "kitten", false), ("paint", "paint", false)]);
    }

    [Fact]
    public void Query_OfAGiantText_IsBounded() =>
        QueryAnalyzer.Analyze(string.Join(' ', Enumerable.Range(0, 3000).Select(i => $"w{i}"))).Count.ShouldBe(QueryAnalyzer.MaxTerms);

    // From the published vocabulary of the stemmer.
    [Theory]
    [InlineData("caresses", "caress")]
    [InlineData("ponies", "poni")]
    [InlineData("agreed", "agre")]
    [InlineData("hopping", "hop")]
    [InlineData("hoping", "hope")]
    [InlineData("falling", "fall")]
    [InlineData("happy", "happi")]
    [InlineData("relational", "relat")]
    [InlineData("conditional", "condit")]
    [InlineData("vietnamization", "vietnam")]
    [InlineData("electricity", "electr")]
    [InlineData("adjustment", "adjust")]
    [InlineData("adoption", "adopt")]
    [InlineData("controlling", "control")]
    [InlineData("generalizations", "gener")]
    [InlineData("sky", "sky")]
    [InlineData("as", "as")]
    public void Stem_OfAWord_IsPortersStem(string word, string stem)
    {
        char[] letters = word.ToCharArray();

        new string(letters, 0, PorterStemmer.Stem(letters)).ShouldBe(stem);
    }

    private static string Terms(string text)
    {
        var sink = new Sink();
        TermAnalyzer.Analyze(text, ref sink);
        return string.Join(' ', sink.Terms);
    }

    private readonly struct Sink() : ITermSink
    {
        public List<string> Terms { get; } = [];

        public void Add(ReadOnlySpan<char> term) => Terms.Add(term.ToString());
    }
}
