using MemoryDapr.Api;
using MemoryDapr.Api.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Api;

public sealed class GatewayCheckTests : IAsyncDisposable
{
    private readonly List<string> _asked = [];
    private WebApplication? _gateway;

    [Fact]
    public async Task Run_PolicyRefuses_Passes()
    {
        using GatewayCheck check = await StartAsync(context => RefuseAsync(context));

        await check.RunAsync(TestContext.Current.CancellationToken);

        _asked.ShouldBe(["/v1.0/metadata ", "/x memory-worker"]);
    }

    [Fact]
    public async Task Run_SidecarApiIsOpen_Throws()
    {
        using GatewayCheck check = await StartAsync(context =>
            context.Request.Path == "/x" ? RefuseAsync(context) : context.Response.WriteAsync("""{"id":"memory-gateway"}"""));

        await Should.ThrowAsync<HttpRequestException>(check.RunAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_SidecarItselfRefusesTheApi_Throws()
    {
        using GatewayCheck check = await StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return context.Request.Path == "/x" ? RefuseAsync(context) : context.Response.WriteAsync("""{"errorCode":"ERR_NOT_FOUND"}""");
        });

        await Should.ThrowAsync<HttpRequestException>(check.RunAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_AnotherAppAnswersThatItHasNoSuchPath_Throws()
    {
        using GatewayCheck check = await StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return context.Request.Path == "/x" ? Task.CompletedTask : RefuseAsync(context);
        });

        await Should.ThrowAsync<HttpRequestException>(check.RunAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void IsConfigured_WithoutAnAddress_IsFalse()
    {
        using var check = new GatewayCheck(new ApiOptions());

        check.IsConfigured.ShouldBeFalse();
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }
    }

    private static Task RefuseAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return context.Response.WriteAsync("Not Found\n");
    }

    private async Task<GatewayCheck> StartAsync(RequestDelegate answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _gateway = builder.Build();
        _gateway.Run(context =>
        {
            _asked.Add($"{context.Request.Path} {context.Request.Headers["dapr-app-id"]}");
            return answer(context);
        });
        await _gateway.StartAsync();
        return new GatewayCheck(new ApiOptions { GatewayUrl = _gateway.Urls.Single() });
    }
}
