using System.Globalization;
using System.Text.RegularExpressions;
using MemoryDapr.Crash.Server;

namespace MemoryDapr.Crash.Sessions;

/// <summary>What the process holds at one moment.</summary>
/// <param name="Heap">Bytes of the heap after all garbage was collected.</param>
/// <param name="Resident">Bytes of the process in physical memory.</param>
/// <param name="SessionActors">Session actors in memory.</param>
internal sealed partial record Reading(long Heap, long Resident, int SessionActors)
{
    public static async Task<Reading> TakeAsync(ServerProcess server, MemoryClient client, CancellationToken cancellationToken)
    {
        int actors = await CountActorsAsync(client, cancellationToken);
        long heap = await server.CollectAsync();
        return new Reading(heap, server.ReadResidentBytes(), actors);
    }

    public static async Task<int> CountActorsAsync(MemoryClient client, CancellationToken cancellationToken)
    {
        Reply metrics = await client.SendAsync(HttpMethod.Get, "/metrics", null, [System.Net.HttpStatusCode.OK], cancellationToken);
        Match active = SessionActorsLine().Match(metrics.Text);
        return active.Success
            ? int.Parse(active.Groups[1].Value, CultureInfo.InvariantCulture)
            : throw new ContractException("/metrics does not tell how many session actors are in memory.");
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"heap {Heap / 1048576.0:F1} MiB, resident {Resident / 1048576.0:F0} MiB, {SessionActors} session actors");

    [GeneratedRegex("""^dapr_actors_active(?:_[a-z]+)?\{[^}]*actor_type="SessionActor"[^}]*\} (\d+)""", RegexOptions.Multiline)]
    private static partial Regex SessionActorsLine();
}
