using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace EmbeddedDapr.Resources.Yaml;

/// <summary>
/// Reads a folder of resources, one per file, and the apps' Configurations in its subfolder <c>config</c>, which daprd is started
/// with. A fault does not end the reading: all are reported together.
/// </summary>
internal sealed class ResourceReader(Func<string, string?> environment)
{
    private const string Configurations = "config";

    private static readonly IDeserializer Loose = Builder().IgnoreUnmatchedProperties().Build();
    private static readonly IDeserializer Strict = Builder().Build();
    private readonly List<string> _errors = [];
    private readonly List<(string File, ComponentDocument Document)> _components = [];
    private readonly List<(string File, HttpEndpointDocument Document)> _endpoints = [];
    private readonly List<(string File, SubscriptionDocument Document)> _subscriptions = [];
    private readonly List<(string File, ResiliencyDocument Document)> _resiliencies = [];
    private readonly List<(string File, ConfigurationDocument Document)> _configurations = [];

    public static ResourceSet Read(string directory, Func<string, string?> environment) => new ResourceReader(environment).Read(directory);

    private ResourceSet Read(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new InvalidResourcesException([$"{directory}: there is no such folder"]);
        }

        ReadFolder(directory, "", ReadFile);
        string configurations = Path.Combine(directory, Configurations);
        if (Directory.Exists(configurations))
        {
            ReadFolder(configurations, Configurations, ReadConfiguration);
        }

        SecretStores secrets = new(_components.Select(component => component.Document), environment);
        ResourceSet resources = new(
            Map(_components, document => ResourceMapping.ToComponent(document, secrets)),
            Map(_subscriptions, ResourceMapping.ToSubscription),
            Map(_endpoints, document => ResourceMapping.ToHttpEndpoint(document, secrets)),
            Map(_resiliencies, ResiliencyMapping.ToResiliency),
            Map(_configurations, ConfigurationMapping.ToConfiguration));
        return _errors.Count == 0 ? resources : throw new InvalidResourcesException(_errors);
    }

    private static bool IsYaml(string file) => Path.GetExtension(file) is ".yaml" or ".yml";

    private static DeserializerBuilder Builder() =>
        new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking();

    private void ReadFolder(string directory, string prefix, Action<string, string> read)
    {
        foreach (string path in Directory.EnumerateFiles(directory).Where(IsYaml).Order(StringComparer.Ordinal))
        {
            string file = Path.Combine(prefix, Path.GetFileName(path));
            Attempt(file, () => read(file, File.ReadAllText(path)));
        }
    }

    private void ReadFile(string file, string text)
    {
        ResourceDocument header = ReadHeader(text);
        switch (header.Kind)
        {
            case "Component":
                _components.Add((file, Strict.Deserialize<ComponentDocument>(text)));
                break;
            case "HTTPEndpoint":
                _endpoints.Add((file, Strict.Deserialize<HttpEndpointDocument>(text)));
                break;
            case "Subscription" when header.ApiVersion == "dapr.io/v2alpha1":
                _subscriptions.Add((file, Strict.Deserialize<SubscriptionDocument>(text)));
                break;
            case "Resiliency":
                _resiliencies.Add((file, Strict.Deserialize<ResiliencyDocument>(text)));
                break;
            default:
                throw new FormatException($"kind '{header.Kind}' ({header.ApiVersion}) is not known here");
        }
    }

    private void ReadConfiguration(string file, string text)
    {
        ResourceDocument header = ReadHeader(text);
        if (header.Kind != "Configuration")
        {
            throw new FormatException($"kind '{header.Kind}' is none of a Configuration's folder");
        }

        _configurations.Add((file, Loose.Deserialize<ConfigurationDocument>(text)));
    }

    private static ResourceDocument ReadHeader(string text)
    {
        if (CountDocuments(text) != 1)
        {
            throw new FormatException("a file holds exactly one resource: daprd ignores some kinds in a file of several without a word");
        }

        ResourceDocument header = Loose.Deserialize<ResourceDocument>(text);
        return header.Metadata.Name.Length > 0 ? header : throw new FormatException("metadata.name is missing");
    }

    private static int CountDocuments(string text)
    {
        Parser parser = new(new StringReader(text));
        int documents = 0;
        while (parser.MoveNext())
        {
            documents += parser.Current is DocumentStart ? 1 : 0;
        }

        return documents;
    }

    private List<TResource> Map<TDocument, TResource>(List<(string File, TDocument Document)> documents, Func<TDocument, TResource> map)
    {
        List<TResource> resources = [];
        foreach ((string file, TDocument document) in documents)
        {
            Attempt(file, () => resources.Add(map(document)));
        }

        return resources;
    }

    private void Attempt(string file, Action read)
    {
        try
        {
            read();
        }
        catch (YamlException exception)
        {
            _errors.Add($"{file}, line {exception.Start.Line}: {exception.InnerException?.Message ?? exception.Message}");
        }
        catch (FormatException exception)
        {
            _errors.Add($"{file}: {exception.Message}");
        }
    }
}
