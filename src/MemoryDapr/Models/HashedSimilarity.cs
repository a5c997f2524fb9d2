using System.Numerics.Tensors;
using System.Text.RegularExpressions;
using MemoryDapr.Stores;
using MemoryDapr.Stores.Analysis;

namespace MemoryDapr.Models;

/// <summary>
/// Likeness by hashed character n-grams and words of the analysed text. It sees the same words in other forms and other order, and no
/// synonyms. Texts that name different people or numbers are never alike, however alike their words: "Ann bought 2 cars" is not
/// "Bob bought 3 cars".
/// </summary>
internal sealed partial class HashedSimilarity : ITextSimilarity
{
    private const int Dimensions = 1024;
    private const int ShortestGram = 3;
    private const int LongestGram = 4;
    private const float WordWeight = 2;

    /// <summary>What is left of the likeness of texts that name different things.</summary>
    private const double Disagreement = 0.5;

    private readonly RecentFingerprints _fingerprints = new(Read);

    public double Between(string first, string second)
    {
        Fingerprint left = _fingerprints.Get(first);
        Fingerprint right = _fingerprints.Get(second);
        double cosine = Cosine(left, right);
        return HasSameAnchors(left, right) ? cosine : cosine * Disagreement;
    }

    public Fingerprint Of(string text) => _fingerprints.Get(text);

    // The anchors first: they are a few numbers where the rest is a thousand, and most pairs differ in them.
    public bool AreAlike(Fingerprint first, Fingerprint second, double least)
    {
        bool agree = HasSameAnchors(first, second);
        return (agree || least <= Disagreement) && (agree ? 1 : Disagreement) * Cosine(first, second) >= least;
    }

    private static double Cosine(Fingerprint left, Fingerprint right) =>
        Math.Clamp(TensorPrimitives.Dot<float>(left.Values, right.Values), 0, 1);

    private static Fingerprint Read(string text)
    {
        string plain = Explained().Replace(text, "");
        var sink = new Vector();
        TermAnalyzer.Analyze(plain, ref sink);

        // Of length 1, so that each of many comparisons is one product; a text without words stays all zeros and like nothing.
        float length = TensorPrimitives.Norm<float>(sink.Values);
        TensorPrimitives.Divide(sink.Values, Math.Max(length, float.Epsilon), sink.Values);
        return new Fingerprint(sink.Values, Hash(plain, Number()), Hash(plain, Name()));
    }

    /// <summary>Numbers must be the same for the most part, and so must names.</summary>
    private static bool HasSameAnchors(Fingerprint left, Fingerprint right) =>
        Overlap(left.Numbers, right.Numbers) >= 0.6 && Overlap(left.Names, right.Names) >= 0.5;

    private static double Overlap(int[] first, int[] second)
    {
        int both = 0;
        for (int left = 0, right = 0; left < first.Length && right < second.Length;)
        {
            int order = first[left].CompareTo(second[right]);
            both += order == 0 ? 1 : 0;
            left += order <= 0 ? 1 : 0;
            right += order >= 0 ? 1 : 0;
        }

        int all = first.Length + second.Length - both;
        return all == 0 ? 1 : (double)both / all;
    }

    private static int[] Hash(string text, Regex words)
    {
        var hashes = new SortedSet<int>();
        foreach (ValueMatch word in words.EnumerateMatches(text))
        {
            hashes.Add(string.GetHashCode(text.AsSpan(word.Index, word.Length), StringComparison.Ordinal));
        }

        return hashes.Count == 0 ? [] : [.. hashes];
    }

    /// <summary>The meaning of relative dates, which differs between tellings of one story.</summary>
    [GeneratedRegex(@"\s\((?:week of |weekend of |around )*(?:\d{1,2} )?(?:\p{L}+ )?\d{4}(?:/\d{4})?\)", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Explained();

    [GeneratedRegex(@"\d+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<=[\p{L}\p{N},]\s|^|[.!?]\s)\p{Lu}\p{L}+", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Name();

    private readonly struct Vector() : ITermSink
    {
        public float[] Values { get; } = new float[Dimensions];

        public void Add(ReadOnlySpan<char> term)
        {
            Count(term, WordWeight);
            Span<char> padded = stackalloc char[term.Length + 2];
            padded[0] = padded[^1] = ' ';
            term.CopyTo(padded[1..]);
            for (int length = ShortestGram; length <= LongestGram; length++)
            {
                for (int start = 0; start + length <= padded.Length; start++)
                {
                    Count(padded.Slice(start, length), 1);
                }
            }
        }

        /// <summary>FNV-1a: the same in every process. One bit decides the sign, so that collisions cancel out.</summary>
        private void Count(ReadOnlySpan<char> gram, float weight)
        {
            uint hash = 2166136261;
            foreach (char character in gram)
            {
                hash = (hash ^ character) * 16777619;
            }

            Values[hash % Dimensions] += (hash & 0x8000_0000) == 0 ? weight : -weight;
        }
    }
}
