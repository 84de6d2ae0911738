using System.Data.Common;
using System.Net;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Postern.Api.Http;
using Postern.Kernel.Access;
using Postern.Kernel.Values;
using Postern.Storage;

namespace Postern.Directory.Sessions;

/// <summary>Finds out who sent a request, with one statement: user, superuser flag and roles, direct and inherited.</summary>
public sealed class FindCaller(NpgsqlDataSource database)
{
    const string Person = "u.pk, u.username, u.email, u.is_active, r.is_superuser, r.roles, u.attributes->'settings'->>'locale'";
    const int PersonColumns = 7;

    /// <summary>The session of a key, expired or not; null when there is none.</summary>
    internal async Task<FoundSession?> BySessionAsync(byte[] keyHash, HttpContext http, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"""
            SELECT {Person}, s.uuid, s.last_used, s.expires, s.lifetime, s.persistent, s.network_binding, s.place_binding, s.ends, s.last_ip, a.pk, a.username, a.email, a.is_active, ar.is_superuser, ar.roles, NULL
            FROM session s
            LEFT JOIN "user" u ON u.pk = s.user_pk LEFT JOIN LATERAL user_rights(u.pk) r ON u.pk IS NOT NULL
            LEFT JOIN "user" a ON a.pk = s.impersonator_pk LEFT JOIN LATERAL user_rights(a.pk) ar ON a.pk IS NOT NULL
            WHERE s.key_hash = $1
            """);
        command.Parameters.Add(new() { Value = keyHash });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        if (!await row.ReadAsync(cancellation))
            return null;
        const int after = PersonColumns;
        return new FoundSession(
            row.GetGuid(after),
            row.GetFieldValue<DateTimeOffset>(after + 1),
            row.GetFieldValue<DateTimeOffset>(after + 2),
            row.GetFieldValue<TimeSpan>(after + 3),
            row.GetBoolean(after + 4),
            Read(row, 0, http),
            Read(row, after + 9, http))
        {
            NetworkBinding = WireEnum<NetworkBinding>.Parse(row.GetString(after + 5)),
            PlaceBinding = WireEnum<GeoIpBinding>.Parse(row.GetString(after + 6)),
            Ends = row.IsDBNull(after + 7) ? null : row.GetFieldValue<DateTimeOffset>(after + 7),
            LastIp = row.IsDBNull(after + 8) ? null : row.GetFieldValue<IPAddress>(after + 8),
        };
    }

    /// <summary>The owner of a live API token; null when there is no such token.</summary>
    internal async Task<FoundPerson?> ByTokenAsync(string key, DateTimeOffset now, HttpContext http, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            $"""
            SELECT {Person} FROM token t
            JOIN "user" u ON u.pk = t.user_pk LEFT JOIN LATERAL user_rights(u.pk) r ON true
            WHERE t.key_hash = $1 AND t.intent = 'api' AND NOT (t.expiring AND t.expires IS NOT NULL AND t.expires <= $2)
            """);
        command.Parameters.Add(new() { Value = Tokens.Token.HashOf(key) });
        command.Parameters.Add(new() { Value = now });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? Read(row, 0, http) : null;
    }

    /// <summary>The caller that a user is who signs in now, which is written; asked in the request's own transaction, in which the user may just have been made.</summary>
    internal static async Task<Caller> SignedInAsync(PosternDb db, int pk, DateTimeOffset now, HttpContext http, CancellationToken cancellation)
    {
        await using var row = await db.ReadAsync(
            $"""
            WITH u AS (UPDATE "user" SET last_login = $2 WHERE pk = $1 RETURNING pk, username, email, is_active, attributes)
            SELECT {Person} FROM u LEFT JOIN LATERAL user_rights(u.pk) r ON true
            """,
            cancellation, pk, now);
        return await row.ReadAsync(cancellation) ? Read(row, 0, http)!.Caller : Nobody(http);
    }

    /// <summary>The caller that an active user is now, without a request in jobs that somebody asked for; null for nobody and for inactive users.</summary>
    public static async Task<Caller?> OfActiveUserAsync(PosternDb db, int pk, CancellationToken cancellation, HttpContext? http = null)
    {
        await using var row = await db.ReadAsync($"SELECT {Person} FROM \"user\" u LEFT JOIN LATERAL user_rights(u.pk) r ON true WHERE u.pk = $1 AND u.is_active", cancellation, pk);
        return await row.ReadAsync(cancellation) ? Read(row, 0, http)!.Caller : null;
    }

    public static Caller Nobody(HttpContext http) => Caller.Anonymous with { ClientIp = Address(http), Request = Describe(http) };

    static FoundPerson? Read(DbDataReader row, int at, HttpContext? http)
    {
        if (row.IsDBNull(at))
            return null;
        var caller = new Caller(row.GetInt32(at), row.GetString(at + 1), row.GetBoolean(at + 4), CallerKind.User)
        {
            Email = row.GetString(at + 2),
            Roles = row.GetFieldValue<Guid[]>(at + 5),
            Locale = row.IsDBNull(at + 6) ? null : row.GetString(at + 6),
            ClientIp = http is null ? null : Address(http),
            Request = http is null ? null : Describe(http),
        };
        return new FoundPerson(caller, row.GetBoolean(at + 3));
    }

    static IPAddress? Address(HttpContext http) =>
        http.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : http.Connection.RemoteIpAddress;

    static RequestInfo Describe(HttpContext http)
    {
        var brand = http.Features.Get<RequestBrand>();
        return new(http.TraceIdentifier, http.Request.Method, http.Request.Path.Value ?? "/", http.Request.Headers.UserAgent.ToString())
        {
            Query = http.Request.QueryString.Value is { Length: > 1 } query ? query[1..] : "",
            Brand = brand?.Name,
            BrandAttributes = brand?.Attributes,
        };
    }
}

/// <summary>A stored session with who is behind it.</summary>
sealed record FoundSession(Guid Uuid, DateTimeOffset LastUsed, DateTimeOffset Expires, TimeSpan Lifetime, bool Persistent, FoundPerson? User, FoundPerson? Impersonator)
{
    public NetworkBinding NetworkBinding { get; init; }

    public GeoIpBinding PlaceBinding { get; init; }

    public DateTimeOffset? Ends { get; init; }

    public IPAddress? LastIp { get; init; }
}

/// <summary>A user as a caller.</summary>
sealed record FoundPerson(Caller Caller, bool IsActive);
