using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Sources.Connections;
using Postern.Sources.OAuth;
using Postern.Sources.Providers;
using Postern.Storage;

namespace Postern.Sources.Matching;

/// <summary>Tells who somebody is here that a source has named.</summary>
sealed class MatchUser(PosternDb db, Connect connect)
{
    const string OtherMail = "There is an account with your e-mail address already. Sign in to it in another way, then connect this one under Settings.";
    const string OtherName = "There is an account with your username already. Sign in to it in another way, then connect this one under Settings.";

    public async Task<Match> ExecuteAsync(OAuthSource source, Identity identity, IReadOnlyDictionary<string, object?> properties, CancellationToken cancellation)
    {
        if (await connect.FindAsync(source.Pk, identity.Identifier, cancellation) is { } connection)
            return Known(await db.Set<User>().SingleAsync(u => u.Pk == connection.UserPk, cancellation), connection);
        var (email, username) = (Text(properties, "email"), Text(properties, "username"));
        return source.UserMatchingMode switch
        {
            UserMatchingMode.Identifier => Match.New,
            UserMatchingMode.EmailLink or UserMatchingMode.EmailDeny when email.Length == 0 => Match.Refuse($"{source.Name} did not tell your e-mail address, without which nobody gets in here."),
            UserMatchingMode.UsernameLink or UserMatchingMode.UsernameDeny when username.Length == 0 => Match.Refuse($"{source.Name} did not tell your username, without which nobody gets in here."),
            UserMatchingMode.EmailLink => await ByEmailAsync(source, email, identity, cancellation),
            UserMatchingMode.EmailDeny => (await WithEmailAsync(email, cancellation)).Count > 0 ? Match.Refuse(OtherMail) : Match.New,
            UserMatchingMode.UsernameLink => await WithNameAsync(username, cancellation) is { } user ? Known(user, connection: null) : Match.New,
            _ => await WithNameAsync(username, cancellation) is not null ? Match.Refuse(OtherName) : Match.New,
        };
    }

    async Task<Match> ByEmailAsync(OAuthSource source, string email, Identity identity, CancellationToken cancellation)
    {
        var found = await WithEmailAsync(email, cancellation);
        return found.Count == 0 ? Match.New
            // Whoever writes somebody's address into a profile elsewhere does not own what they have here.
            : !identity.EmailVerified ? Match.Refuse($"{source.Name} has not confirmed that the e-mail address is yours. Confirm it there, or sign in here in another way and connect the account under Settings.")
            : found.Count > 1 ? Match.Refuse("Several accounts have your e-mail address. Sign in to yours in another way, then connect this one under Settings.")
            : Known(found[0], connection: null);
    }

    static Match Known(User user, OAuthConnection? connection) => user.IsActive ? new Match(user, connection, null) : Match.Refuse("Your account is disabled.");

    Task<List<User>> WithEmailAsync(string email, CancellationToken cancellation)
    {
        var lower = email.ToLowerInvariant();
#pragma warning disable CA1304, CA1311, CA1862, MA0011 // Translated to SQL's lower().
        return db.Set<User>().Where(u => u.Email.ToLower() == lower && u.Username != User.AnonymousUsername).Take(2).ToListAsync(cancellation);
#pragma warning restore CA1304, CA1311, CA1862, MA0011
    }

    Task<User?> WithNameAsync(string username, CancellationToken cancellation) => db.Set<User>().FirstOrDefaultAsync(u => u.Username == username && u.Username != User.AnonymousUsername, cancellation);

    static string Text(IReadOnlyDictionary<string, object?> properties, string name) => properties.GetValueOrDefault(name) as string ?? "";
}

/// <summary>Who somebody is here: a user, with the connection that says so where there is one; nobody yet; or why they get no further.</summary>
sealed record Match(User? User, OAuthConnection? Connection, string? Refusal)
{
    public static readonly Match New = new(null, null, null);

    public static Match Refuse(string why) => new(null, null, why);
}
