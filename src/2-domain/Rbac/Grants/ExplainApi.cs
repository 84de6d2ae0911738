using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Postern.Api.Document;
using Postern.Api.Http;
using Postern.Directory.Groups;

namespace Postern.Rbac.Grants;

/// <summary><c>GET rbac/permissions/explain/</c>: whether a user holds a right, and by what.</summary>
static class ExplainApi
{
    const string Answer =
        "RightExplanation{allowed:bool owns:bool superuser:[json] sources:[RightSource{role:uuid name one_object:bool ways:[json]}] others:[OtherRole{role:uuid name one_object:bool}]}";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/v3/rbac/permissions/explain/", ExecuteAsync)
        .Note("Tells whether a user holds a permission, and which groups and roles decide.", answer: Answer, query: "user:int permission object?");

    static async Task<IResult> ExecuteAsync(HttpContext http, ExplainRight explain)
    {
        var query = http.Request.Query;
        var explained = await explain.ExecuteAsync(http.Caller(), query["user"].ToString(), query["permission"].ToString(), query["object"], http.RequestAborted);
        if (!explained.Succeeded(out var explanation, out var fault))
            return FaultResult.Of(fault);
        var answer = new JsonObject
        {
            ["allowed"] = explanation.Allowed,
            ["owns"] = explanation.Owns,
            ["superuser"] = Ways(explanation.Superuser),
            ["sources"] = new JsonArray([.. explanation.Sources.Select(s => Role(s.Role, Ways(s.Ways)))]),
            ["others"] = new JsonArray([.. explanation.Others.Select(r => Role(r, ways: null))]),
        };
        return new WireJson(writer => answer.WriteTo(writer));
    }

    static JsonObject Role(RoleName role, JsonArray? ways)
    {
        var json = new JsonObject { ["role"] = role.Pk, ["name"] = role.Name, ["one_object"] = role.OneObject };
        if (ways is not null)
            json["ways"] = ways;
        return json;
    }

    static JsonArray Ways(IEnumerable<IReadOnlyList<GroupName>> ways) =>
        new([.. ways.Select(way => new JsonArray([.. way.Select(g => new JsonObject { ["group"] = g.Pk, ["name"] = g.Name })]))]);
}
