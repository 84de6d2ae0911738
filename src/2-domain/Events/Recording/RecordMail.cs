using System.Text.Json.Nodes;
using Postern.Kernel.Access;
using Postern.Kernel.Settings;
using Postern.Mail;
using Postern.Mail.Outbox;
using Postern.Storage;

namespace Postern.Events.Recording;

/// <summary>Makes an event of each mail that was sent. Its text is left out: it may hold links that sign people in.</summary>
sealed class RecordMail(RecordEvent events, PosternSettings settings) : IMailListener
{
    public void Sent(PosternDb db, MailMessage message)
    {
        // A mail that tells of an event makes none, or the two would go on for ever.
        if (message.TellsOfEvent)
            return;
        events.Add(Caller.System, EventAction.EmailSent, "authentik.stages.email", new JsonObject
        {
            ["message"] = $"Email to {string.Join(", ", message.To)} sent",
            ["subject"] = message.Subject,
            ["from"] = message.Server?.From ?? settings.Email.From,
            ["to"] = new JsonArray([.. message.To.Select(to => (JsonNode?)to)]),
        });
    }
}
