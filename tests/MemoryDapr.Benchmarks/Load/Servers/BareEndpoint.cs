using System.IO.Pipelines;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace MemoryDapr.Benchmarks.Load.Servers;

/// <summary>
/// What HTTP itself costs here: the server with memory-api's settings and the product's runtime configuration, which reads each body and
/// answers bytes that are there already. No routing, no middleware, no log.
/// </summary>
internal static class BareEndpoint
{
    private const int MaxBody = 1_048_576;
    private const int MaxConnections = 10_000;

    /// <summary>Starts it in a process of its own.</summary>
    public static Task<ChildProcess> StartAsync(int bytes, int port, CancellationToken cancellationToken) => ChildProcess.StartAsync(
        [
            "exec", "--runtimeconfig", Path.ChangeExtension(Product.Program, ".runtimeconfig.json"), typeof(BareEndpoint).Assembly.Location,
            "load", "bare", "--bytes", $"{bytes}", "--port", $"{port}",
        ],
        cancellationToken);

    /// <summary>Serves until it is told to stop.</summary>
    public static async Task ServeAsync(int bytes, int port, CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls($"http://127.0.0.1:{port}").ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        });
        await using WebApplication app = builder.Build();
        byte[] answer = new byte[bytes];
        answer.AsSpan().Fill((byte)' ');
        app.Run(context => AnswerAsync(context, answer));
        await app.StartAsync(cancellationToken);
        await Console.Out.WriteLineAsync($"The bare endpoint listens on {app.Urls.First()}");
        await app.WaitForShutdownAsync(cancellationToken);
    }

    private static async Task AnswerAsync(HttpContext context, byte[] answer)
    {
        PipeReader body = context.Request.BodyReader;
        ReadResult read;
        do
        {
            read = await body.ReadAsync(context.RequestAborted);
            body.AdvanceTo(read.Buffer.End);
        }
        while (!read.IsCompleted);

        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.ContentLength = answer.Length;
        await context.Response.Body.WriteAsync(answer, context.RequestAborted);
    }
}
