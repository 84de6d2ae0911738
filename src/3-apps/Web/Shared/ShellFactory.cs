using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Brands;
using Postern.Brands.Settings;
using Postern.Directory.Sessions;
using Postern.Notifications;
using Postern.Pages;
using Postern.Pages.Look;
using Postern.Pages.Menu;
using Postern.Storage;
using Postern.Storage.Snapshots;
using Postern.Web.Admin;
using Postern.Web.Admin.Users;
using Postern.Web.Guide;

namespace Postern.Web.Shared;

/// <summary>Makes what the pages of one request share.</summary>
sealed class ShellFactory(Snapshot<BrandPicture> brands, Snapshot<SystemSettings> settings, Sections sections, ShellBanners banners, BrowserSession browser, PosternDb db)
{
    public const string TokenField = "csrf";

    /// <summary>The bell says "99+" beyond that, and nothing more is counted.</summary>
    const int MostCounted = 100;

    public async ValueTask<PageShell> ForAsync(HttpContext http, bool withMenu) =>
        await ForAsync(http, (await brands.GetAsync(http.RequestAborted)).For(http.Request.Host.Host), withMenu);

    /// <summary>In the look of another brand than the host's.</summary>
    public async ValueTask<PageShell> ForAsync(HttpContext http, Brand brand, bool withMenu)
    {
        var caller = http.Caller();
        return new PageShell(BrandLooks.Of(brand, await settings.GetAsync(http.RequestAborted)))
        {
            Theme = ThemeChoice.Read(http.Request),
            Language = Words.PageWords.LanguageOf(http),
            Path = http.Request.Path + http.Request.QueryString,
            Person = caller.IsAuthenticated ? new SignedInPerson(caller.Username, caller.Username, MayAdminister: caller.IsSuperuser) { EndImpersonationHref = caller.Impersonator is null ? null : UserAccessPages.StopUrl } : null,
            Notifications = caller.UserPk is { } user ? await db.Set<Notification>().Where(n => n.UserPk == user && !n.Seen).Take(MostCounted).CountAsync(http.RequestAborted) : 0,
            Menu = withMenu ? Menu() : [],
            HelpHref = withMenu ? HelpPages.For(http.Request.Path) : null,
            Messages = await TakeMessagesAsync(http.RequestAborted),
            Banners = await banners.ForAsync(http),
            Shut = await banners.ShutAsync(http),
            FormToken = browser.CsrfToken is { } token ? new FormToken(TokenField, token) : null,
        };
    }

    /// <summary>Leaves a message for the next page.</summary>
    public async ValueTask TellAsync(HttpContext http, string level, string text)
    {
        var session = await browser.RequireAsync(http, http.RequestAborted);
        session.Messages = new JsonObject { ["items"] = new JsonArray(new JsonObject { ["level"] = level, ["message"] = text }) };
        await db.SaveChangesAsync(http.RequestAborted);
    }

    List<MenuGroup> Menu()
    {
        List<MenuGroup> groups = [new(null, [new MenuItem("Overview", "/if/admin/", "dashboard") { Alone = true }])];
        foreach (var group in sections.All.Where(s => s.InMenu).GroupBy(s => s.Group))
        {
            var items = group.Select(s => new MenuItem(s.Title, s.Url, s.Icon)).ToList();
            if (group.Key is "System")
                items.AddRange([new MenuItem("Jobs", Admin.Jobs.JobPages.Path, "list-check"), new MenuItem("Settings", "/if/admin/system/settings/", "settings")]);
            groups.Add(new MenuGroup(group.Key, items));
        }
        return groups;
    }

    async ValueTask<IReadOnlyList<PageMessage>> TakeMessagesAsync(CancellationToken cancellation)
    {
        if (browser.Uuid is null || await browser.FindAsync(cancellation) is not { } session || session.Messages["items"] is not JsonArray { Count: > 0 } items)
            return [];
        List<PageMessage> messages = [.. items.OfType<JsonObject>().Select(i => new PageMessage(ToneOf(i["level"]?.ToString()), i["message"]?.ToString() ?? ""))];
        session.Messages = [];
        await db.SaveChangesAsync(cancellation);
        return messages;
    }

    public static Tone ToneOf(string? level) => Enum.TryParse<Tone>(level is "error" ? nameof(Tone.Danger) : level, ignoreCase: true, out var tone) ? tone : Tone.Info;
}
