using System.Globalization;
using System.Text.Json.Nodes;
using Postern.Brands;
using Postern.Brands.Mails;
using Postern.Enterprise.Ladder;
using Postern.Enterprise.Licenses;
using Postern.Events.Recording;
using Postern.Kernel.Access;
using Postern.Storage;

namespace Postern.Enterprise.Notices;

/// <summary>
/// Tells administrators by event and mail, once each: before licences end (30, 14, 7 and 1 days), at each step of the ladder, and when all is well again.
/// </summary>
sealed class TellAdministrators(PosternDb db, ReadLicenses licenses, RecordEvent events, ComposeMail mails, Links links, TimeProvider clock)
{
    const string App = "authentik_enterprise";
    const string Page = "/if/admin/enterprise/licenses/";

    static readonly int[] DaysBefore = [1, 7, 14, 30];

    public async Task ExecuteAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        var state = await licenses.GetAsync(cancellation);
        if (await RecoveredAsync(state, cancellation) is { } recovered)
            await TellAsync(recovered, state, now, cancellation);
        if (NoticeOf(state, now) is { } notice)
            await TellAsync(notice, state, now, cancellation);
    }

    Task<bool> TellAsync(Notice notice, LicenseState state, DateTimeOffset now, CancellationToken cancellation) =>
        db.InTransactionAsync(
            async () =>
            {
                const string claim = "INSERT INTO license_notice (name, told) VALUES ($1, $2) ON CONFLICT DO NOTHING";
                if (await db.ExecuteAsync(claim, cancellation, notice.Name, now) == 0)
                    return false;
                events.Add(Caller.System, "license_status_changed", App, new JsonObject
                {
                    ["message"] = notice.Text,
                    ["since"] = state.Since?.ToString("o", CultureInfo.InvariantCulture),
                    ["hyperlink"] = Page,
                    ["hyperlink_label"] = "Licenses",
                });
                var values = new Dictionary<string, object?>(StringComparer.Ordinal) { ["title"] = notice.Subject, ["body"] = notice.Text, ["url"] = await UrlAsync(cancellation) };
                foreach (var (address, locale) in await ReadersAsync(cancellation))
                    await mails.AddAsync(new MailDraft("email/license_notice.html", notice.Subject, [address]) { Values = values, Locale = locale }, cancellation);
                await db.SaveChangesAsync(cancellation);
                return true;
            },
            told => told,
            cancellation);

    // What people were last told of a violation is over, and they have not been told so.
    async Task<Notice?> RecoveredAsync(LicenseState state, CancellationToken cancellation)
    {
        if (!state.IsLicensed || state.Since is not null)
            return null;
        const string last = "SELECT split_part(name, '/', 2) FROM license_notice WHERE name !~ '^(expiry|recovered)/' ORDER BY told DESC LIMIT 1";
        return await db.ScalarAsync<string?>(last, cancellation) is { } since ? new($"recovered/{since}", "The licenses are in order again", "The licenses are enough for everybody. Nothing is restricted.") : null;
    }

    static Notice? NoticeOf(LicenseState state, DateTimeOffset now)
    {
        if (state.Since is { } since)
            return new($"{state.Level}/{since:yyyy-MM-ddTHH:mm}", "Licenses need your attention", Describe.Violation(state));
        if (state.CumulativeExpiry is not { } end || state.Status is LicenseStatus.Unlicensed)
            return null;
        var left = (end - now).TotalDays;
        return DaysBefore.Where(d => left <= d).Select(d => (int?)d).FirstOrDefault() is { } days
            ? new($"expiry/{end:yyyy-MM-ddTHH:mm}/{days}", "A license ends soon", $"A license of this installation ends on {end:yyyy-MM-dd}. Renew it and install its new key.")
            : null;
    }

    async ValueTask<string?> UrlAsync(CancellationToken cancellation) =>
        await links.BaseAsync(request: null, cancellation) is { } address ? address + Page : null;

    async Task<List<(string Address, string? Locale)>> ReadersAsync(CancellationToken cancellation)
    {
        await using var rows = await db.ReadAsync(
            """
            WITH RECURSIVE rulers AS (
                SELECT pk FROM "group" WHERE is_superuser
                UNION SELECT p.child_pk FROM group_parent p JOIN rulers r ON p.parent_pk = r.pk
            )
            SELECT DISTINCT ON (lower(u.email)) u.email, u.attributes #>> '{settings,locale}'
            FROM rulers r JOIN user_group m ON m.group_pk = r.pk JOIN "user" u ON u.pk = m.user_pk WHERE u.is_active AND u.email <> ''
            """,
            cancellation);
        var readers = new List<(string, string?)>();
        while (await rows.ReadAsync(cancellation))
            readers.Add((rows.GetString(0), await rows.IsDBNullAsync(1, cancellation) ? null : rows.GetString(1)));
        return readers;
    }

    sealed record Notice(string Name, string Subject, string Text);
}
