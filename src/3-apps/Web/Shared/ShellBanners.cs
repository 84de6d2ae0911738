using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Enterprise.Licenses;
using Postern.Enterprise.Notices;
using Postern.Enterprise.ReadOnly;
using Postern.Kernel.Access;
using Postern.Pages;

namespace Postern.Web.Shared;

/// <summary>What the licences have to say to whoever looks at a page: banners, and which of its forms are shut.</summary>
sealed class ShellBanners(ReadLicenses licenses, IAccess access)
{
    const string Shut = "This installation is read-only because its licenses have expired or are exceeded.";
    const string More = "/if/admin/enterprise/licenses/";

    public async ValueTask<IReadOnlyList<PageBanner>> ForAsync(HttpContext http)
    {
        var banners = Banners.Of(await licenses.GetAsync(http.RequestAborted), AudienceOf(http)).ToList();
        if (banners.Count == 0)
            return [];
        var more = await access.RefuseAsync(http.Caller(), LicenseKind.Kind.View, key: null, http.RequestAborted) is null ? More : null;
        return [.. banners.Select(b => new PageBanner(b.IsSerious ? Tone.Danger : Tone.Warning, b.Text, more))];
    }

    /// <summary>Why a form to an address would be refused now, known before it is filled in; null for not.</summary>
    public async ValueTask<Func<string, string?>?> ShutAsync(HttpContext http) =>
        (await licenses.GetAsync(http.RequestAborted)).IsReadOnly ? static address => ReadOnlyRules.Allows(HttpMethods.Post, address.Split('?', 2)[0]) ? null : Shut : null;

    static Audience AudienceOf(HttpContext http) => http.Request.Path switch
    {
        var path when path.StartsWithSegments("/if/admin", StringComparison.OrdinalIgnoreCase) => Audience.Administrators,
        var path when path.StartsWithSegments("/if/user", StringComparison.OrdinalIgnoreCase) => Audience.People,
        _ => Audience.Flow,
    };
}
