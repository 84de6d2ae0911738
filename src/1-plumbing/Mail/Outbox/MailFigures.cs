using Postern.Kernel.Figures;
using Postern.Storage;

namespace Postern.Mail.Outbox;

/// <summary>Tells of mails that did not go out yet; those that did would be too many to count each time.</summary>
sealed class MailFigures(PosternDb db) : IFigures
{
    const string Statement = """
        SELECT count(*) FILTER (WHERE state = 'queued'), count(*) FILTER (WHERE state = 'sending'), count(*) FILTER (WHERE state = 'failed')
        FROM mail WHERE state IN ('queued', 'sending', 'failed')
        """;

    public async Task WriteAsync(FigureText to, CancellationToken cancellation)
    {
        await using var row = await db.ReadAsync(Statement, cancellation);
        await row.ReadAsync(cancellation);
        to.Gauge("postern_mails", "Mails in the outbox, by state.", ("state", "queued", row.GetInt64(0)), ("state", "sending", row.GetInt64(1)), ("state", "failed", row.GetInt64(2)));
    }
}
