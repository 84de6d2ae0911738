using System.Text.Json.Nodes;
using Postern.Pages;
using Postern.Pages.Look;
using Postern.Pages.Menu;
using Postern.Portal.Access;
using Postern.Portal.Organizations;
using Postern.Storage;

namespace Postern.Portal.Looks;

/// <summary>Makes what the pages of one request share.</summary>
sealed class Shells(PosternDb db)
{
    public async ValueTask<PageShell> ForAsync(HttpContext http)
    {
        var visitor = http.VisitorOrNone();
        var shell = Plain(http);
        return visitor is null ? shell : shell with { Messages = await TakeMessagesAsync(visitor, http.RequestAborted) };
    }

    /// <summary>Without messages, which then wait for the next page.</summary>
    public static PageShell Plain(HttpContext http)
    {
        var visitor = http.VisitorOrNone();
        return new PageShell(new BrandLook("Customer portal"))
        {
            Theme = ThemeChoice.Read(http.Request),
            Path = http.Request.Path + http.Request.QueryString,
            Person = visitor is null ? null : new SignedInPerson(visitor.Person.DisplayName, visitor.Person.Email),
            FormToken = visitor is null ? null : new FormToken(Gate.TokenField, visitor.Session.FormToken),
            Menu = visitor is null ? [] : [new MenuGroup(null, [.. Items(visitor)])],
        };
    }

    /// <summary>Leaves a message for the next page.</summary>
    public async Task TellAsync(HttpContext http, string text, string level = "success")
    {
        SignIn.Sessions.Tell(http.Visitor().Session, level, text);
        await db.SaveChangesAsync(http.RequestAborted);
    }

    static IEnumerable<MenuItem> Items(Visitor visitor)
    {
        yield return new MenuItem("My organizations", OrganizationPages.Path, "building");
        yield return new MenuItem("Support", "/support", "help-circle");
        if (visitor.IsSupport)
            yield return new MenuItem("Support desk", "/admin", "shield-check");
    }

    async ValueTask<IReadOnlyList<PageMessage>> TakeMessagesAsync(Visitor visitor, CancellationToken cancellation)
    {
        if (visitor.Session.Messages.Count == 0)
            return [];
        List<PageMessage> messages = [.. visitor.Session.Messages.OfType<JsonObject>().Select(m => new PageMessage(ToneOf(m["level"]?.ToString()), m["text"]?.ToString() ?? ""))];
        visitor.Session.Messages = [];
        await db.SaveChangesAsync(cancellation);
        return messages;
    }

    static Tone ToneOf(string? level) => Enum.TryParse<Tone>(level, ignoreCase: true, out var tone) ? tone : Tone.Info;
}
