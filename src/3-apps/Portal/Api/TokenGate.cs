using Microsoft.EntityFrameworkCore;
using Postern.Portal.Access;
using Postern.Portal.Organizations;
using Postern.Storage;

namespace Postern.Portal.Api;

/// <summary>The scope a door of the API needs; it belongs to <see cref="Right.Token"/>.</summary>
sealed record NeededScope(string Scope);

/// <summary>Lets programs in by their token (RFC 6750 section 2.1).</summary>
sealed class TokenGate(PosternDb db, TimeProvider clock)
{
    /// <summary>Null where the token allows the door; the request then carries its organization.</summary>
    public async Task<IResult?> RefuseAsync(HttpContext http, string scope)
    {
        var header = http.Request.Headers.Authorization.ToString();
        var hash = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? ApiToken.Hash(header["Bearer ".Length..].Trim()) : null;
        var token = hash is null ? null : await db.Set<ApiToken>().FirstOrDefaultAsync(t => t.TokenHash == hash, http.RequestAborted);
        var now = clock.GetUtcNow();
        if (token is null || !token.IsValid(now) || await db.Set<Organization>().FirstOrDefaultAsync(o => o.Id == token.OrganizationId && o.DeletedAt == null, http.RequestAborted) is not { } organization)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return ApiError.Of(http, StatusCodes.Status401Unauthorized, "authentication_error", "invalid_token", "Send a valid token of your organization: Authorization: Bearer ppt_...");
        }
        if (!token.Scopes.Contains(scope, StringComparer.Ordinal))
            return ApiError.Of(http, StatusCodes.Status403Forbidden, "permission_error", "insufficient_scope", $"The token lacks the scope {scope}.");
        if (token.UsedAt is null || now - token.UsedAt > TimeSpan.FromMinutes(1))
        {
            token.UsedAt = now;
            await db.SaveChangesAsync(http.RequestAborted);
        }
        http.Features.Set(new Seat(organization, Role.Member, new Actor("", $"Token {token.Name}", http.Connection.RemoteIpAddress?.ToString() ?? "")));
        return null;
    }
}
