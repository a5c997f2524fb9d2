namespace EmbeddedDapr.Resources;

/// <summary>A service outside, by name: where it is, and the headers that every request to it carries.</summary>
internal sealed record HttpEndpoint(string Name, Uri BaseUrl, IReadOnlyDictionary<string, string> Headers, IReadOnlyList<string> Scopes);
