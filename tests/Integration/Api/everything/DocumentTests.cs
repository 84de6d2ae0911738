using System.Text.Json.Nodes;
using Postern.Tests.Support.Servers;
using Postern.Tests.Support.Wire;

namespace Postern.Tests.Integration.Api.Everything;

/// <summary>The API document describes every door, under the names that clients of the reference know.</summary>
public sealed class DocumentTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    readonly TestServer server = fixture.Server;

    async Task<JsonObject> ReadAsync()
    {
        using var anybody = server.Program();
        return (await anybody.GetApiAsync("schema/")).Json.AsObject();
    }

    [Fact]
    public async Task Every_door_is_in_it_and_nothing_else()
    {
        var paths = (await ReadAsync())["paths"]!.AsObject();
        var described = paths.SelectMany(p => p.Value!.AsObject().Select(o => $"{o.Key.ToUpperInvariant()} {Anonymous(p.Key)}"));
        described.ShouldBe(Doors.Of(server).Select(d => $"{d.Method} {Anonymous("/" + d.Path)}"), ignoreOrder: true);
    }

    [Fact]
    public async Task Every_operation_needed_now_is_there_under_its_name_and_path()
    {
        var paths = (await ReadAsync())["paths"]!.AsObject();
        WireOperation.All.Where(o => o.Needed is "now").Select(o => (o.Method, o.Path, o.Id))
            .Where(o => paths[o.Path]?[o.Method.ToLowerInvariant()]?["operationId"]?.ToString() != o.Id)
            .ShouldBeEmpty();
    }

    [Fact]
    public async Task What_clients_know_by_another_path_is_not_called_the_same()
    {
        var known = WireOperation.All.ToDictionary(o => o.Id, o => $"{o.Method} {o.Path}", StringComparer.Ordinal);
        var ours = (await ReadAsync())["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => (Id: o.Value!["operationId"]!.ToString(), At: $"{o.Key.ToUpperInvariant()} {p.Key}"))).ToList();
        ours.Select(o => o.Id).ShouldBeUnique();
        ours.Where(o => known.TryGetValue(o.Id, out var at) && at != o.At).ShouldBeEmpty();
    }

    [Fact]
    public async Task Each_operation_says_what_it_does_and_every_reference_leads_somewhere()
    {
        var document = await ReadAsync();
        document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject()).Where(o => o.Value!["summary"]!.ToString().Length == 0).ShouldBeEmpty();
        var schemas = document["components"]!["schemas"]!.AsObject();
        References(document).Where(r => r.StartsWith("#/components/schemas/", StringComparison.Ordinal) && !schemas.ContainsKey(r["#/components/schemas/".Length..])).Distinct().ShouldBeEmpty();
    }

    static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(m => m is { Key: "$ref", Value: JsonValue value } ? [value.GetValue<string>()] : References(m.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };

    // Clients do not see how a parameter is called in a route.
    static string Anonymous(string path) => System.Text.RegularExpressions.Regex.Replace(path, @"\{[^}]*\}", "{}", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1));
}
