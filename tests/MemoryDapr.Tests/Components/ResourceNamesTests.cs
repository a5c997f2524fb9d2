using MemoryDapr.Distill;
using MemoryDapr.Promote;
using MemoryDapr.Salience;
using MemoryDapr.Sessions;
using MemoryDapr.Stores;
using MemoryDapr.Types;
using Shouldly;
using Xunit;

namespace MemoryDapr.Tests.Components;

/// <summary>Every name that a resource mentions is there: daprd passes over one that is not without a word.</summary>
public class ResourceNamesTests
{
    private static readonly string[] AppIds = ["memory-gateway", "memory-api", WorkerRoutes.AppId, StoreRoutes.AppId, "memory-sample"];
    private static readonly string[] Sets = ["components/redis", "components/sqlite"];

    private static IReadOnlyList<ResourceFile> Shared => ResourceFile.ReadFolder("components");

    private static IReadOnlyList<ResourceFile> Configurations => ResourceFile.ReadFolder("components/config");

    public static TheoryData<string> EveryFile =>
        [.. Directory.EnumerateFiles(Path.Combine(ResourceFile.Repository, "components"), "*.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(ResourceFile.Repository, file).Replace('\\', '/'))];

    [Theory]
    [MemberData(nameof(EveryFile))]
    public void Resource_EveryFile_IsOneResourceWithAName(string path)
    {
        ResourceFile file = ResourceFile.Read(path);

        file.Documents.ShouldBe(1);
        file.Name.ShouldNotBeEmpty();
        file.Root["apiVersion"].Text.ShouldBe(file.Kind == "Subscription" ? "dapr.io/v2alpha1" : "dapr.io/v1alpha1");
    }

    [Fact]
    public void Scopes_OfEveryResource_NameAppsAndAreGiven()
    {
        foreach (ResourceFile file in Shared.Concat(Sets.SelectMany(ResourceFile.ReadFolder)))
        {
            file.Scopes.ShouldNotBeEmpty(file.Path);
            file.Scopes.ShouldBeSubsetOf(AppIds, file.Path);
        }
    }

    [Theory]
    [InlineData("components/redis")]
    [InlineData("components/sqlite")]
    public void Names_OfSharedResourcesAndOneSet_AreUniqueByKind(string set) =>
        Shared.Concat(ResourceFile.ReadFolder(set)).Select(file => (file.Kind, file.Name)).ShouldBeUnique();

    [Fact]
    public void Names_OfBothSets_AreTheSame() =>
        ResourceFile.ReadFolder(Sets[0]).Select(file => file.Name).ShouldBe(ResourceFile.ReadFolder(Sets[1]).Select(file => file.Name));

    [Fact]
    public void Configurations_OneForEachApp_AreNamedAfterIt()
    {
        Configurations.Select(file => file.Name).ShouldBe(AppIds, ignoreOrder: true);
        Configurations.ShouldAllBe(file => file.Path == $"components/config/{file.Name}.yaml" && file.Kind == "Configuration");
    }

    [Fact]
    public void Configurations_Handlers_AreComponentsOfThatTypeInTheAppsScope()
    {
        foreach (ResourceFile configuration in Configurations)
        {
            foreach (Node handler in configuration.Root["spec"]["httpPipeline"]["handlers"].Items)
            {
                ResourceFile component = Shared.Single(file => file.Kind == "Component" && file.Name == handler["name"].Text);
                component.Type.ShouldBe(handler["type"].Text);
                component.Scopes.ShouldContain(configuration.Name);
            }
        }
    }

    [Fact]
    public void Configurations_SecretScopes_DenyEverySecretStore()
    {
        string[] stores = [.. Shared.Where(file => file.Kind == "Component" && file.Type.StartsWith("secretstores.", StringComparison.Ordinal)).Select(file => file.Name)];
        stores.ShouldNotBeEmpty();
        foreach (ResourceFile configuration in Configurations)
        {
            Node scopes = configuration.Root["spec"]["secrets"]["scopes"];
            scopes.Items.Select(scope => scope["storeName"].Text).ShouldBe(stores, ignoreOrder: true, configuration.Path);
            scopes.Items.ShouldAllBe(scope => scope["defaultAccess"].Text == "deny" && !scope["allowedSecrets"].Exists);
        }
    }

    [Fact]
    public void Configurations_None_ControlsAccessWithoutMutualTls() =>
        Configurations.ShouldAllBe(file => !file.Root["spec"]["accessControl"].Exists);

    [Fact]
    public void GatewayConfiguration_Always_JudgesTargetsFirstAndReloadsNothing()
    {
        Node spec = Configurations.Single(file => file.Name == "memory-gateway").Root["spec"];

        spec["httpPipeline"]["handlers"].Items.Select(handler => handler["type"].Text)
            .ShouldBe(["middleware.http.opa", "middleware.http.ratelimit"]);
        Feature(spec, "HotReload").ShouldBe("false");
        spec["api"]["allowed"].Items.Where(rule => rule["protocol"].Text == "http").Select(rule => (rule["name"].Text, rule["version"].Text))
            .ShouldBe([("invoke", "v1.0")]);
        spec["api"]["allowed"].Items.Where(rule => rule["protocol"].Text == "grpc").Select(rule => rule["name"].Text).ShouldBe(["unlock"]);
    }

    [Fact]
    public void WorkerConfiguration_Always_AllowsActorStateToExpire() =>
        Feature(Configurations.Single(file => file.Name == WorkerRoutes.AppId).Root["spec"], "ActorStateTTL").ShouldBe("true");

    [Fact]
    public void WorkerConfiguration_Limits_NameWorkflowsAndActivities()
    {
        Node workflow = Configurations.Single(file => file.Name == WorkerRoutes.AppId).Root["spec"]["workflow"];
        string[] known = [nameof(DistillWorkflow), nameof(PromoteWorkflow), nameof(ExtractActivity), nameof(MergeActivity), nameof(PromoteActivity)];

        string[] named = [.. workflow["activityConcurrencyLimits"].Items.Concat(workflow["workflowConcurrencyLimits"].Items).Select(limit => limit["name"].Text)];
        named.ShouldNotBeEmpty();
        named.ShouldBeSubsetOf(known);
        workflow["stateRetentionPolicy"].Members.Select(member => member.Key).ShouldBe(["completed", "terminated", "failed"], ignoreOrder: true);
    }

    [Fact]
    public void HttpEndpoints_SecretStore_IsAComponentInTheirScope()
    {
        foreach (ResourceFile endpoint in Shared.Where(file => file.Kind == "HTTPEndpoint"))
        {
            ResourceFile store = Shared.Single(file => file.Kind == "Component" && file.Name == endpoint.Root["auth"]["secretStore"].Text);
            endpoint.Scopes.ShouldBeSubsetOf(store.Scopes);
        }
    }

    [Theory]
    [InlineData("components/redis")]
    [InlineData("components/sqlite")]
    public void StateStores_OneInAll_HoldsActors(string set)
    {
        ResourceFile store = ResourceFile.ReadFolder(set).Single(file => file.Type.StartsWith("state.", StringComparison.Ordinal));

        store.Setting("actorStateStore").ShouldBe("true");
        store.Scopes.ShouldBe([WorkerRoutes.AppId]);
    }

    [Theory]
    [InlineData("components/redis")]
    [InlineData("components/sqlite")]
    public void Subscriptions_Always_NameABrokerInScopeARouteAndADeadLetterTopic(string set)
    {
        ResourceFile[] subscriptions = [.. Shared.Where(file => file.Kind == "Subscription")];
        subscriptions.Select(file => file.Root["spec"]["topic"].Text).ShouldBe([MemoryEvents.Citations, MemoryEvents.Turns], ignoreOrder: true);
        foreach (ResourceFile subscription in subscriptions)
        {
            Node spec = subscription.Root["spec"];
            ResourceFile broker = ResourceFile.ReadFolder(set).Single(file => file.Name == spec["pubsubname"].Text);
            subscription.Scopes.ShouldBe([WorkerRoutes.AppId]);
            broker.Scopes.ShouldContain(WorkerRoutes.AppId);
            spec["routes"]["default"].Text.ShouldBeOneOf(SalienceExtensions.EventRoute, SessionsExtensions.EventRoute);
            spec["deadLetterTopic"].Text.ShouldBe($"{spec["topic"].Text}.dead");
        }
    }

    private static string Feature(Node spec, string name) =>
        spec["features"].Items.Single(feature => feature["name"].Text == name)["enabled"].Text;
}
