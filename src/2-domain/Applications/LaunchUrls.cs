using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Kernel.Access;
using Postern.Storage.Kinds;
using Postern.Storage.Snapshots;

namespace Postern.Applications;

/// <summary>Where applications open for one caller.</summary>
static class LaunchUrls
{
    /// <summary>The wire's <c>launch_url</c>; null where an application has none.</summary>
    public static async ValueTask<Func<Application, object?>> LoadAsync(IReadOnlyList<Application> page, LoadContext context)
    {
        var picture = await context.Get<Snapshot<ApplicationPicture>>().GetAsync(context.Cancellation);
        var urls = page.ToDictionary(a => a.Pk, a => a.MetaLaunchUrl.Length > 0 ? a.MetaLaunchUrl : picture.LaunchUrlOf(a));
        var user = urls.Values.Any(u => u.Contains('%', StringComparison.Ordinal)) ? await UserAsync(context) : null;
        return application => urls[application.Pk] is not { Length: > 0 } url ? null : user is null ? url : LaunchUrl.Fill(url, user);
    }

    /// <summary>What the API tells about the caller; null for nobody.</summary>
    public static async ValueTask<JsonObject?> UserAsync(LoadContext context) =>
        context.Caller.UserPk is { } pk && await UserKind.Kind.In(context.Db).AsNoTracking().FirstOrDefaultAsync(u => u.Pk == pk, context.Cancellation) is { } user
            ? (await Rendered.OneAsync(UserKind.Kind, user, context)).ToNode()
            : null;
}
