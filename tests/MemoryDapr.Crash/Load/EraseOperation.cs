using System.Net;
using MemoryDapr.Crash.Server;

namespace MemoryDapr.Crash.Load;

/// <summary>Erases one turn, a session or a user.</summary>
internal sealed class EraseOperation(string path, IReadOnlyList<PostedTurn> turns, bool waitForIndex) : IOperation
{
    private bool _wasSent;

    public static EraseOperation OfTurn(PostedSession session, PostedTurn turn)
    {
        session.HadErasure = true;
        return new EraseOperation($"/memory/items/{turn.ItemId}", [turn], waitForIndex: true);
    }

    public static EraseOperation OfSession(PostedSession session)
    {
        session.HadErasure = true;
        return new EraseOperation($"/memory/sessions/{session.Id}", [.. session.Live], waitForIndex: false);
    }

    public static EraseOperation OfUser(string user, IReadOnlyList<PostedSession> sessions)
    {
        foreach (PostedSession session in sessions)
        {
            session.HadErasure = true;
        }

        return new EraseOperation($"/memory/users/{user}", [.. sessions.SelectMany(session => session.Live)], waitForIndex: true);
    }

    public async Task RunAsync(MemoryClient client, CancellationToken cancellationToken)
    {
        if (!_wasSent && waitForIndex)
        {
            // The contract erases an item by the id under which it is known, and a user by what is known of it.
            foreach (PostedTurn turn in turns)
            {
                await Indexing.WaitAsync(client, turn, cancellationToken);
            }
        }

        _wasSent = true;
        foreach (PostedTurn turn in turns)
        {
            turn.State = TurnState.Erasing;
        }

        Reply reply = await client.SendAsync(HttpMethod.Delete, path, null, [HttpStatusCode.OK], cancellationToken);
        if (reply.Read<ReceiptReply>().CompletedAt is null)
        {
            throw new ContractException($"DELETE {path} was answered before it was complete: {reply.Text}");
        }

        foreach (PostedTurn turn in turns)
        {
            turn.State = TurnState.Erased;
        }
    }
}
