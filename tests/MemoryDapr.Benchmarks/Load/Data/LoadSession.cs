using System.Text.Json;
using MemoryDapr.Benchmarks.Load.Loops;

namespace MemoryDapr.Benchmarks.Load.Data;

/// <summary>A session to append, with its owner.</summary>
internal sealed record LoadSession(string User, string Id, IReadOnlyList<LoadTurn> Turns)
{
    /// <summary>The requests that append it, in order.</summary>
    public IEnumerable<LoadRequest> ToRequests(int turnsPerRequest) => Turns.Chunk(turnsPerRequest).Select(batch => new LoadRequest(
        $"/memory/sessions/{Id}/turns", JsonSerializer.SerializeToUtf8Bytes(new { User, Turns = batch }, JsonSerializerOptions.Web)));
}
