using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Components;

/// <summary>dapr.yaml starts what is there, and nothing that others can reach.</summary>
public class RunFileTests
{
    private static readonly Node Root = ResourceFile.Read("dapr.yaml").Root;

    private static IEnumerable<Node> Apps => Root["apps"].Items;

    [Fact]
    public void Apps_Always_AreThoseWithAConfigurationOfTheirOwn()
    {
        string[] configurations = [.. ResourceFile.ReadFolder("components/config").Select(file => file.Name)];

        Apps.Select(app => app["appID"].Text).ShouldBe(configurations, ignoreOrder: true);
        Apps.ShouldAllBe(app => app["configFilePath"].Text == $"components/config/{app["appID"].Text}.yaml");
    }

    [Fact]
    public void Paths_Always_AreBelowThisFoldersOwn() => Apps.ShouldAllBe(app => app["appDirPath"].Text == ".");

    [Fact]
    public void Resources_Always_AreTheSharedOnesAndOneSet()
    {
        foreach (Node resources in Apps.Select(app => app["resourcesPaths"]).Append(Root["common"]["resourcesPaths"]).Where(paths => paths.Exists))
        {
            string[] paths = [.. resources.Items.Select(path => path.Text)];
            paths.ShouldAllBe(path => Directory.Exists(Path.Combine(ResourceFile.Repository, path)));
            paths.ShouldContain("components");
            paths.Count(path => path is "components/redis" or "components/sqlite").ShouldBe(1);
        }
    }

    [Fact]
    public void Apis_OfEverySidecar_ListenOnLoopback() => Apps.ShouldAllBe(app => app["apiListenAddresses"].Text == "127.0.0.1");

    [Fact]
    public void Gateway_Always_IsASidecarAlone()
    {
        Node gateway = Apps.Single(app => app["appID"].Text == "memory-gateway");

        gateway["command"].Exists.ShouldBeFalse();
        gateway["appPort"].Exists.ShouldBeFalse();
    }

    [Fact]
    public void Commands_OfTheOthers_StartBuiltProgramsOnLoopback()
    {
        foreach (Node app in Apps.Where(app => app["appID"].Text != "memory-gateway"))
        {
            string[] command = [.. app["command"].Items.Select(part => part.Text)];
            command[0].ShouldBe("dotnet");
            string project = Path.GetFileNameWithoutExtension(command[1]);
            command[1].ShouldBe($"src/{project}/bin/sidecar/Release/net10.0/{project}.dll");
            File.Exists(Path.Combine(ResourceFile.Repository, "src", project, $"{project}.csproj")).ShouldBeTrue(project);
            command[2..].ShouldBe(["--urls", $"http://127.0.0.1:{app["appPort"].Text}"]);
        }
    }

    [Fact]
    public void Ports_Always_AreUnique() =>
        Apps.SelectMany(app => new[] { app["appPort"].Text, app["daprHTTPPort"].Text, app["metricsPort"].Text, app["env"]["Management__Url"].Text })
            .Where(port => port.Length > 0).ShouldBeUnique();

    [Fact]
    public void ReadinessOfTheApi_Always_AsksTheGatewayWhereItListens()
    {
        string port = Apps.Single(app => app["appID"].Text == "memory-gateway")["daprHTTPPort"].Text;

        Apps.Single(app => app["appID"].Text == "memory-api")["env"]["Api__GatewayUrl"].Text.ShouldBe($"http://127.0.0.1:{port}");
    }

    // It would reach the programs but not their sidecars, so it has to come from the shell; and no common.env, which some versions of
    // the CLI cannot merge into an app that has none of its own.
    [Fact]
    public void Environment_Always_HoldsNoToken()
    {
        Root["common"]["env"].Exists.ShouldBeFalse();
        Apps.ShouldAllBe(app => !app["env"]["APP_API_TOKEN"].Exists);
    }

    [Fact]
    public void SubscriptionsOfTheSample_Always_AreAllowedByTheBroker()
    {
        ResourceFile[] subscriptions = [.. ResourceFile.ReadFolder("src/MemoryDapr.Sample/components")];
        string allowed = ResourceFile.Read("components/redis/memory-pubsub.yaml").Setting("subscriptionScopes").Split(';')[1].Trim();

        subscriptions.Select(file => file.Root["spec"]["topic"].Text).ShouldBe([MemoryEvents.EpisodeCreated, MemoryEvents.FactPromoted]);
        allowed.ShouldBe($"memory-sample={MemoryEvents.EpisodeCreated},{MemoryEvents.FactPromoted}");
        subscriptions.ShouldAllBe(file => file.Scopes.Single() == "memory-sample" && file.Documents == 1);
    }
}
