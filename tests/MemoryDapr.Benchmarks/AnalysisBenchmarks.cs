using BenchmarkDotNet.Attributes;
using MemoryDapr.Recall;
using MemoryDapr.Recall.Ranking;
using MemoryDapr.Stores.Analysis;

namespace MemoryDapr.Benchmarks;

/// <summary>What a turn and a question cost before anything is stored or searched.</summary>
[MemoryDiagnoser]
public class AnalysisBenchmarks
{
    private const string Turn =
        "I went to Lisbon last May with my sister, and we took the old yellow tram up the hill three times! Have you ever been there in spring?";

    private const string Question = "When did Anna's sister go to Lisbon with her?";

#pragma warning disable CA1822 // BenchmarkDotNet runs instance methods only.
    [Benchmark]
    public int AnalyseTurn()
    {
        var sink = new Counter();
        return TermAnalyzer.Analyze(Turn, ref sink);
    }

    [Benchmark]
    public bool TellTraits() => ItemTraits.Of(Turn).NamesName;

    [Benchmark]
    public int AnalyseQuestion() => QueryAnalyzer.Analyze(Question).Count;

    [Benchmark]
    public bool DetectHints() => QuestionHints.Detect(Question).WantsTime;

#pragma warning restore CA1822

    private struct Counter : ITermSink
    {
        private int _characters;

        public void Add(ReadOnlySpan<char> term) => _characters += term.Length;
    }
}
