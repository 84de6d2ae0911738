namespace Postern.Web.Guide;

/// <summary>Which page of the guide explains a page of the console.</summary>
static class HelpPages
{
    /// <summary>Paths of the console, the more particular first, with page and heading of the guide.</summary>
    static readonly (string Below, string Page)[] pages =
    [
        ("applications/providers", "oauth2/"),
        ("applications/registrations", "oauth2/#programs-that-register-themselves"),
        ("applications/entitlements", "applications/#entitlements"),
        ("applications", "applications/"),
        ("directory/users/import", "directory/#import-users"),
        ("directory/batches", "directory/#change-many-users"),
        ("directory/bin", "directory/#the-recycle-bin"),
        ("directory/sessions", "sessions/"),
        ("directory/invitation", "invitations/"),
        ("directory/tokens", "api/"),
        ("directory", "directory/"),
        ("flows/flows/import", "blueprints/#what-happens-on-applying"),
        ("flows", "flows/"),
        ("customization/policies", "expressions/"),
        ("policies/reputation", "sign-in-methods/#guessing"),
        ("customization/bindings", "applications/#who-may-use-it"),
        ("customization/property-mappings", "applications/#what-applications-are-told"),
        ("customization/mail-templates", "mail/#texts-of-your-own"),
        ("customization/blueprints", "blueprints/"),
        ("events/log", "events/#look-things-up"),
        ("events/exports", "directory/#export-a-list"),
        ("events", "events/#be-told-of-events"),
        ("enterprise", "enterprise/"),
        ("system/certificates", "applications/#certificates-and-keys"),
        ("system/mail", "mail/#the-outbox"),
        ("system/jobs", "events/#overview-and-jobs"),
        ("system", "configuration/"),
    ];

    /// <summary>The address in the guide for a path of the console; the first page where nothing says more.</summary>
    public static string For(string path)
    {
        const string Console = Admin.ConsolePages.Root;
        var place = path.StartsWith(Console, StringComparison.Ordinal) ? path[Console.Length..] : "";
        return GuidePages.Root + Array.Find(pages, p => place.StartsWith(p.Below, StringComparison.Ordinal)).Page;
    }
}
