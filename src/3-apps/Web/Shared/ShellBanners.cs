using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Enterprise.Licenses;
using Postern.Enterprise.Notices;
using Postern.Kernel.Access;
using Postern.Pages;

namespace Postern.Web.Shared;

/// <summary>The banners of a page: what the licences have to say to whoever looks at it.</summary>
sealed class ShellBanners(ReadLicenses licenses, IAccess access)
{
    const string More = "/if/admin/enterprise/licenses/";

    public async ValueTask<IReadOnlyList<PageBanner>> ForAsync(HttpContext http)
    {
        var banners = Banners.Of(await licenses.GetAsync(http.RequestAborted), AudienceOf(http)).ToList();
        if (banners.Count == 0)
            return [];
        var more = await access.RefuseAsync(http.Caller(), LicenseKind.Kind.View, key: null, http.RequestAborted) is null ? More : null;
        return [.. banners.Select(b => new PageBanner(b.IsSerious ? Tone.Danger : Tone.Warning, b.Text, more))];
    }

    static Audience AudienceOf(HttpContext http) => http.Request.Path switch
    {
        var path when path.StartsWithSegments("/if/admin", StringComparison.OrdinalIgnoreCase) => Audience.Administrators,
        var path when path.StartsWithSegments("/if/user", StringComparison.OrdinalIgnoreCase) => Audience.People,
        _ => Audience.Flow,
    };
}
