using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Sources.OAuth;
using Postern.Storage.Kinds;

namespace Postern.Sources.Connections;

/// <summary>The declarations of connections: people see and end their own. Whose one is, and what it stands for, never changes: that would be a way into somebody else's account.</summary>
public static class ConnectionKinds
{
    public static readonly ModelKind<UserSourceConnection> All = Declare<UserSourceConnection>("authentik_core.usersourceconnection", "all", "User source connection", "any_user_source_connection", Verbs.All & ~Verbs.Create);

    public static readonly ModelKind<OAuthConnection> OAuth = Declare<OAuthConnection>("authentik_sources_oauth.useroauthsourceconnection", "oauth", "User OAuth source connection", "user_source_connection", Verbs.All);

    static ModelKind<T> Declare<T>(string name, string path, string label, string table, Verbs verbs)
        where T : Connection, new() => ModelKind<T>.Declare(name, (k, _) =>
        {
            k.Labels(label, $"{label}s").Path($"sources/user_connections/{path}", verbs).PathParameter("id").Table(table).NotInBlueprints().OwnedBy(c => c.UserPk);
            k.Key(c => c.Pk);
            k.Reference("user", c => c.UserPk, "authentik_core.user").ReadOnly();
            k.Reference("source", c => c.SourcePk, "authentik_core.source");
            k.Expand("source_obj", c => c.SourcePk, "authentik_core.source");
            k.Text("identifier", c => c.Identifier).Required().MaxLength(255);
            k.Timestamp("created", c => c.Created).ReadOnly();
            k.Timestamp("last_updated", c => c.LastUpdated).ReadOnly();
            k.Named(c => c.Identifier);
            k.Filter("user", OfUser);
            k.Filter("source__slug", static (query, db, values, _) => query.Where(c => db.Set<Source>().Any(s => s.Pk == c.SourcePk && s.Slug == values[0])));
            k.Search(c => c.Identifier);
            k.Order("pk", "source", "user", "created");
            k.Validate(CheckAsync);
        });

    static async ValueTask CheckAsync<T>(T connection, SaveContext context)
        where T : Connection, new()
    {
        connection.LastUpdated = context.Get<TimeProvider>().GetUtcNow();
        if (!context.IsNew)
        {
            var entry = context.Db.Entry(connection);
            if (entry.Property(c => c.SourcePk).OriginalValue != connection.SourcePk)
                context.Errors.Add("source", "What a connection stands for cannot be changed.");
            if (!string.Equals(entry.Property(c => c.Identifier).OriginalValue, connection.Identifier, StringComparison.Ordinal))
                context.Errors.Add("identifier", "What a connection stands for cannot be changed.");
            return;
        }
        connection.Created = connection.LastUpdated;
        if (context.Caller.UserPk is not { } user)
            context.Errors.Add(FieldErrors.NonField, "A connection needs a user.");
        else
            connection.UserPk = user;
        if (!await context.Db.Set<OAuthSource>().AnyAsync(s => s.Pk == connection.SourcePk, context.Cancellation))
            context.Errors.Add("source", $"Invalid pk \"{connection.SourcePk}\" - object does not exist.");
        else if (await context.Db.Set<OAuthConnection>().AnyAsync(c => c.SourcePk == connection.SourcePk && c.Identifier == connection.Identifier, context.Cancellation))
            context.Errors.Add(FieldErrors.NonField, "The fields source, identifier must make a unique set.");
    }

    static IQueryable<T> OfUser<T>(IQueryable<T> query, IReadOnlyList<string> values, FieldErrors errors)
        where T : Connection
    {
        if (int.TryParse(values[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var user))
            return query.Where(c => c.UserPk == user);
        errors.Add("user", "Select a valid choice. That choice is not one of the available choices.");
        return query;
    }
}
