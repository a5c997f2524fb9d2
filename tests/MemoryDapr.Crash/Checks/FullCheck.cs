using MemoryDapr.Crash.Load;
using MemoryDapr.Crash.Server;

namespace MemoryDapr.Crash.Checks;

/// <summary>Everything that must be true once the clients have repeated what was not answered and all work has come to rest.</summary>
internal static class FullCheck
{
    public static async Task RunAsync(
        MemoryClient client, IReadOnlyList<PostedSession> sessions, Findings findings, CancellationToken cancellationToken)
    {
        await RestCheck.RunAsync(client, sessions, findings, cancellationToken);
        if (findings.Count > 0)
        {
            return;
        }

        await Parallel.ForEachAsync(
            sessions, cancellationToken, async (session, token) => await TurnsCheck.RunAsync(client, session, findings, token));
        await PipelinesCheck.RunAsync(client, sessions, findings, cancellationToken);
        await Parallel.ForEachAsync(
            sessions.GroupBy(session => session.User),
            cancellationToken,
            async (user, token) => await MemoriesCheck.RunAsync(client, user.Key, [.. user], findings, token));
    }
}
