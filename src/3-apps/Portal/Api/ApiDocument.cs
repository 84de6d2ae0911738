using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Postern.Portal.Api;

/// <summary>The OpenAPI document of the API: derived from its doors, with the token that they ask for.</summary>
static class ApiDocument
{
    const string Token = "token";

    public static void AddApiDocument(this IServiceCollection services)
    {
        // The document describes members by the names that answers have.
        services.ConfigureHttpJsonOptions(static o => o.SerializerOptions.PropertyNamingPolicy = ApiError.Json.PropertyNamingPolicy);
        services.AddOpenApi("v1", static o =>
        {
            o.ShouldInclude = static door => door.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) is true;
            o.AddDocumentTransformer(static (document, _, _) => Task.FromResult(Describe(document)));
            o.AddOperationTransformer(static (operation, context, _) => Task.FromResult(Guard(operation, context)));
        });
    }

    static OpenApiDocument Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo { Title = "Customer portal", Version = "1", Description = "Licenses of an organization, their keys, and reports of usage. Tokens are made by owners, on the page of the organization." };
        document.AddComponent(Token, new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A token of the organization, which begins with ppt_." });
        return document;
    }

    static OpenApiOperation Guard(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<NeededScope>().FirstOrDefault() is { } needed)
        {
            operation.Description = $"The token needs the scope {needed.Scope}.";
            operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Token, context.Document)] = [] }];
        }
        return operation;
    }
}
