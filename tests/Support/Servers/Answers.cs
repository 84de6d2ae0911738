using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Postern.Tests.Support.Servers;

/// <summary>What the server said to one call.</summary>
public sealed record Answer(HttpStatusCode Status, string Text)
{
    static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>A member of the answer, as compact JSON.</summary>
    public string Member(string name) => Json[name]?.ToJsonString(Plain) ?? "null";

    /// <summary>A member of each result of a list, as compact JSON.</summary>
    public IReadOnlyList<string> Each(string name) => [.. Json["results"]!.AsArray().Select(r => r![name]?.ToJsonString(Plain) ?? "null")];

    public override string ToString() => $"{(int)Status} {Text}";
}

/// <summary>Calls of the API in one line.</summary>
public static class Answers
{
    /// <summary>Calls a path below <c>/api/v3/</c>, with a JSON body where one is given.</summary>
    public static async Task<Answer> CallAsync(this HttpClient client, string method, string path, string? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), $"/api/v3/{path}");
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public static Task<Answer> GetApiAsync(this HttpClient client, string path) => client.CallAsync("GET", path);

    public static Task<Answer> PostApiAsync(this HttpClient client, string path, string body) => client.CallAsync("POST", path, body);
}
