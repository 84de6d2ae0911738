using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Postern.OAuth2.Http;
using Postern.Pages;
using Postern.Sources.Protocol;
using Postern.Web.Shared;

namespace Postern.Web.Flow;

/// <summary>The pages of sources as cards in the brand's look.</summary>
sealed class SourcePages : ISourcePages
{
    public async Task<IResult> RefuseAsync(HttpContext http, string title, string text, int status) =>
        new PageResult<NoticePage>(new { Shell = await ShellAsync(http), Notice = new ProtocolNotice(title, text, status, IsError: true) }, status) { Policy = ContentPolicy.Flow };

    public async Task<IResult> ConfirmAsync(HttpContext http, string source, string account, string action, string token) =>
        new PageResult<ConnectSourcePage>(new { Shell = await ShellAsync(http), Source = source, Account = account, Action = action, Token = token }) { Policy = ContentPolicy.Flow };

    static ValueTask<PageShell> ShellAsync(HttpContext http) => http.RequestServices.GetRequiredService<ShellFactory>().ForAsync(http, withMenu: false);
}
