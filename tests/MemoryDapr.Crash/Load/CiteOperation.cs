using System.Net;
using MemoryDapr.Crash.Server;

namespace MemoryDapr.Crash.Load;

/// <summary>Cites turns as used by one answer.</summary>
internal sealed class CiteOperation(string answerId, IReadOnlyList<PostedTurn> turns) : IOperation
{
    public async Task RunAsync(MemoryClient client, CancellationToken cancellationToken)
    {
        // What is not indexed yet is not known, and a citation of it counts nothing.
        foreach (PostedTurn turn in turns)
        {
            await Indexing.WaitAsync(client, turn, cancellationToken);
        }

        var body = new { MemoryIds = turns.Select(turn => turn.ItemId), AnswerId = answerId, Verdict = "used" };
        await client.SendAsync(HttpMethod.Post, "/memory/citations", body, [HttpStatusCode.Accepted], cancellationToken);
        foreach (PostedTurn turn in turns)
        {
            turn.Citations++;
        }
    }
}
