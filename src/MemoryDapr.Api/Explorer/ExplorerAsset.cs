using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace MemoryDapr.Api.Explorer;

/// <summary>A file of the explorer, read once from this assembly.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Content">Its bytes.</param>
internal sealed record ExplorerAsset(string Name, string ContentType, byte[] Content)
{
    private const string Prefix = "MemoryDapr.Api.Explorer/";

    /// <summary>Changes with the content, so that browsers keep a file for as long as it is the same.</summary>
    public EntityTagHeaderValue EntityTag { get; } = new($"\"{Convert.ToHexStringLower(SHA256.HashData(Content))[..32]}\"");

    /// <summary>All files, by their names.</summary>
    public static IReadOnlyList<ExplorerAsset> LoadAll() =>
    [
        .. typeof(ExplorerAsset).Assembly.GetManifestResourceNames()
            .Where(resource => resource.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(Load),
    ];

    private static ExplorerAsset Load(string resource)
    {
        using Stream stream = typeof(ExplorerAsset).Assembly.GetManifestResourceStream(resource)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return new ExplorerAsset(resource[Prefix.Length..], TypeOf(Path.GetExtension(resource)), content);
    }

    private static string TypeOf(string extension) => extension switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        _ => throw new InvalidOperationException($"The explorer has no files of the type {extension}."),
    };
}
