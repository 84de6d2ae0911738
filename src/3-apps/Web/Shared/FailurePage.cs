using Microsoft.AspNetCore.Http;
using Postern.Api;
using Postern.Brands;
using Postern.Brands.Settings;
using Postern.Pages;
using Postern.Pages.Blocks;
using Postern.Pages.Look;
using Postern.Storage.Snapshots;
using Postern.Web.Admin;

namespace Postern.Web.Shared;

/// <inheritdoc/>
sealed class FailurePage(Snapshot<BrandPicture> brands, Snapshot<SystemSettings> settings) : IFailurePage
{
    public IResult Of(HttpContext http, string text, int status)
    {
        var look = BrandLooks.Of(brands.Newest?.For(http.Request.Host.Host) ?? new Brand(), settings.Newest ?? new SystemSettings());
        return new PageResult<ProblemPage>(
            new
            {
                Page = new PageShell(look) { Theme = ThemeChoice.Read(http.Request), Language = Words.PageWords.LanguageOf(http), Path = http.Request.Path + http.Request.QueryString },
                Text = text,
                RequestId = http.TraceIdentifier,
                InDialog = ModalPage.IsAskedBy(http.Request),
            },
            status);
    }
}
