using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Attributes;
using Postern.Directory.Groups;
using Postern.Directory.Tokens;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Kernel.Settings;
using Postern.Kernel.Values;
using Postern.Storage;
using Postern.Storage.Objects;

namespace Postern.Directory.Users;

/// <summary>
/// Creates a machine's account with an app password, and a group of its name where asked for and allowed, in one transaction. Needs
/// <c>add_user</c> and <c>add_token</c>. Faults: forbidden, invalid.
/// </summary>
public sealed class CreateServiceAccount(PosternDb db, IAccess access, IAuditTrail audit, ITokenDefaults defaults, TimeProvider clock)
{
    public const string Path = "goauthentik.io/service-accounts";

    static readonly TimeSpan Lifetime = TimeSpan.FromDays(360);

    public async Task<Result<NewServiceAccount>> ExecuteAsync(Caller caller, ServiceAccountRequest request, CancellationToken cancellation)
    {
        foreach (var permission in new[] { UserKind.Kind.Add, TokenKind.Kind.Add })
        {
            if (await access.RefuseAsync(caller, permission, key: null, cancellation) is { } refusal)
                return refusal;
        }
        var withGroup = request.CreateGroup && await access.RefuseAsync(caller, GroupKind.Kind.Add, key: null, cancellation) is null;
        if (request.Name.Length > 150)
            return Fault.Field("name", "Ensure this field has no more than 150 characters.");
        if (await db.Set<User>().AnyAsync(u => EF.Functions.ILike(u.Username, Storage.Kinds.PlainSearch.Escape(request.Name), Storage.Kinds.PlainSearch.EscapeCharacter), cancellation))
            return Fault.Field("name", "This field must be unique.");
        var identifier = Slug.Of($"service-account-{request.Name}-password");
        if ((withGroup && await db.Set<Group>().AnyAsync(g => g.Name == request.Name, cancellation)) || await db.Set<Token>().AnyAsync(t => t.Identifier == identifier, cancellation))
            return Fault.Input("A user/group with these details already exists");
        try
        {
            return await db.InTransactionAsync<Result<NewServiceAccount>>(() => WriteAsync(caller, request, identifier, withGroup, cancellation)!, _ => true, cancellation);
        }
        catch (DbUpdateException e) when (e.InnerException is Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation })
        {
            return Fault.Input("A user/group with these details already exists");
        }
    }

    async Task<Result<NewServiceAccount>> WriteAsync(Caller caller, ServiceAccountRequest request, string identifier, bool withGroup, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var user = new User
        {
            Username = request.Name,
            Name = request.Name,
            Path = Path,
            Type = UserType.ServiceAccount,
            Attributes = new JsonObject { [ReservedKeys.TokenExpires] = request.Expiring },
            Password = Passwords.PasswordHash.Unusable(),
            DateJoined = now,
            LastUpdated = now,
            PasswordChangeDate = now,
        };
        db.Add(user);
        await db.SaveChangesAsync(cancellation);
        var token = new Token
        {
            Identifier = identifier,
            Key = RandomText.Alphanumeric((await defaults.GetAsync(cancellation)).KeyLength),
            Intent = TokenIntent.AppPassword,
            UserPk = user.Pk,
            Expiring = request.Expiring,
            Expires = request.Expiring ? request.Expires ?? now + Lifetime : null,
        };
        db.Add(token);
        audit.Record(db, caller, ObjectChange.Created, UserKind.Kind, user, []);
        audit.Record(db, caller, ObjectChange.Created, TokenKind.Kind, token, []);
        var group = withGroup ? new Group { Name = request.Name } : null;
        if (group is not null)
        {
            db.Add(group);
            audit.Record(db, caller, ObjectChange.Created, GroupKind.Kind, group, []);
        }
        await db.SaveChangesAsync(cancellation);
        if (group is not null)
            await db.ExecuteAsync("INSERT INTO user_group (user_pk, group_pk) VALUES ($1, $2)", cancellation, user.Pk, group.Pk);
        return new NewServiceAccount(user, new Secret(token.Key), group?.Pk);
    }
}

/// <summary>What an administrator asks for.</summary>
public sealed record ServiceAccountRequest(string Name, bool CreateGroup, bool Expiring, DateTimeOffset? Expires)
{
    /// <summary>Reads a JSON body. Faults: invalid.</summary>
    public static Result<ServiceAccountRequest> Read(JsonElement body)
    {
        var errors = new FieldErrors();
        if (!Api.Http.JsonBody.Text(body, "name").Succeeded(out var name, out var fault))
            return fault;
        var group = Flag(body, "create_group", otherwise: false, errors);
        var expiring = Flag(body, "expiring", otherwise: true, errors);
        object? expires = null;
        if (body.TryGetProperty("expires", out var given) && given.ValueKind is not JsonValueKind.Null && !TokenKind.Kind.Find("expires")!.TryParse(given, out expires, out var error))
            errors.Add("expires", error);
        return errors.Any ? new Fault.Invalid(errors) : new ServiceAccountRequest(name.Trim(), group, expiring, (DateTimeOffset?)expires);
    }

    static bool Flag(JsonElement body, string name, bool otherwise, FieldErrors errors)
    {
        if (!body.TryGetProperty(name, out var given))
            return otherwise;
        if (given.ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            errors.Add(name, "Must be a valid boolean.");
        return given.ValueKind is JsonValueKind.True;
    }
}

/// <summary>What came of it; the key is shown this once.</summary>
public sealed record NewServiceAccount(User User, Secret Token, Guid? Group);
