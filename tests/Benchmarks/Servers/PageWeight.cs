using System.Text.RegularExpressions;

namespace Postern.Tests.Benchmarks.Servers;

/// <summary>What a browser without a cache loads to show a page, as it travels (compressed).</summary>
static partial class PageWeight
{
    public static async Task<(int Requests, long Bytes)> OfAsync(Uri address, string path)
    {
        // No automatic decompression: the bytes are counted as they arrive.
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = true }) { BaseAddress = address };
        client.DefaultRequestHeaders.Add("Accept-Encoding", "br, gzip");
        client.DefaultRequestHeaders.Add("Accept", "text/html,*/*");
        var page = await client.GetByteArrayAsync(path);
        using var plain = new HttpClient { BaseAddress = address };
        plain.DefaultRequestHeaders.Add("Accept", "text/html,*/*");
        var parts = Parts().Matches(await plain.GetStringAsync(path)).Select(m => m.Groups["part"].Value).Distinct(StringComparer.Ordinal).ToList();
        long bytes = page.Length;
        foreach (var part in parts)
        {
            var content = await client.GetByteArrayAsync(part);
            bytes += content.Length;
        }
        return (1 + parts.Count, bytes);
    }

    [GeneratedRegex("<(?:link[^>]+href|script[^>]+src|img[^>]+src)=\"(?<part>/[^\"]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Parts();
}
