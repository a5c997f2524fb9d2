using System.Net;
using MemoryDapr.Crash.Server;

namespace MemoryDapr.Crash.Load;

/// <summary>Cites an episode of a user that is not promoted yet: under the threshold of these runs one use is enough.</summary>
internal sealed class PromoteOperation(string answerId, string user) : IOperation
{
    public async Task RunAsync(MemoryClient client, CancellationToken cancellationToken)
    {
        List<ItemReply> episodes = await client.ListAsync<ItemReply>($"/memory/items?user={user}&kind=episode", cancellationToken);
        if (episodes.FirstOrDefault(episode => !episode.Promoted) is { } episode)
        {
            var body = new { MemoryIds = new[] { episode.Id }, AnswerId = answerId, Verdict = "used" };
            await client.SendAsync(HttpMethod.Post, "/memory/citations", body, [HttpStatusCode.Accepted], cancellationToken);
        }
    }
}
