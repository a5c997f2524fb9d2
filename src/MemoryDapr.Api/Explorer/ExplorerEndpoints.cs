namespace MemoryDapr.Api.Explorer;

/// <summary>
/// The explorer: one page at <c>/</c>, its files below <c>/explorer/</c>. It holds no data and needs no key; what it shows it asks the
/// API for, with the key that is typed in.
/// </summary>
internal static class ExplorerEndpoints
{
    private const string Page = "index.html";

    // Scripts, styles and calls of this service only; nothing inline, nothing framed, and no string ever becomes markup.
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapExplorer(this IEndpointRouteBuilder routes)
    {
        foreach (ExplorerAsset asset in ExplorerAsset.LoadAll())
        {
            string path = asset.Name == Page ? "/" : $"/explorer/{asset.Name}";
            routes.MapMethods(path, Methods, (HttpContext context) => Serve(context, asset));
        }
    }

    private static IResult Serve(HttpContext context, ExplorerAsset asset)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        // Kept, and asked for each time whether it is still the same: a new version is whole at once.
        headers.CacheControl = "no-cache";
        return Results.Bytes(asset.Content, asset.ContentType, entityTag: asset.EntityTag);
    }
}
