using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Applications.Icons;
using Postern.Directory.Users;
using Postern.Policies.Engine;
using Postern.Storage.Kinds;
using Postern.Storage.Snapshots;

namespace Postern.Applications.Access;

/// <summary>Finds what somebody's page of applications shows: those they may use, can open and that are not hidden. Writes nothing.</summary>
public sealed class FindMyApplications(DecideAccess decide, Snapshot<ApplicationPicture> pictures)
{
    /// <summary>Applications by name; with a search those in which every word of it occurs. Empty for nobody.</summary>
    public async Task<IReadOnlyList<OpenableApplication>> ExecuteAsync(LoadContext context, string? search, HttpFacts? http)
    {
        if (context.Caller.UserPk is not { } pk || await context.Db.Set<User>().AsNoTracking().FirstOrDefaultAsync(u => u.Pk == pk, context.Cancellation) is not { } user)
            return [];
        var picture = await pictures.GetAsync(context.Cancellation);
        var words = (search ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var openable = picture.Applications.Where(a => !a.MetaHide && picture.LaunchUrlOf(a).Length > 0 && Matches(a, words));
        var usable = await decide.AmongAsync(openable, new PolicyRequest { User = user, Caller = context.Caller, Http = http }, context.Cancellation);
        var details = usable.Any(a => picture.LaunchUrlOf(a).Contains('%', StringComparison.Ordinal)) ? await LaunchUrls.UserAsync(context) : null;
        return [.. usable.Select(a => new OpenableApplication(a, Url(picture.LaunchUrlOf(a), details))).Where(a => LaunchUrl.IsShown(a.Url))];
    }

    static string Url(string url, JsonObject? user) => user is null ? url : LaunchUrl.Fill(url, user);

    static bool Matches(Application application, string[] words) => Array.TrueForAll(
        words,
        w => Has(application.Name, w) || Has(application.MetaDescription, w) || Has(application.MetaPublisher, w) || Has(application.Group, w) || Has(application.Slug, w));

    static bool Has(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}

/// <summary>An application somebody can open.</summary>
/// <param name="Application">The application.</param>
/// <param name="Url">Where it opens, with the person's details filled in.</param>
public sealed record OpenableApplication(Application Application, string Url)
{
    /// <summary>Address of its picture on a light ground; null for none.</summary>
    public string? IconUrl => Shown(Icon.ThemedOf(Application.MetaIcon)?["light"]?.ToString() ?? Icon.UrlOf(Application.MetaIcon));

    /// <summary>Address of its picture on a dark ground, where it has another there.</summary>
    public string? DarkIconUrl => Shown(Icon.ThemedOf(Application.MetaIcon)?["dark"]?.ToString());

    // fa:// names a symbol of a font that is not part of the product.
    static string? Shown(string? url) => url?.StartsWith("fa://", StringComparison.Ordinal) == true ? null : url;
}
