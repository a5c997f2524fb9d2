using System.Collections.Concurrent;

namespace MemoryDapr.Crash.Checks;

/// <summary>What is not as it must be.</summary>
internal sealed class Findings
{
    private readonly ConcurrentQueue<string> _all = new();

    public int Count => _all.Count;

    public IReadOnlyList<string> All => [.. _all];

    public void Add(string finding) => _all.Enqueue(finding);

    public void Expect(bool isTrue, string otherwise)
    {
        if (!isTrue)
        {
            Add(otherwise);
        }
    }
}
