using Postern.Brands;
using Postern.Brands.Mails;
using Postern.Directory.Users;
using Postern.Mail.Templates;
using Postern.Notifications.Accounts;
using Postern.Notifications.Transports;
using Postern.Storage;

namespace Postern.Notifications.Delivery;

/// <summary>Puts a message into the mail outbox, which delivers it. People without an address are left out.</summary>
sealed class WriteMail(PosternDb db, ComposeMail mails, Links links)
{
    const int SubjectLength = 75;

    public async Task<IReadOnlyList<string>> ExecuteAsync(NotificationTransport transport, Message message, CancellationToken cancellation)
    {
        if (message.User.Email.Length == 0)
            return [$"{message.User.Username} has no email address."];
        var title = message.Event?.Action ?? Shortened(message.Text.Body);
        var values = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["title"] = title,
            ["body"] = message.Text.Body,
            ["key_value"] = Pairs(message).Select(p => new Dictionary<string, object?>(StringComparer.Ordinal) { ["key"] = p.Key, ["value"] = p.Value }).ToList(),
            ["link"] = await LinkAsync(message, cancellation),
            ["headline"] = message.Event is { } entry ? EventFacts.Headline(entry) : title,
            ["facts"] = message.Event is { } told ? EventFacts.Of(told, message.User) : [],
            ["user"] = UserFacts.Of(message.User),
            ["url"] = await links.BaseAsync(request: null, cancellation) is { } home ? $"{home}/if/user/" : null,
            ["source"] = message.Reason is null ? null : new Dictionary<string, object?>(StringComparer.Ordinal) { ["from"] = message.Reason },
        };
        try
        {
            await mails.AddAsync(new MailDraft(transport.EmailTemplate, title, [message.User.Email]) { SubjectPrefix = transport.EmailSubjectPrefix, Values = values, Locale = UserFacts.LocaleOf(message.User), TellsOfEvent = true }, cancellation);
        }
        catch (TemplateException e)
        {
            throw new DeliveryException(e.Message, e);
        }
        await db.SaveChangesAsync(cancellation);
        return [$"Mail to {message.User.Email} is queued."];
    }

    static IEnumerable<KeyValuePair<string, string>> Pairs(Message message)
    {
        yield return new("user_email", message.User.Email);
        yield return new("user_username", message.User.Username);
        if (message.EventEmail is { } email)
            yield return new("event_user_email", email);
        if (message.EventUsername is { } username)
            yield return new("event_user_username", username);
        foreach (var detail in message.Details)
            yield return detail;
    }

    static string Shortened(string body) => body.Length > SubjectLength ? $"{body[..SubjectLength]}..." : body;

    async ValueTask<object?> LinkAsync(Message message, CancellationToken cancellation)
    {
        if (message.Text.Hyperlink is not { Length: > 0 } target)
            return null;
        var url = target[0] == '/' ? await links.ToAsync(target, request: null, cancellation) : target;
        return new Dictionary<string, object?>(StringComparer.Ordinal) { ["target"] = url, ["label"] = message.Text.HyperlinkLabel ?? url };
    }
}
