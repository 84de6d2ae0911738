using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Postern.Cli.Invite;

/// <summary>Calls the API of an installation.</summary>
sealed class ApiClient : IDisposable
{
    readonly HttpClient http;

    ApiClient(string address)
    {
        Address = address;
        http = new HttpClient { BaseAddress = new Uri($"{address}/api/v3/") };
        if (Environment.GetEnvironmentVariable("POSTERN_CLI_TOKEN") is { Length: > 0 } token)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>Of the installation, without a slash at the end.</summary>
    public string Address { get; }

    public static ApiClient Open(string? url) => new((url ?? Environment.GetEnvironmentVariable("POSTERN_CLI_URL") ?? "http://localhost:9000").TrimEnd('/'));

    /// <summary>Sends JSON and reads JSON; what the server refuses is a text of one line.</summary>
    public Task<(JsonNode? Body, string? Error)> SendAsync(HttpMethod method, string path, JsonObject? body, CancellationToken cancellation) =>
        SendAsync(method, path, body is null ? null : new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json"), cancellation);

    public async Task<(JsonNode? Body, string? Error)> SendAsync(HttpMethod method, string path, HttpContent? content, CancellationToken cancellation)
    {
        try
        {
            using var request = new HttpRequestMessage(method, path) { Content = content };
            using var response = await http.SendAsync(request, cancellation);
            var text = await response.Content.ReadAsStringAsync(cancellation);
            if (!response.IsSuccessStatusCode)
                return (null, $"{(int)response.StatusCode}: {text}");
            return (text.Length == 0 ? null : JsonNode.Parse(text), null);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException)
        {
            return (null, $"{Address} cannot be asked: {e.Message}");
        }
    }

    /// <summary>Copies an answer to a file.</summary>
    public async Task DownloadAsync(string path, FileInfo file, CancellationToken cancellation)
    {
        await using var from = await http.GetStreamAsync(path, cancellation);
        await using var to = file.Create();
        await from.CopyToAsync(to, cancellation);
    }

    /// <summary>Key of a flow; null when there is none of this slug.</summary>
    public async Task<string?> FlowAsync(string slug, CancellationToken cancellation) =>
        (await SendAsync(HttpMethod.Get, $"flows/instances/{Uri.EscapeDataString(slug)}/", body: null, cancellation)).Body?["pk"]?.ToString();

    public void Dispose() => http.Dispose();
}
