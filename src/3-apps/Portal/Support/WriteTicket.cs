using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Kernel.Values;
using Postern.Portal.Access;
using Postern.Portal.Audit;
using Postern.Portal.Hosting;
using Postern.Portal.Mails;
using Postern.Storage;

namespace Postern.Portal.Support;

/// <summary>Opens, answers and closes tickets; the other side hears of it by mail. Writes ticket, message, mails, audit entry.</summary>
sealed class WriteTicket(PosternDb db, RecordAudit audit, Announce announce, PortalSettings settings, TimeProvider clock)
{
    /// <summary>Faults on <c>topic</c>, <c>subject</c>, <c>text</c>.</summary>
    public async Task<Result<Ticket>> OpenAsync(Seat seat, string topic, string subject, string text, CancellationToken cancellation)
    {
        var errors = new FieldErrors();
        if (!WireEnum<TicketTopic>.TryParse(topic, out var about))
            errors.Add("topic", "Choose what it is about.");
        if (subject.Length is 0 or > Ticket.MaxSubject || subject.Any(char.IsControl))
            errors.Add("subject", $"Say in one line, of at most {Ticket.MaxSubject} characters, what it is about.");
        if (RefuseText(text) is { } refusal)
            errors.Add("text", refusal);
        if (errors.Any)
            return new Fault.Invalid(errors);
        var now = clock.GetUtcNow();
        var ticket = new Ticket { OrganizationId = seat.OrganizationId, Topic = about, Subject = subject, OpenedBy = seat.Actor.Subject, OpenedAt = now, UpdatedAt = now };
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        db.Add(ticket);
        await db.SaveChangesAsync(cancellation);
        Say(ticket, seat.Actor, isStaff: false, text);
        audit.Add(seat.OrganizationId, seat.Actor, "ticket.opened", $"#{ticket.Id} {subject}");
        TellSupport(ticket, seat.Organization.Name, $"{seat.Actor.Name} wrote: {text}");
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return ticket;
    }

    /// <summary>A customer's answer, which opens the ticket again.</summary>
    public async Task<Result<Ticket>> AnswerAsync(Seat seat, long id, string text, CancellationToken cancellation)
    {
        if (await FindAsync(seat.OrganizationId, id, cancellation) is not { } ticket)
            return new Fault.NotFound("Ticket");
        if (RefuseText(text) is { } refusal)
            return Fault.Field("text", refusal);
        Say(ticket, seat.Actor, isStaff: false, text);
        ticket.Status = TicketStatus.Open;
        TellSupport(ticket, seat.Organization.Name, $"{seat.Actor.Name} wrote: {text}");
        await db.SaveChangesAsync(cancellation);
        return ticket;
    }

    /// <summary>The vendor's answer; with <paramref name="closes"/> the last one.</summary>
    public async Task<Result<Ticket>> ReplyAsync(Actor staff, long id, string text, bool closes, CancellationToken cancellation)
    {
        if (await db.Set<Ticket>().FirstOrDefaultAsync(t => t.Id == id, cancellation) is not { } ticket)
            return new Fault.NotFound("Ticket");
        if (RefuseText(text) is { } refusal)
            return Fault.Field("text", refusal);
        Say(ticket, staff, isStaff: true, text);
        ticket.Status = closes ? TicketStatus.Closed : TicketStatus.Answered;
        await announce.AddAsync(ticket.OrganizationId, $"/organizations/{ticket.OrganizationId}/tickets/{ticket.Id}", $"Answer to: {ticket.Subject}", text, cancellation);
        audit.Add(ticket.OrganizationId, staff, closes ? "ticket.closed" : "ticket.answered", $"#{ticket.Id} {ticket.Subject}");
        await db.SaveChangesAsync(cancellation);
        return ticket;
    }

    public Task<Ticket?> FindAsync(Guid organization, long id, CancellationToken cancellation) =>
        db.Set<Ticket>().FirstOrDefaultAsync(t => t.Id == id && t.OrganizationId == organization, cancellation);

    public Task<List<TicketMessage>> MessagesAsync(long id, CancellationToken cancellation) =>
        db.Set<TicketMessage>().AsNoTracking().Where(m => m.TicketId == id).OrderBy(m => m.Id).ToListAsync(cancellation);

    void Say(Ticket ticket, Actor author, bool isStaff, string text)
    {
        ticket.UpdatedAt = clock.GetUtcNow();
        db.Add(new TicketMessage { TicketId = ticket.Id, Author = author.Subject, AuthorName = author.Name, IsStaff = isStaff, Text = text.Trim(), At = ticket.UpdatedAt });
    }

    void TellSupport(Ticket ticket, string organization, string text)
    {
        if (settings.SupportEmail is { } address)
            announce.To(address, organization, $"/admin/tickets/{ticket.Id}", $"#{ticket.Id} {ticket.Subject}", text);
    }

    static string? RefuseText(string text) => string.IsNullOrWhiteSpace(text) ? "Write something." : text.Length > Ticket.MaxText ? $"A message has at most {Ticket.MaxText} characters." : null;
}
