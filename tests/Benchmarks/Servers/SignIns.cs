using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Postern.Kernel.Values;

namespace Postern.Tests.Benchmarks.Servers;

/// <summary>People of a server under measurement who sign in over the flow API, each time from a new browser at another address; without addresses for mail, as there is no mail server.</summary>
sealed class SignIns(Uri address) : IDisposable
{
    public const string Password = "correct horse battery staple";
    const string Executor = "/api/v3/flows/executor/default-authentication-flow/?query=";
    const int People = 50;
    const int MostSteps = 8;

    readonly HttpClient client = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, PooledConnectionLifetime = Timeout.InfiniteTimeSpan }) { BaseAddress = address };
    readonly string prefix = $"person-{RandomText.Alphanumeric(6)}";
    int turn;

    public void Dispose() => client.Dispose();

    public async Task AddPeopleAsync(string token)
    {
        using var admin = new HttpClient { BaseAddress = address };
        admin.DefaultRequestHeaders.Authorization = new("Bearer", token);
        for (var i = 0; i < People; i++)
        {
            using var made = await admin.PostAsJsonAsync("/api/v3/core/users/", new { username = Name(i), name = "" });
            var pk = (await made.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!["pk"];
            using var set = await admin.PostAsJsonAsync($"/api/v3/core/users/{pk}/set_password/", new { password = Password });
            set.EnsureSuccessStatusCode();
        }
    }

    /// <summary>One sign-in, to the redirect at its end. False when the server asked to come back later.</summary>
    public async Task<bool> OneAsync()
    {
        var number = Interlocked.Increment(ref turn);
        var cookies = new Dictionary<string, string>(StringComparer.Ordinal);
        JsonObject? answer = null;
        for (var step = 0; step < MostSteps; step++)
        {
            using var request = new HttpRequestMessage(answer is null ? HttpMethod.Get : HttpMethod.Post, Executor);
            request.Headers.Add("X-Forwarded-For", string.Create(CultureInfo.InvariantCulture, $"198.18.{number / 250 % 250}.{number % 250 + 1}"));
            if (cookies.Count > 0)
                request.Headers.Add("Cookie", string.Join("; ", cookies.Select(c => $"{c.Key}={c.Value}")));
            if (answer is not null)
                request.Content = JsonContent.Create(answer);
            using var response = await client.SendAsync(request);
            Keep(response, cookies);
            if (response.StatusCode is HttpStatusCode.TooManyRequests)
                return false;
            if (response.StatusCode is HttpStatusCode.Found)
            {
                answer = null;
                continue;
            }
            var challenge = (await response.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonObject>())!;
            switch ((string?)challenge["component"])
            {
                case "xak-flow-redirect":
                    return true;
                case "ak-stage-identification":
                    answer = new() { ["uid_field"] = Name(number % People) };
                    break;
                case "ak-stage-password":
                    answer = new() { ["password"] = Password };
                    break;
                default:
                    throw new InvalidOperationException($"A sign-in met {challenge.ToJsonString()}");
            }
        }
        throw new InvalidOperationException("A sign-in did not end.");
    }

    string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number}");

    static void Keep(HttpResponseMessage response, Dictionary<string, string> cookies)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out var set))
            return;
        foreach (var cookie in set)
        {
            var pair = cookie.Split(';')[0].Split('=', 2);
            cookies[pair[0]] = pair[1];
        }
    }
}
