using System.Text.RegularExpressions;

namespace MemoryDapr.Api.Requests;

/// <summary>The forms of ids and other short texts. They end at \z: with $ a line feed after an id would pass.</summary>
internal static partial class TextForms
{
    /// <summary>Tenants, users and sessions.</summary>
    public static TextForm Id { get; } = new("id", "Must be 1 to 100 of A-Z a-z 0-9 _ and -.", IdPattern());

    /// <summary>Turns, and documents by their application's id.</summary>
    public static TextForm TurnId { get; } = new("turnId", "Must be 1 to 200 of A-Z a-z 0-9 . _ : and -.", TurnIdPattern());

    /// <summary>Items, pipelines, answers: opaque.</summary>
    public static TextForm ItemId { get; } = new("itemId", "Must be 1 to 100 of A-Z a-z 0-9 _ and -.", IdPattern());

    /// <summary>Where a list goes on: opaque.</summary>
    public static TextForm Cursor { get; } = new("cursor", "Must be a nextCursor of this list.", CursorPattern());

    public static TextForm MetadataKey { get; } = new("metadataKey", "A key must be 1 to 64 of A-Z a-z 0-9 and _.", MetadataKeyPattern());

    public static TextForm IdempotencyKey { get; } = new("header", "Must be 1 to 200 visible ASCII characters.", VisiblePattern());

    public static TextForm RequestId { get; } = new("header", "Must be 1 to 100 of A-Z a-z 0-9 . _ and -.", RequestIdPattern());

    /// <summary>A version as an entity tag.</summary>
    public static TextForm EntityTag { get; } = new("header", "Must be the ETag of the item, e.g. \"3\", or *.", EntityTagPattern());

    [GeneratedRegex(@"\A[a-zA-Z0-9_-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9._:-]{1,200}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TurnIdPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9_-]{1,1000}\z", RegexOptions.CultureInvariant)]
    private static partial Regex CursorPattern();

    [GeneratedRegex(@"\A[A-Za-z0-9_]{1,64}\z", RegexOptions.CultureInvariant)]
    private static partial Regex MetadataKeyPattern();

    [GeneratedRegex(@"\A[!-~]{1,200}\z", RegexOptions.CultureInvariant)]
    private static partial Regex VisiblePattern();

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,100}\z", RegexOptions.CultureInvariant)]
    private static partial Regex RequestIdPattern();

    [GeneratedRegex("""\A(\*|(W/)?"[0-9]{1,18}")\z""", RegexOptions.CultureInvariant)]
    private static partial Regex EntityTagPattern();
}
