using System.Globalization;
using System.Text.RegularExpressions;

namespace MemoryDapr.Types;

/// <summary>
/// Item ids: opaque to clients, <c>[A-Za-z0-9_-]</c>. Each is a letter for the kind, the scope's key and a hash of what makes the item
/// the same item, so that writing it twice is writing it once, and so that the id alone tells in which scope to look.
/// </summary>
internal static partial class ItemId
{
    /// <summary>Hex digits at an id's end that tell it from the others of its kind and scope.</summary>
    public const int HashDigits = 24;

    /// <summary>The id of a turn as evidence.</summary>
    public static string ForTurn(Scope scope, string sessionId, string turnId) => Make('t', scope, "turn", sessionId, turnId);

    /// <summary>The id of the <paramref name="index"/>th episode that the pipeline made.</summary>
    public static string ForEpisode(Scope scope, string pipelineId, int index) => Make('e', scope, "episode", pipelineId, Text(index));

    /// <summary>The id of the <paramref name="index"/>th fact promoted from an episode.</summary>
    public static string ForFact(Scope scope, string episodeId, int index) => Make('f', scope, "fact", episodeId, Text(index));

    /// <summary>The id of a document, by the id its application gave it.</summary>
    public static string ForDocument(Scope scope, string documentId) => Make('d', scope, "document", documentId);

    /// <summary>Whether the text has the form of an item id.</summary>
    public static bool IsWellFormed(string id) => Form().IsMatch(id);

    /// <summary>The key of the scope that the item is in. The id must be well formed.</summary>
    public static string ScopeKey(string id) => id.Substring(2, 20);

    /// <summary>The id that the same item has in another scope. The id must be well formed.</summary>
    public static string InScope(string id, Scope scope) => $"{id[0]}-{scope.Key}{id[22..]}";

    /// <summary>Whether this is the id of that turn, in whichever scope. The id must be well formed.</summary>
    public static bool IsOfTurn(string id, string sessionId, string turnId) =>
        id[0] == 't' && id.AsSpan(23).SequenceEqual(HashOfTurn(sessionId, turnId));

    /// <summary>The digits that tell a turn's id from the other turns', the same in every scope.</summary>
    public static string HashOfTurn(string sessionId, string turnId) => StableHash.Hex(HashDigits, "turn", sessionId, turnId);

    private static string Make(char kind, Scope scope, params ReadOnlySpan<string> parts) =>
        $"{kind}-{scope.Key}-{StableHash.Hex(HashDigits, parts)}";

    private static string Text(int index) => index.ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex("^[tefd]-[0-9a-f]{20}-[0-9a-f]{24}$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
