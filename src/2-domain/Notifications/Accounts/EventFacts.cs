using System.Text.Json.Nodes;
using Postern.Directory.Sessions;
using Postern.Directory.Users;
using Postern.Events;

namespace Postern.Notifications.Accounts;

/// <summary>An event as its mail tells it to the person whom it is about.</summary>
static class EventFacts
{
    /// <summary>What happened, in English and a few words; mails translate it.</summary>
    public static string Headline(Event entry) => AccountNotice.Of(entry)?.Subject
        ?? (entry.Context["action_id"]?.ToString() is "account_lockdown" ? "Your account was locked" : EventActions.Label(entry.Action));

    /// <summary>When, from where, by which browser, and by whom where that was somebody else.</summary>
    public static List<Dictionary<string, object?>> Of(Event entry, User owner)
    {
        var facts = new List<Dictionary<string, object?>> { Fact("When", entry.Created) };
        if (entry.ClientIp is { } address)
            facts.Add(Fact("From address", address));
        if (entry.Context["http_request"]?["user_agent"]?.ToString() is { Length: > 0 } browser)
            facts.Add(Fact("Browser", UserAgent.Describe(browser)));
        // While somebody acts for the owner, they are named.
        var actor = entry.User["authenticated_as"] as JsonObject ?? entry.User;
        if (actor["username"]?.ToString() is { Length: > 0 } name && !string.Equals(name, owner.Username, StringComparison.Ordinal) && actor["is_anonymous"] is null)
            facts.Add(Fact("By", name));
        return facts;
    }

    static Dictionary<string, object?> Fact(string name, object value) => new(StringComparer.Ordinal) { ["name"] = name, ["value"] = value };
}
