using System.Net;
using MemoryDapr.Crash.Server;

namespace MemoryDapr.Crash.Load;

/// <summary>Appends turns.</summary>
internal sealed class AppendOperation(PostedSession session, IReadOnlyList<PostedTurn> turns) : IOperation
{
    public async Task RunAsync(MemoryClient client, CancellationToken cancellationToken)
    {
        var body = new
        {
            session.User,
            Turns = turns.Select(turn => new { turn.Id, Role = "user", Speaker = "Ann", turn.Content }),
        };
        Reply reply = await client.SendAsync(
            HttpMethod.Post, $"/memory/sessions/{session.Id}/turns", body, [HttpStatusCode.OK], cancellationToken);
        AppendReply appended = reply.Read<AppendReply>();
        if (!appended.Turns.Select(turn => turn.Id).SequenceEqual(turns.Select(turn => turn.Id))
            || appended.Turns.Any(turn => turn.Status is not ("accepted" or "duplicate")))
        {
            throw new ContractException($"The append to {session.Id} was answered with {reply.Text}");
        }

        foreach ((PostedTurn turn, AppendedReply answer) in turns.Zip(appended.Turns))
        {
            turn.ItemId = answer.ItemId;
            turn.State = TurnState.Acknowledged;
        }

        if (appended.TurnCount != session.Live.Count())
        {
            throw new ContractException($"{session.Id} has {session.Live.Count()} turns, and the append says {appended.TurnCount}.");
        }
    }
}
