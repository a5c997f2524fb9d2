using MemoryDapr.Sample;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
if (string.IsNullOrWhiteSpace(builder.Configuration["APP_API_TOKEN"]))
{
    await Console.Error.WriteLineAsync("APP_API_TOKEN must be set, to the same value for the app and for its sidecar.");
    return 78;
}

// What it prints is what there is to see.
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.Services.AddSingleton(TimeProvider.System);
builder.Services.AddDaprClient();
builder.Services.AddAuthentication().AddDapr();
builder.Services.AddAuthorization(authorization => authorization.AddDapr());
builder.Services.AddSingleton<Conversation>();
builder.Services.AddHostedService(services => services.GetRequiredService<Conversation>());

WebApplication app = builder.Build();
app.UseCloudEvents();
app.UseAuthentication();
app.UseAuthorization();
app.MapGet("/healthz", () => Results.Ok());

// The routes that src/MemoryDapr.Sample/components subscribes. Only the sidecar may call them.
RouteGroupBuilder events = app.MapGroup("/events").RequireAuthorization("Dapr");
events.MapPost("/episodes", async (EpisodeCreated episode, Conversation conversation, CancellationToken cancellationToken) =>
{
    Console.WriteLine($"memory.episode.created.v1  {episode}");
    if (!episode.Merged)
    {
        await conversation.CiteAsync(episode, cancellationToken);
    }

    return Results.Ok();
});
events.MapPost("/facts", (FactPromoted fact) =>
{
    Console.WriteLine($"memory.fact.promoted.v1    {fact}");
    return Results.Ok();
});

await app.RunAsync();
return 0;
