using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Core.Applications;

/// <summary>Makes applications and bindings over the API.</summary>
static class Applications
{
    public const string Path = "core/applications/";

    public static async Task<string> AddApplicationAsync(this HttpClient admin, string slug, string members = "")
    {
        var made = await admin.PostApiAsync(Path, $$"""{"name":"{{slug}}","slug":"{{slug}}"{{(members.Length > 0 ? "," : "")}}{{members}}}""");
        return made.Status is System.Net.HttpStatusCode.Created ? made.Json["pk"]!.GetValue<string>() : throw new InvalidOperationException(made.ToString());
    }

    public static async Task BindAsync(this HttpClient admin, string target, string members, int order = 0)
    {
        var made = await admin.PostApiAsync("policies/bindings/", $$"""{"target":"{{target}}","order":{{order}},{{members}}}""");
        if (made.Status is not System.Net.HttpStatusCode.Created)
            throw new InvalidOperationException(made.ToString());
    }

    /// <summary>A provider of no kind in particular.</summary>
    public static async Task<int> AddProviderAsync(this TestServer server, string name) => await server.Database.ScalarAsync<int>(
        $"INSERT INTO provider (pk, type, config, name, property_mappings) VALUES (gen_random_uuid(), 'Provider', '{{}}', '{name}', '{{}}') RETURNING id");
}
