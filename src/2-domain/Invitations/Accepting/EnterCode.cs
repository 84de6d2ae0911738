using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Kernel;
using Postern.Storage;

namespace Postern.Invitations.Accepting;

/// <summary>
/// Finds the invitation of a typed code. Every try counts before it is looked up, so that trying many at once gains nothing. Faults: throttled; not found,
/// whatever is wrong with the code or its invitation.
/// </summary>
public sealed class EnterCode(PosternDb db, TimeProvider clock)
{
    const int MostTries = 10;
    const int MostTriesOfAll = 1000;
    static readonly TimeSpan Span = TimeSpan.FromMinutes(10);

    const string Count = """
        INSERT INTO invitation_code_try (address, span, tries) VALUES ($1, $2, 1)
        ON CONFLICT (address, span) DO UPDATE SET tries = invitation_code_try.tries + 1 RETURNING tries
        """;

    public async Task<Result<Invitation>> ExecuteAsync(HttpContext http, string code, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var span = new DateTimeOffset(now.Ticks - now.Ticks % Span.Ticks, TimeSpan.Zero);
        await db.ExecuteAsync("DELETE FROM invitation_code_try WHERE span < $1", cancellation, span);
        if (await db.ScalarAsync<int>(Count, cancellation, http.Caller().ClientIp?.ToString() ?? "", span) > MostTries
            || await db.ScalarAsync<int>(Count, cancellation, "*", span) > MostTriesOfAll)
            return new Fault.Throttled("Too many codes were tried. Wait ten minutes, or use the link you were sent.", span + Span - now);
        var plain = Plain(code);
        var invitation = plain.Length == 0 ? null : await db.Set<Invitation>().AsNoTracking().FirstOrDefaultAsync(i => i.Code == plain, cancellation);
        return invitation is { FlowPk: { } flow } && invitation.Opens(flow, now) ? invitation : new Fault.NotFound("invitation");
    }

    /// <summary>As people type it: in small letters, with blanks and dashes, with an O for a zero and an I or L for a one.</summary>
    static string Plain(string code) => code.ToUpperInvariant().Replace('O', '0').Replace('I', '1').Replace('L', '1')
        .Replace(" ", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
}
