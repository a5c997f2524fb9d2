using System.Net;
using Dapr;
using Dapr.Actors;
using Dapr.Actors.Client;
using Dapr.Actors.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace EmbeddedDapr.Tests.Actors;

public class ActorProxyTests
{
    [Fact]
    public async Task CreateActorProxy_InterfaceIsNotPublic_IsRefused()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        Should.Throw<ArgumentException>(() => app.Proxies.CreateActorProxy<IHidden>(new ActorId("one"), "Hidden")).Message.ShouldContain("not public");
    }

    [Fact]
    public async Task RegisterActor_InterfaceIsNotPublic_AppDoesNotStart()
    {
        var fault = await Should.ThrowAsync<ArgumentException>(() => ActorApp.StartAsync(options => options.Actors.RegisterActor<HiddenActor>()));
        fault.Message.ShouldContain("not public");
    }

    [Theory]
    [InlineData(typeof(IGeneric))]
    [InlineData(typeof(IOverloaded))]
    [InlineData(typeof(INotAsync))]
    [InlineData(typeof(ITokenFirst))]
    [InlineData(typeof(IDisposable))]
    [InlineData(typeof(ProbeActorTypes))]
    public async Task CreateActorProxy_InterfaceBreaksARule_IsRefused(Type type)
    {
        await using ActorApp app = await ActorApp.StartAsync();
        Should.Throw<ArgumentException>(() => app.Proxies.CreateActorProxy(new ActorId("one"), type, nameof(ProbeActor)));
    }

    [Fact]
    public async Task CreateActorProxy_TypeAtRunTime_CallsTheActor()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        Type type = typeof(IProbeActor);
        var actor = (IProbeActor)app.Proxies.CreateActorProxy(new ActorId("one"), type, nameof(ProbeActor));
        await actor.TouchAsync();
        (await app.Probe.NextAsync()).ShouldBe("activated one");
    }

    [Fact]
    public async Task CreateActorProxy_OptionsWithoutJson_IsRefused()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        Should.Throw<InvalidOperationException>(() => app.Actor("one", new ActorProxyOptions()));
    }

    [Fact]
    public async Task AddActors_WithoutJson_AppDoesNotStart() =>
        await Should.ThrowAsync<InvalidOperationException>(() => ActorApp.StartAsync(options => options.UseJsonSerialization = false));

    [Fact]
    public async Task Call_ActorTypeIsNotHosted_IsADaprApiException()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        IProbeActor actor = app.Proxies.CreateActorProxy<IProbeActor>(new ActorId("one"), "Nowhere");
        (await Should.ThrowAsync<DaprApiException>(() => actor.TouchAsync())).ErrorCode.ShouldBe("ERR_ACTOR_INVOKE_METHOD");
    }

    [Fact]
    public async Task Call_ActorDoesNotImplementTheInterface_FailsAsItsMethod()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        IOther actor = app.Proxies.CreateActorProxy<IOther>(new ActorId("one"), nameof(ProbeActor));
        var failure = await Should.ThrowAsync<ActorMethodInvocationException>(() => actor.OtherAsync());
        failure.InnerException.ShouldBeOfType<ActorInvokeException>().ActualExceptionType.ShouldBe("System.Collections.Generic.KeyNotFoundException");
    }

    [Fact]
    public async Task Call_MoreThanFourMebibytes_IsRefused()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        await Should.ThrowAsync<DaprApiException>(() => app.Actor("one").RunAsync("any", new string('x', (4 * 1024 * 1024) + 1)));
    }

    [Theory]
    [InlineData(null, 100)]
    [InlineData(5, 5)]
    public async Task Call_NoAnswerWithinTheTimeout_CallerStopsWaiting(int? requestTimeout, int seconds)
    {
        await using ActorApp app = await ActorApp.StartAsync();
        var options = new ActorProxyOptions
        {
            UseJsonSerialization = true,
            RequestTimeout = requestTimeout is { } given ? TimeSpan.FromSeconds(given) : null,
        };
        Task<string?> call = Hanging(app, out TaskCompletionSource release, options, default);
        await app.Probe.NextAsync();
        await app.Probe.NextAsync();

        app.Clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
        call.IsCompleted.ShouldBeFalse();
        app.Clock.Advance(TimeSpan.FromMilliseconds(1));

        (await Assert.ThrowsAsync<TaskCanceledException>(() => call)).InnerException.ShouldBeOfType<TimeoutException>();
        release.SetResult();
    }

    [Fact]
    public async Task Call_CallerCancels_StopsWaitingAndAQueuedTurnNeverRuns()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        using var cancellation = new CancellationTokenSource();
        Task<string?> running = Hanging(app, out TaskCompletionSource release, null, default);
        await app.Probe.NextAsync();
        (await app.Probe.NextAsync()).ShouldBe("hanging");
        Task<string?> queued = app.Actor("one").RunAsync("hang", null, cancellation.Token);

        await cancellation.CancelAsync();
        await Should.ThrowAsync<TaskCanceledException>(() => queued);
        release.SetResult();
        await running;
        await app.Actor("one").TouchAsync();

        app.Probe.HasSaid.ShouldBeFalse();
    }

    [Fact]
    public async Task Call_CallerCancels_ActorsTokenIsCancelled()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        using var cancellation = new CancellationTokenSource();
        app.Probe.Scripts["watch"] = async context =>
        {
            context.CancellationToken.Register(() => app.Probe.Say("cancelled"));
            app.Probe.Say("watching");
            await Task.Delay(Timeout.InfiniteTimeSpan, app.Clock, context.CancellationToken);
            return null;
        };
        Task<string?> call = app.Actor("one").RunAsync("watch", null, cancellation.Token);
        await app.Probe.NextAsync();
        (await app.Probe.NextAsync()).ShouldBe("watching");

        await cancellation.CancelAsync();

        (await app.Probe.NextAsync()).ShouldBe("cancelled");
        await Should.ThrowAsync<TaskCanceledException>(() => call);
    }

    [Fact]
    public async Task Actor_HasItsHost_WithIdTypeAndServices()
    {
        await using ActorApp app = await ActorApp.StartAsync();
        app.Probe.Scripts["look"] = async context =>
        {
            ActorHost host = context.Actor.Host;
            context.Actor.Id.ShouldBe(new ActorId("one"));
            host.Id.ShouldBe(context.Actor.Id);
            host.ActorTypeInfo.ActorTypeName.ShouldBe(nameof(ProbeActor));
            host.ActorTypeInfo.ImplementationType.ShouldBe(typeof(ProbeActor));
            host.ActorTypeInfo.InterfaceTypes.ShouldBe([typeof(IProbeActor)]);
            host.ActorTypeInfo.IsRemindable.ShouldBeTrue();
            host.JsonSerializerOptions.PropertyNameCaseInsensitive.ShouldBeTrue();
            host.LoggerFactory.ShouldNotBeNull();
            context.Actor.OwnLogger.ShouldNotBeNull();
            context.Actor.Scoped.ShouldNotBeNull();
            await context.Actor.ProxyFactory.CreateActorProxy<IProbeActor>(new ActorId("two"), nameof(ProbeActor)).TouchAsync();
            return "looked";
        };

        (await app.Actor("one").RunAsync("look")).ShouldBe("looked");
    }

    [Fact]
    public async Task RegisterActor_UnderOtherNamesAndOptions_IsCalledByThem()
    {
        int configured = 0;
        await using ActorApp app = await ActorApp.StartAsync(options =>
        {
            options.Actors.RegisterActor<ProbeActor>("Named", _ => configured++);
            options.Actors.RegisterActor<ProbeActor>("NamedToo", new ActorRuntimeOptions { ActorIdleTimeout = TimeSpan.FromMinutes(1) });
            options.Actors.RegisterActor<NamedActor>(new ActorRuntimeOptions { DrainOngoingCallTimeout = TimeSpan.FromSeconds(9) });
        });
        foreach (string name in new[] { "Named", "NamedToo", "by-attribute" })
        {
            await app.Proxies.CreateActorProxy<IOther>(new ActorId("x"), name).OtherAsync().ContinueWith(_ => { }, TaskScheduler.Default);
        }

        configured.ShouldBe(1);
        app.Engine.ActiveActors.ShouldBe(3);
        app.Clock.Advance(TimeSpan.FromMinutes(2));
        string[] said = [await app.Probe.NextAsync(), await app.Probe.NextAsync(), await app.Probe.NextAsync(), await app.Probe.NextAsync()];
        said.ShouldBe(["activated x", "activated x", "deactivated x", "scope disposed"], "only NamedToo has an idle timeout of a minute");
    }

    [Fact]
    public async Task MapActorsHandlers_TokenIsRequired_ConfigNeedsItAndHealthDoesNot()
    {
        await using ActorApp app = await ActorApp.StartAsync(map: app => app.MapActorsHandlers().AddEndpointFilter(
            async (context, next) => context.HttpContext.Request.Headers.ContainsKey("dapr-api-token") ? await next(context) : Results.Unauthorized()));
        using HttpClient client = app.CreateClient();

        using HttpResponseMessage refused = await client.GetAsync(new Uri("/dapr/config", UriKind.Relative));
        using HttpResponseMessage healthy = await client.GetAsync(new Uri("/healthz", UriKind.Relative));
        client.DefaultRequestHeaders.Add("dapr-api-token", "secret");
        string config = await client.GetStringAsync(new Uri("/dapr/config", UriKind.Relative));

        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        healthy.StatusCode.ShouldBe(HttpStatusCode.OK);
        config.ShouldContain("\"entities\":[\"ProbeActor\"]");
    }

    [Fact]
    public void ActorId_SameText_IsEqual()
    {
        var id = new ActorId("a");
        id.ShouldBe(new ActorId("a"));
        (id == new ActorId("a")).ShouldBeTrue();
        (id != new ActorId("A")).ShouldBeTrue();
        id.Equals((object)"a").ShouldBeFalse();
        id.GetHashCode().ShouldBe(new ActorId("a").GetHashCode());
        id.GetId().ShouldBe("a");
        id.ToString().ShouldBe("a");
        Should.Throw<ArgumentException>(() => new ActorId(" "));
    }

    [Fact]
    public void ActorRuntimeOptions_TimesNotAboveZero_AreRefused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => new ActorRuntimeOptions { ActorIdleTimeout = TimeSpan.Zero });
        Should.Throw<ArgumentOutOfRangeException>(() => new ActorRuntimeOptions { DrainOngoingCallTimeout = TimeSpan.Zero });
    }

    private static Task<string?> Hanging(ActorApp app, out TaskCompletionSource release, ActorProxyOptions? options, CancellationToken cancellationToken)
    {
        var released = new TaskCompletionSource();
        release = released;
        app.Probe.Scripts["hang"] = async _ =>
        {
            app.Probe.Say("hanging");
            await released.Task;
            return null;
        };
        return app.Actor("one", options).RunAsync("hang", null, cancellationToken);
    }
}
