using System.Text;
using System.Text.RegularExpressions;

namespace MemoryDapr.Types;

/// <summary>
/// The form of a recall's <c>context</c>: a marked block whose every memory begins with its citation mark. Applications paste it into
/// prompts, and prompts come back as turns; the marks let <see cref="Strip"/> tell such echoes from what somebody said, so that memory
/// never feeds on itself.
/// </summary>
/// <example>
/// <code>
/// &lt;memory items="1"&gt;
/// [m:t-…] 8 May 2023, Caroline: I went to a support group yesterday.
/// &lt;/memory&gt;
/// </code>
/// </example>
internal static partial class MemoryBlock
{
    /// <summary>The last line of a block.</summary>
    public const string Closing = "</memory>";

    /// <summary>What a mark begins with; its item's id follows.</summary>
    public const string MarkStart = "[m:";

    /// <summary>What a mark ends with.</summary>
    public const string MarkEnd = "]";

    /// <summary>The first line of a block of this many memories.</summary>
    public static string Opening(int items) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"<memory items=\"{items}\">");

    /// <summary>The mark by which an answer cites an item.</summary>
    public static string Mark(string itemId) => $"{MarkStart}{itemId}{MarkEnd}";

    /// <summary>
    /// A text as it may stand in a block, after its mark. Further lines are indented, so that a part of a block still shows where the
    /// memory ends; what looks like a block's tag is defused, so that no turn can close the block it stands in.
    /// </summary>
    public static string Defuse(string text)
    {
        // Most texts have neither, and every recall writes ten.
        if (!text.AsSpan().ContainsAny('\r', '\n', '<'))
        {
            return text;
        }

        return TagStart().Replace(LineBreak().Replace(text, "\n  "), "&lt;$1");
    }

    /// <summary>
    /// The text without blocks, and without lines that carry a citation mark (with the indented lines below them), which is what is left
    /// of a block that was pasted in part. Empty if nothing else was in it.
    /// </summary>
    public static string Strip(string text)
    {
        if (!text.Contains("<memory", StringComparison.OrdinalIgnoreCase) && !text.Contains(MarkStart, StringComparison.OrdinalIgnoreCase))
        {
            return text;
        }

        string rest = Tag().Replace(Block().Replace(text, "\n"), "\n");
        var kept = new StringBuilder(rest.Length);
        bool isEcho = false;
        foreach (string line in LineBreak().Split(rest))
        {
            isEcho = AnyMark().IsMatch(line) || (isEcho && line.StartsWith(' '));
            if (!isEcho)
            {
                kept.Append(line).Append('\n');
            }
        }

        return kept.ToString().Trim();
    }

    [GeneratedRegex(@"<memory(\s[^<>]*)?>.*?</memory\s*>", RegexOptions.Singleline | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Block();

    [GeneratedRegex(@"</?memory(\s[^<>]*)?>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Tag();

    [GeneratedRegex(@"<(/?memory)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex TagStart();

    [GeneratedRegex(@"\[m:[A-Za-z0-9_-]+\]", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex AnyMark();

    [GeneratedRegex(@"\r\n|\n|\r", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LineBreak();
}
