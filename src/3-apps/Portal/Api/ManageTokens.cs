using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Kernel.Values;
using Postern.Portal.Access;
using Postern.Portal.Audit;
using Postern.Storage;

namespace Postern.Portal.Api;

/// <summary>Makes and revokes tokens. Writes token and audit entry.</summary>
sealed class ManageTokens(PosternDb db, RecordAudit audit, TimeProvider clock)
{
    /// <summary>Answers the token, which is not readable again. Faults on <c>name</c>, <c>scopes</c>, <c>days</c>.</summary>
    public async Task<Result<string>> CreateAsync(Seat seat, string name, IReadOnlyList<string> scopes, int days, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        if (name.Length is 0 or > 100 || name.Any(char.IsControl))
            errors.Add("name", "Give it a name, of at most 100 characters.");
        if (scopes.Count == 0 || scopes.Except(Scopes.All, StringComparer.Ordinal).Any())
            errors.Add("scopes", "Choose what it may do.");
        if (days is < 1 or > 366)
            errors.Add("days", "A token lives from 1 to 366 days.");
        if (errors.Any)
            return new Fault.Invalid(errors);
        var key = ApiToken.Prefix + RandomText.Alphanumeric(48);
        var now = clock.GetUtcNow();
        db.Add(new ApiToken { OrganizationId = seat.OrganizationId, Name = name, TokenHash = ApiToken.Hash(key), Scopes = [.. scopes], CreatedAt = now, CreatedBy = seat.Actor.Subject, ExpiresAt = now.AddDays(days) });
        audit.Add(seat.OrganizationId, seat.Actor, "token.created", $"{name}: {string.Join(", ", scopes)}");
        await db.SaveChangesAsync(cancellation);
        return key;
    }

    public async Task<Result<Unit>> RevokeAsync(Seat seat, Guid id, CancellationToken cancellation)
    {
        if (await db.Set<ApiToken>().FirstOrDefaultAsync(t => t.Id == id && t.OrganizationId == seat.OrganizationId && t.RevokedAt == null, cancellation) is not { } token)
            return new Fault.NotFound("Token");
        token.RevokedAt = clock.GetUtcNow();
        audit.Add(seat.OrganizationId, seat.Actor, "token.revoked", token.Name);
        await db.SaveChangesAsync(cancellation);
        return Unit.Value;
    }
}
