using System.Net;
using System.Text.RegularExpressions;

namespace Postern.Tests.Support.Portals;

/// <summary>A browser at the portal: keeps cookies, follows no redirects, fills forms of our own.</summary>
public sealed partial class PortalVisitor : IDisposable
{
    readonly HttpClient client;
    string? token;

    internal PortalVisitor(TestPortal portal, CookieContainer cookies) =>
        client = new(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = portal.Address };

    public async Task<PortalAnswer> GetAsync(string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        return await PortalAnswer.OfAsync(response);
    }

    /// <summary>Sends a form as a page of the portal would, with the token of this session.</summary>
    public async Task<PortalAnswer> PostAsync(string path, params (string Name, string Value)[] fields)
    {
        await LearnTokenAsync();
        return await PostForgedAsync(path, [("csrf", token!), .. fields]);
    }

    /// <summary>Reads the token of this session from a page; it stays the same.</summary>
    public async Task LearnTokenAsync() => token ??= Token().Match((await GetAsync("/organizations/new")).Text).Groups["token"].Value;

    /// <summary>A visit by any method: to pages a form is sent with the token where it is known, to the API an empty object.</summary>
    public Task<PortalAnswer> SendAsync(string method, string path) =>
        method is "GET" ? GetAsync(path) : path.StartsWith("/api/", StringComparison.Ordinal) ? PostJsonAsync(path, "{}") : PostForgedAsync(path, [("csrf", token ?? "")]);

    async Task<PortalAnswer> PostJsonAsync(string path, string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), content);
        return await PortalAnswer.OfAsync(response);
    }

    /// <summary>Sends a form with these fields only.</summary>
    public async Task<PortalAnswer> PostForgedAsync(string path, params (string Name, string Value)[] fields)
    {
        using var form = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), form);
        return await PortalAnswer.OfAsync(response);
    }

    /// <summary>Makes an organization and answers its address.</summary>
    public async Task<string> CreateOrganizationAsync(string name)
    {
        var answer = await PostAsync("/organizations/new", ("name", name), ("notification_email", "news@example.org"));
        return answer.Location ?? throw new InvalidOperationException($"No organization: {answer}");
    }

    public void Dispose() => client.Dispose();

    [GeneratedRegex("name=\"csrf\" value=\"(?<token>[^\"]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}

/// <summary>What the portal answered.</summary>
public sealed record PortalAnswer(HttpStatusCode Status, string? Location, string Text)
{
    public static async Task<PortalAnswer> OfAsync(HttpResponseMessage response) =>
        new(response.StatusCode, response.Headers.Location?.ToString(), WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));

    public override string ToString() => $"{(int)Status} {Location} {Text}";
}
