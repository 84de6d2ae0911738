using System.Globalization;

namespace Postern.Storage.Embedded;

/// <summary>
/// The system user the database process runs as. PostgreSQL refuses to run as root, so a server started by root hands it to an
/// unprivileged user; otherwise it simply runs as ourselves.
/// </summary>
internal sealed record DatabaseUser(string Name, uint UserId, uint GroupId)
{
    static readonly string[] Preferred = ["postern", "postgres", "nobody"];

    /// <summary>Null when the database can run as the current user.</summary>
    public static DatabaseUser? Choose() =>
        Environment.IsPrivilegedProcess ? Choose(File.ReadLines("/etc/passwd")) : null;

    internal static DatabaseUser Choose(IEnumerable<string> passwdLines)
    {
        var known = passwdLines.Select(line => line.Split(':')).Where(fields => fields.Length >= 4)
            .GroupBy(fields => fields[0], StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        foreach (var name in Preferred)
        {
            if (known.TryGetValue(name, out var fields) && fields[2] is not "0")
                return new DatabaseUser(name, Number(fields[2]), Number(fields[3]));
        }

        throw new EmbeddedPostgresException(
            "The built-in database does not run as root, and there is no user postern, postgres or nobody to run it as. " +
            "Add one (useradd --system postern) or start the server as an ordinary user.");
    }

    /// <summary>Drops to this user for good: no groups, no inherited capabilities, no way back through set-uid programs.</summary>
    public IEnumerable<string> Become() =>
    [
        "setpriv", $"--reuid={UserId}", $"--regid={GroupId}", "--clear-groups", "--inh-caps=-all", "--no-new-privs", "--",
    ];

    public Task TakeOverAsync(string path, CancellationToken cancellationToken) =>
        Command.RequireAsync(["chown", "-R", "-h", $"{UserId}:{GroupId}", path], null, $"Handing {path} to the user {Name}", cancellationToken);

    public async Task<bool> OwnsAsync(string path, CancellationToken cancellationToken)
    {
        var (_, owner) = await Command.RunAsync(["stat", "-c", "%u", path], null, cancellationToken);
        return uint.TryParse(owner, CultureInfo.InvariantCulture, out var id) && id == UserId;
    }

    static uint Number(string text) => uint.Parse(text, CultureInfo.InvariantCulture);
}
