using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Jobs;
using Postern.Portal.Mails;
using Postern.Portal.Organizations;
using Postern.Storage;

namespace Postern.Portal.Licenses;

/// <summary>Mails that licenses end, have ended, and what the installation does then: each step once, the newest only when several are due.</summary>
sealed class RemindOfExpiry(PosternDb db, Announce announce, TimeProvider clock) : IJobHandler
{
    public const string Kind = "portal.remind";
    public static readonly TimeSpan Every = TimeSpan.FromHours(6);

    /// <summary>Days from the end of the license; the later ones are those at which an installation goes further.</summary>
    static readonly int[] Steps = [-60, -30, -15, -7, -1, 0, 7, 14, 28, 42];

    public async Task ExecuteAsync(JsonObject payload, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var (from, until) = (now.AddDays(-Steps[^1] - 14), now.AddDays(-Steps[0]));
        var due = await db.Set<License>().Where(l => l.RevokedAt == null && l.PaidThrough > from && l.PaidThrough <= until)
            .Where(l => db.Set<Organization>().Any(o => o.Id == l.OrganizationId && o.DeletedAt == null)).ToListAsync(cancellation);
        foreach (var license in due)
        {
            var step = Steps.Last(s => license.PaidThrough.AddDays(s) <= now);
            if (license.Reminded >= step)
                continue;
            license.Reminded = step;
            var (subject, text) = Text(license, step);
            await announce.AddAsync(license, subject, text, cancellation);
            await db.SaveChangesAsync(cancellation);
        }
    }

    static (string Subject, string Text) Text(License license, int step)
    {
        var date = license.PaidThrough.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return step switch
        {
            < 0 => ($"{license.DisplayName} ends on {date}", $"{license.DisplayName} ends on {date}. When it is renewed, install its new key before that day."),
            < 14 => ($"{license.DisplayName} has expired", $"{license.DisplayName} expired on {date}. Renew it and install its new key; two weeks after the expiry administrators are warned, then users, and six weeks after it the installation becomes read-only."),
            < 28 => ($"{license.DisplayName} has expired", $"{license.DisplayName} expired on {date}. Administrators of the installation see a warning now; in two weeks all users do."),
            < 42 => ($"{license.DisplayName} has expired", $"{license.DisplayName} expired on {date}. All users of the installation see a warning now; in two weeks it becomes read-only."),
            _ => ($"{license.DisplayName} has expired", $"{license.DisplayName} expired on {date}. The installation is read-only now: people still sign in, and a renewed key makes it writable at once."),
        };
    }
}
