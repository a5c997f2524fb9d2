using System.Text.Json.Nodes;
using MemoryDapr.Recall;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace MemoryDapr.Api.OpenApi;

/// <summary>The contract as an OpenAPI document, at <c>/openapi/v1.json</c>, and to try it, <c>/docs</c>.</summary>
internal static class ContractDocument
{
    public const string Path = "/openapi/v1.json";

    private const string Pages = "docs";

    public static void AddContractDocument(this IServiceCollection services) =>
        services.AddOpenApi("v1", options =>
        {
            options.AddOperationTransformer(DescribeAsync);
            // A string, which only its converter knows.
            options.CreateSchemaReferenceId = type => type.Type == typeof(PackedContext) ? null : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
            options.AddSchemaTransformer((schema, context, _) =>
            {
                schema.Type = context.JsonTypeInfo.Type == typeof(PackedContext) ? JsonSchemaType.String : schema.Type;
                return Task.CompletedTask;
            });
            options.AddDocumentTransformer((document, _, _) =>
            {
                // Relative: the service does not know under which host and prefix its clients reach it.
                document.Servers = [new OpenApiServer { Url = "/" }];
                document.Info = new OpenApiInfo { Title = "MemoryDapr", Version = "1", Description = "Memory for AI agents and chat applications." };
                return Task.CompletedTask;
            });
            options.ShouldInclude = description => description.ActionDescriptor.EndpointMetadata.OfType<Described>().Any();
        });

    public static void UseContractDocument(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        // Nearly every request is for something else, and passes by.
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments($"/{Pages}", StringComparison.OrdinalIgnoreCase),
            docs => docs.UseSwaggerUI(page =>
            {
                page.RoutePrefix = Pages;
                page.DocumentTitle = "MemoryDapr";
                page.SwaggerEndpoint("../openapi/v1.json", "v1");
            }));
    }

    private static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        Described described = context.Description.ActionDescriptor.EndpointMetadata.OfType<Described>().Single();
        operation.Summary = described.Summary;
        operation.Parameters = [.. PathNames(context.Description.RelativePath ?? "").Concat(described.Parameters).Select(Parameter)];
        foreach (OpenApiMediaType body in operation.RequestBody?.Content?.Values.OfType<OpenApiMediaType>() ?? [])
        {
            body.Example = Example(described.Request);
        }

        foreach ((string status, IOpenApiResponse response) in operation.Responses ?? [])
        {
            foreach (OpenApiMediaType body in response.Content?.Values.OfType<OpenApiMediaType>() ?? [])
            {
                body.Example = status[0] == '2' ? Example(described.Answer) : JsonNode.Parse(Examples.Problem);
            }
        }

        return Task.CompletedTask;

        IOpenApiParameter Parameter(string name)
        {
            DescribedParameter parameter = DescribedParameter.Of(name);
            bool isPath = context.Description.RelativePath!.Contains($"{{{name}}}", StringComparison.Ordinal);
            return new OpenApiParameter
            {
                Name = name,
                In = isPath ? ParameterLocation.Path : parameter.In == ParameterLocation.Path ? ParameterLocation.Query : parameter.In,
                Required = isPath || name == "If-Match",
                Description = parameter.Description,
                Schema = new OpenApiSchema { Type = parameter.Type },
                Example = JsonValue.Create(parameter.Example),
            };
        }
    }

    // Lines of JSON are not JSON: their example is text.
    private static JsonNode? Example(string? text) => text is null ? null : text.Contains("}\n", StringComparison.Ordinal) ? JsonValue.Create(text) : JsonNode.Parse(text);

    private static IEnumerable<string> PathNames(string path) =>
        path.Split('/').Where(part => part.StartsWith('{')).Select(part => part[1..^1]);
}
