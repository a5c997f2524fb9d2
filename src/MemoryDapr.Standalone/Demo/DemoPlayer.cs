using System.Globalization;
using System.Text.Json.Nodes;

namespace MemoryDapr.Standalone.Demo;

/// <summary>
/// Plays the sample against the running service and shows what became of it: turns in, episodes out, the one that answers used promoted
/// to facts, and questions answered with their evidence. Played again on the same data, it changes nothing.
/// </summary>
internal sealed class DemoPlayer(DemoClient client, DemoScript script, TextWriter output, TimeProvider time)
{
    /// <summary>Five uses lift an item's salience from 0.5 above the threshold of promotion.</summary>
    private const int UsesToPromote = 5;

    private static readonly string[] Episodes = ["episode"];
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan LookAgainAfter = TimeSpan.FromMilliseconds(200);

    /// <summary>Plays the sample on the service at <paramref name="address"/>, with its first configured key if it has any.</summary>
    public static async Task PlayAsync(
        Uri address,
        IConfiguration configuration,
        TextWriter output,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        string? key = configuration["Api:Keys:0:Key"];
        if (key is null && configuration.GetSection("Api:Keys").GetChildren().Any())
        {
            await output.WriteLineAsync("  The demo needs a key in plain (Api:Keys:0:Key); only hashes are configured, so it is left out.");
            return;
        }

        using var client = new DemoClient(address, key);
        try
        {
            await new DemoPlayer(client, DemoScript.Load(), output, time).PlayAsync(cancellationToken);
        }
        catch (Exception exception) when (cancellationToken.IsCancellationRequested && exception is OperationCanceledException or HttpRequestException)
        {
            await output.WriteLineAsync("  The demo was stopped.");
        }
    }

    private async Task PlayAsync(CancellationToken cancellationToken)
    {
        await SayAsync("Turns in: POST /memory/sessions/{id}/turns");
        List<string> pipelines = [];
        foreach (DemoSession session in script.Sessions)
        {
            JsonNode appended = await client.PostAsync($"memory/sessions/{session.Id}/turns", ToRequest(session), cancellationToken);
            await SayAsync($"  {session.Id}: {appended["turnCount"]} turns, pipeline {appended["pipelineId"]}");
            if (appended["pipelineId"] is { } pipeline)
            {
                pipelines.Add(pipeline.GetValue<string>());
            }
        }

        await FinishAsync(pipelines, cancellationToken);
        await SettleAsync(cancellationToken);
        await ShowItemsAsync("Distilled: GET /memory/items?kind=episode", "episode", cancellationToken);
        await CiteAsync(cancellationToken);
        await ShowItemsAsync("Promoted: GET /memory/items?kind=fact", "fact", cancellationToken);
        await RecallAsync(cancellationToken);
        await SayAsync($"The demo is over; the service goes on, with its explorer at #/sessions?user={script.User}. Ctrl+C stops it.");
    }

    private object ToRequest(DemoSession session)
    {
        DateTimeOffset day = new(time.GetUtcNow().Date.AddDays(-session.DaysAgo).AddHours(17), TimeSpan.Zero);
        return new
        {
            user = script.User,
            turns = session.Turns.Select((turn, index) => new
            {
                id = string.Create(CultureInfo.InvariantCulture, $"{session.Id}:{index + 1}"),
                role = turn.Role,
                speaker = turn.Speaker,
                content = turn.Content,
                at = day.AddMinutes(index),
            }),
        };
    }

    // A pipeline that is planned is in no list before it is scheduled; by its id it is known at once.
    private async Task FinishAsync(List<string> pipelines, CancellationToken cancellationToken)
    {
        DateTimeOffset end = time.GetUtcNow() + Patience;
        foreach (string id in pipelines)
        {
            while ((await client.GetAsync($"memory/pipelines/{id}", cancellationToken))["status"]!.GetValue<string>() is "queued" or "running" or "waiting")
            {
                if (time.GetUtcNow() > end)
                {
                    throw new InvalidOperationException($"Pipeline {id} is still at work after {Patience}.");
                }

                await Task.Delay(LookAgainAfter, time, cancellationToken);
            }
        }
    }

    private async Task SettleAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset end = time.GetUtcNow() + Patience;
        while (true)
        {
            JsonNode pipelines = await client.GetAsync("memory/pipelines?status=queued,running,waiting", cancellationToken);
            int open = pipelines["items"]!.AsArray().Count;
            if (open == 0)
            {
                return;
            }

            if (time.GetUtcNow() > end)
            {
                throw new InvalidOperationException($"{open} pipelines are still at work after {Patience}.");
            }

            await SayAsync($"  {open} pipelines at work ...");
            await Task.Delay(LookAgainAfter, time, cancellationToken);
        }
    }

    private async Task ShowItemsAsync(string title, string kind, CancellationToken cancellationToken)
    {
        await SayAsync(title);
        JsonNode items = await client.GetAsync($"memory/items?user={script.User}&kind={kind}", cancellationToken);
        foreach (JsonNode? item in items["items"]!.AsArray())
        {
            string heading = item!["title"] is { } caption ? $"{caption}: " : "";
            await SayAsync($"  [{item["salience"]!.GetValue<double>():0.00}] {heading}{item["text"]}");
        }
    }

    // What a client does when its answers rest on a memory: it says so. Here one episode serves five answers.
    private async Task CiteAsync(CancellationToken cancellationToken)
    {
        JsonNode recalled = await client.PostAsync(
            "memory/recall",
            new { query = script.Questions[0], user = script.User, k = 1, kinds = Episodes },
            cancellationToken);
        if (recalled["items"]!.AsArray() is not [{ } episode])
        {
            throw new InvalidOperationException("No episode was recalled.");
        }

        string id = episode["id"]!.GetValue<string>();
        for (int use = 1; use <= UsesToPromote; use++)
        {
            await client.PostAsync(
                "memory/citations",
                new { memoryIds = new[] { id }, answerId = string.Create(CultureInfo.InvariantCulture, $"demo-answer-{use}"), verdict = "used" },
                cancellationToken);
        }

        await SayAsync($"Cited {UsesToPromote} times: POST /memory/citations for '{episode["text"]}'");
        DateTimeOffset end = time.GetUtcNow() + Patience;
        while ((await client.GetAsync($"memory/items?user={script.User}&kind=fact", cancellationToken))["items"]!.AsArray().Count == 0)
        {
            if (time.GetUtcNow() > end)
            {
                throw new InvalidOperationException($"No fact was promoted after {Patience}.");
            }

            await Task.Delay(LookAgainAfter, time, cancellationToken);
        }

        await SettleAsync(cancellationToken);
    }

    private async Task RecallAsync(CancellationToken cancellationToken)
    {
        await SayAsync("Recalled: POST /memory/recall");
        foreach (string question in script.Questions)
        {
            JsonNode answer = await client.PostAsync("memory/recall", new { query = question, user = script.User, k = 2 }, cancellationToken);
            await SayAsync($"  {question}");
            foreach (JsonNode? item in answer["items"]!.AsArray())
            {
                string speaker = item!["speaker"] is { } name ? $"{name}: " : "";
                await SayAsync($"    {item["kind"],-8} {item["at"]!.GetValue<DateTimeOffset>():yyyy-MM-dd} {speaker}{item["text"]}");
            }
        }
    }

    private Task SayAsync(string line) => output.WriteLineAsync("  " + line);
}
