namespace MemoryDapr.Api.Exchange;

/// <summary>Where an export goes on: in the sessions, then in the items.</summary>
/// <param name="InItems">Whether the sessions are done.</param>
/// <param name="Inner">Where in that list; null for its beginning.</param>
internal sealed record ExportCursor(bool InItems, string? Inner)
{
    private const char Sessions = 's';
    private const char Items = 'i';

    /// <summary>The cursor that the text is; null if it is none.</summary>
    public static ExportCursor? Parse(string? text) => text switch
    {
        null => new(InItems: false, null),
        [Sessions, .. { Length: > 0 } inner] => new(InItems: false, inner),
        [Items, .. string inner] => new(InItems: true, inner.Length == 0 ? null : inner),
        _ => null,
    };

    public override string ToString() => $"{(InItems ? Items : Sessions)}{Inner}";
}
