using System.Text.Json;
using MemoryDapr.Types;

namespace MemoryDapr.Store.Sqlite;

/// <summary>The fields of an item while it is read.</summary>
internal struct ItemFields()
{
    public string? Id;
    public Scope? Scope;
    public MemoryKind? Kind;
    public string? Text;
    public string? Title;
    public string? SessionId;
    public string? TurnId;
    public long Ordinal;
    public TurnRole? Role;
    public string? Speaker;
    public bool HasClientId;
    public DateTimeOffset? At;
    public DateTimeOffset? Until;
    public IReadOnlyList<TurnSource>? Sources;
    public IReadOnlyList<EpisodeFact>? Facts;
    public IReadOnlyList<string>? DerivedFrom;
    public DateTimeOffset? ValidFrom;
    public DateTimeOffset? ValidTo;
    public IReadOnlyDictionary<string, MetadataValue>? Metadata;
    public SalienceLevel Salience;
    public bool Pinned;
    public bool Promoted;
    public DateTimeOffset? CreatedAt;
    public DateTimeOffset? UpdatedAt;
    public long Version = 1;

    /// <exception cref="JsonException">A field is missing that every item has.</exception>
    public readonly MemoryItem ToItem() => new()
    {
        Id = Id ?? throw Missing(nameof(Id)),
        Scope = Scope ?? throw Missing(nameof(Scope)),
        Kind = Kind ?? throw Missing(nameof(Kind)),
        Text = Text ?? throw Missing(nameof(Text)),
        Title = Title,
        SessionId = SessionId,
        TurnId = TurnId,
        Ordinal = Ordinal,
        Role = Role,
        Speaker = Speaker,
        HasClientId = HasClientId,
        At = At ?? throw Missing(nameof(At)),
        Until = Until,
        Sources = Sources ?? [],
        Facts = Facts ?? [],
        DerivedFrom = DerivedFrom ?? [],
        ValidFrom = ValidFrom,
        ValidTo = ValidTo,
        Metadata = Metadata,
        Salience = Salience,
        Pinned = Pinned,
        Promoted = Promoted,
        CreatedAt = CreatedAt ?? throw Missing(nameof(CreatedAt)),
        UpdatedAt = UpdatedAt ?? throw Missing(nameof(UpdatedAt)),
        Version = Version,
    };

    private static JsonException Missing(string field) => new($"The item has no {field}.");
}
