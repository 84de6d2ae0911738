using System.Net;
using System.Text.Json.Nodes;
using Postern.Storage.Kinds;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Api.Everything;

/// <summary>Secrets are written and never answered, in any answer about any kind.</summary>
public sealed class SecretTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    /// <summary>Secrets that those who may change the object are shown, as clients of the reference need them. This list only gets shorter.</summary>
    static readonly string[] shown = ["authentik_providers_oauth2.oauth2provider client_secret"];

    readonly TestServer server = fixture.Server;

    [Fact]
    public async Task No_answer_holds_a_secret()
    {
        using var admin = await server.SuperuserAsync();
        using var viewer = await server.WithRightsAsync([.. Samples.Creatable(server).Select(k => $"{k.App}.view_{k.Model}")]);
        var samples = new Samples(server, admin);
        var kinds = Samples.Creatable(server).Where(k => k.Verbs.HasFlag(Verbs.Create) && k.Fields.Any(f => f.WriteOnly && !f.BlueprintOnly)).ToList();
        kinds.Count.ShouldBeGreaterThan(2);
        foreach (var kind in kinds)
        {
            var body = await samples.BodyAsync(kind);
            var made = await admin.PostApiAsync($"{kind.Path}/", body.ToJsonString());
            made.Status.ShouldBe(HttpStatusCode.Created, $"{kind.Name}: {made}");
            var path = $"{kind.Path}/{Samples.Lookup(kind, made.Json.AsObject())}/";
            Answer[] answers = [made, await admin.GetApiAsync(path), await admin.GetApiAsync($"{kind.Path}/"), await admin.CallAsync("PATCH", path, "{}"), await viewer.GetApiAsync(path), await viewer.GetApiAsync($"{kind.Path}/")];
            foreach (var field in kind.Fields.Where(f => f.WriteOnly && !f.BlueprintOnly && !shown.Contains($"{kind.Name} {f.Name}", StringComparer.Ordinal)))
            {
                foreach (var answer in answers)
                {
                    Objects(answer.Json).ShouldAllBe(o => !o.ContainsKey(field.Name), $"{kind.Name} {field.Name}: {answer}");
                    if (body[field.Name]?.ToString() is { Length: > 8 } secret)
                        answer.Text.ShouldNotContain(secret[..8] + JsonTail(secret), Case.Sensitive, $"{kind.Name} {field.Name}");
                }
            }
        }
    }

    [Fact]
    public async Task What_those_who_change_are_shown_nobody_else_sees()
    {
        using var admin = await server.SuperuserAsync();
        var samples = new Samples(server, admin);
        var revealing = Samples.Creatable(server).SelectMany(k => k.Fields.Where(f => f.Reveal is not null).Select(f => (Kind: k, Field: f))).ToList();
        revealing.Select(r => $"{r.Kind.Name} {r.Field.Name}").ShouldBe(shown);
        foreach (var (kind, field) in revealing)
        {
            using var viewer = await server.WithRightsAsync($"{kind.App}.view_{kind.Model}");
            var made = await samples.MakeAsync(kind);
            var path = $"{kind.Path}/{Samples.Lookup(kind, made)}/";
            (await admin.GetApiAsync(path)).Json.AsObject().ContainsKey(field.Name).ShouldBeTrue();
            (await viewer.GetApiAsync(path)).Json.AsObject().ContainsKey(field.Name).ShouldBeFalse();
        }
    }

    /// <summary>The objects of a kind in an answer: itself, or the results of a list.</summary>
    static IEnumerable<JsonObject> Objects(JsonNode answer) => answer["results"] is JsonArray list ? list.Select(r => r!.AsObject()) : [answer.AsObject()];

    // As it stands in JSON: line ends of a key are escaped.
    static string JsonTail(string secret) => JsonValue.Create(secret[8..]).ToJsonString().Trim('"');
}
