using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MemoryDapr.TestKit;

/// <summary>
/// The model server's control interface, for tests in another process: <c>POST /control/rules</c> adds a <see cref="ModelRule"/>,
/// <c>GET /control/rules/{id}</c> counts the calls that it was for, <c>DELETE /control/rules/{id}</c> takes it away,
/// <c>GET /control/calls?containing=</c> counts all chat calls so far.
/// </summary>
internal static class ModelControl
{
    public static void MapControl(this WebApplication app, ScriptedModelServer server)
    {
        var rules = new ModelRules();
        server.OnChat = rules.Answer;
        app.MapPost("/control/rules", (ModelRule rule) => Results.Ok(new { id = rules.Add(rule) }));
        app.MapGet("/control/rules/{id}", (string id) => Results.Ok(new { count = rules.CountTaken(id) }));
        app.MapDelete("/control/rules/{id}", (string id) => rules.Remove(id));
        app.MapGet("/control/calls", (string? containing) => Results.Ok(new { count = server.Calls.Count(call => new ModelRule(containing ?? "").IsFor(call)) }));
    }
}
