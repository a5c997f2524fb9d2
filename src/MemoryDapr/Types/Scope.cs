using System.Text.Json.Serialization;

namespace MemoryDapr.Types;

/// <summary>The wall that no search crosses: one user of one tenant.</summary>
/// <param name="Tenant">The tenant, from the API key. <c>^[a-zA-Z0-9_-]{1,100}$</c>.</param>
/// <param name="User">The user within it. Same form.</param>
public sealed record Scope(string Tenant, string User)
{
    /// <summary>A name of 20 hex digits for the scope: it stands in every item id, and names the scope's part of a vector database.</summary>
    [JsonIgnore]
    public string Key => StableHash.Hex(20, "scope", Tenant, User);

    /// <summary>The id of the scope's one writer. The dot is in neither part, so two scopes never share one.</summary>
    [JsonIgnore]
    public string ActorId => $"{Tenant}.{User}";
}
