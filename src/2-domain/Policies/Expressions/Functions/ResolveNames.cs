using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Postern.Policies.Expressions.Functions;

/// <summary>Looks names and addresses up, within a time limit; a few answers are kept for three minutes.</summary>
sealed class ResolveNames(TimeProvider clock)
{
    const int MostKept = 32;

    static readonly TimeSpan Kept = TimeSpan.FromMinutes(3);
    static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    readonly ConcurrentDictionary<string, (DateTimeOffset Until, string[] Answer)> known = new(StringComparer.Ordinal);

    /// <summary>Addresses of a host; none when it has none or cannot be asked.</summary>
    public Task<string[]> AddressesAsync(string host, AddressFamily family, CancellationToken cancellation) => RememberAsync(
        $"{family}:{host}",
        async limited => [.. (await Dns.GetHostAddressesAsync(host, family, limited)).Select(a => a.ToString()).Distinct(StringComparer.Ordinal)],
        [],
        cancellation);

    /// <summary>Name of an address; the address itself when it has none.</summary>
    public async Task<string> NameAsync(string address, CancellationToken cancellation) => (await RememberAsync(
        $"ptr:{address}", async limited => [(await Dns.GetHostEntryAsync(address, limited)).HostName], [address], cancellation))[0];

    async Task<string[]> RememberAsync(string question, Func<CancellationToken, Task<string[]>> ask, string[] otherwise, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (known.TryGetValue(question, out var answer) && answer.Until > now)
            return answer.Answer;
        var found = await AskAsync(ask, otherwise, cancellation);
        if (known.Count >= MostKept)
            known.Clear();
        known[question] = (now + Kept, found);
        return found;
    }

    static async Task<string[]> AskAsync(Func<CancellationToken, Task<string[]>> ask, string[] otherwise, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Longest);
        try
        {
            return await ask(limit.Token);
        }
        catch (Exception e) when (e is SocketException or ArgumentException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            return otherwise;
        }
    }
}
