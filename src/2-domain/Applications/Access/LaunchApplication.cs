using Microsoft.EntityFrameworkCore;
using Postern.Directory.Users;
using Postern.Kernel;
using Postern.Policies.Engine;
using Postern.Storage.Kinds;
using Postern.Storage.Snapshots;

namespace Postern.Applications.Access;

/// <summary>Answers where an application opens for somebody. Writes nothing.</summary>
public sealed class LaunchApplication(DecideAccess decide, Snapshot<ApplicationPicture> pictures)
{
    /// <summary>The address. Faults: not found for an unknown application and one without an address; unauthenticated; forbidden, with what its policies say.</summary>
    public async Task<Result<string>> ExecuteAsync(LoadContext context, string slug, HttpFacts? http)
    {
        var picture = await pictures.GetAsync(context.Cancellation);
        if (picture.Find(slug) is not { } application || picture.LaunchUrlOf(application) is not { Length: > 0 } url)
            return new Fault.NotFound(ApplicationKind.Kind.Label);
        if (context.Caller.UserPk is not { } pk || await context.Db.Set<User>().AsNoTracking().FirstOrDefaultAsync(u => u.Pk == pk, context.Cancellation) is not { } user)
            return new Fault.Unauthenticated();
        var result = await decide.ExecuteAsync(application, new PolicyRequest { User = user, Caller = context.Caller, Http = http }, context.Cancellation);
        if (!result.Passing)
            return new Fault.Forbidden(result.Messages.Count > 0 ? string.Join(' ', result.Messages) : $"You may not use {application.Name}.");
        if (url.Contains('%', StringComparison.Ordinal) && await LaunchUrls.UserAsync(context) is { } details)
            url = LaunchUrl.Fill(url, details);
        // Details of a user may have made something else of it.
        return LaunchUrl.IsShown(url) ? url : new Fault.NotFound(ApplicationKind.Kind.Label);
    }
}
