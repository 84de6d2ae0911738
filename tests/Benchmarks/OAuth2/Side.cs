using System.Collections.Concurrent;
using System.Text;

namespace Postern.Tests.Benchmarks.OAuth2;

/// <summary>A server to be measured: where it is, and what to ask it.</summary>
sealed record Side(int Port, int Process, Doors Doors, string ClientId, string ClientSecret, IReadOnlyList<string> AccessTokens, IReadOnlyList<string> RefreshTokens)
{
    public const string Discovery = "Discovery document";
    public const string KeySet = "Key set";
    public const string ClientCredentials = "Client credentials";
    public const string Refresh = "Refresh, rotated";

    string Basic => $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"))}";

    /// <summary>What is asked.</summary>
    public IEnumerable<Question> Questions()
    {
        foreach (var question in Documents())
            yield return question;
        var machine = Load.Post(Doors.Token, Basic, "grant_type=client_credentials");
        yield return new(ClientCredentials, () => machine, null);
        var userinfo = AccessTokens.Select(t => Load.Get(Doors.Userinfo, $"Bearer {t}")).ToList();
        yield return new("Userinfo", In(userinfo), null);
        var introspection = AccessTokens.Select(t => Load.Post(Doors.Introspection, Basic, $"token={t}")).ToList();
        yield return new("Introspection", In(introspection), null);
        var refresh = new ConcurrentQueue<string>(RefreshTokens);
        yield return new(
            Refresh,
            () => refresh.TryDequeue(out var token) ? Load.Post(Doors.Token, Basic, $"grant_type=refresh_token&refresh_token={token}") : throw new InvalidOperationException("No refresh token is left."),
            body => refresh.Enqueue(Member(body, "refresh_token")));
    }

    /// <summary>Of these, those that need no tokens.</summary>
    public IEnumerable<Question> Documents()
    {
        var (discovery, keys) = (Load.Get(Doors.Discovery), Load.Get(Doors.Keys));
        yield return new(Discovery, () => discovery, null);
        yield return new(KeySet, () => keys, null);
    }

    static Func<byte[]> In(List<byte[]> requests)
    {
        var turn = 0;
        return () => requests[(int)((uint)Interlocked.Increment(ref turn) % (uint)requests.Count)];
    }

    static string Member(string json, string name)
    {
        var from = json.IndexOf($"\"{name}\":\"", StringComparison.Ordinal) + name.Length + 4;
        return json[from..json.IndexOf('"', from)];
    }
}

/// <summary>Paths of the endpoints.</summary>
sealed record Doors(string Discovery, string Keys, string Token, string Userinfo, string Introspection);

/// <summary>Something that is asked again and again: the name of its row, the next request, and who is told the bodies of the answers.</summary>
sealed record Question(string Name, Func<byte[]> Next, Action<string>? Seen);
