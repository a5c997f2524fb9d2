using System.Text;

namespace MemoryDapr.Recall;

/// <summary>The contract's estimate of tokens: no tokenizer, so the same for every model, and high enough for most.</summary>
internal static class TokenCount
{
    private const int BytesPerToken = 3;

    /// <summary>ceil(UTF-8 bytes / 3).</summary>
    public static int Of(ReadOnlySpan<char> text) => OfBytes(Encoding.UTF8.GetByteCount(text));

    /// <summary>ceil(bytes / 3).</summary>
    public static int OfBytes(int bytes) => (bytes + BytesPerToken - 1) / BytesPerToken;
}
