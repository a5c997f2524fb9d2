using MemoryDapr.Types;

namespace MemoryDapr.Api.Sessions;

/// <summary>
/// Ids for turns that came without one. With an idempotency key they follow from it, so that a repeated request names the same turns
/// and each is a duplicate; without one they are new every time.
/// </summary>
internal static class TurnIds
{
    public static Turn Assign(NewTurn turn, int index, string tenant, string sessionId, string? idempotencyKey, IIdGenerator ids, DateTimeOffset now) =>
        new()
        {
            Id = turn.Id ?? Make(index, tenant, sessionId, idempotencyKey, ids),
            HasClientId = turn.Id is not null,
            Role = turn.Role!.Value,
            Speaker = turn.Speaker,
            Content = turn.Content!,
            At = turn.At ?? now,
            Metadata = turn.Metadata,
        };

    private static string Make(int index, string tenant, string sessionId, string? idempotencyKey, IIdGenerator ids) =>
        idempotencyKey is null
            ? ids.Next()
            : StableHash.Hex(32, tenant, sessionId, idempotencyKey, index.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
