using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Postern.Tests.Integration.Api.Policies;

/// <summary>Calls of the API in one line each.</summary>
static class Wire
{
    public static async Task<(int Status, JsonNode? Body)> SendAsync(this HttpClient client, string method, string path, string? json = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v3/policies/{path}");
        if (json is not null)
            request.Content = JsonContent.Create(JsonNode.Parse(json));
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public static string Text(this JsonNode? node) => node?.ToJsonString(new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) ?? "null";
}
