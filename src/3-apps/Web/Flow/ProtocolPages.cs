using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Postern.OAuth2.Http;
using Postern.Pages;
using Postern.Web.Shared;

namespace Postern.Web.Flow;

/// <summary>The protocol's own pages as cards in the brand's look.</summary>
sealed class ProtocolPages : IProtocolPages
{
    public async Task<IResult> NoticeAsync(HttpContext http, ProtocolNotice notice) =>
        new PageResult<NoticePage>(new { Shell = await ShellAsync(http), Notice = notice }, notice.Status) { Policy = ContentPolicy.Flow };

    public async Task<IResult> ConfirmAsync(HttpContext http, string application, string action, IEnumerable<KeyValuePair<string, string>> values) =>
        new PageResult<ConfirmSignOutPage>(new { Shell = await ShellAsync(http), Application = application, Action = action, Values = values }) { Policy = ContentPolicy.Flow };

    public async Task<IResult> SendAsync(HttpContext http, string title, string action, JsonObject values)
    {
        var challenge = new JsonObject { ["component"] = "ak-stage-autosubmit", ["title"] = title, ["url"] = action, ["attrs"] = values.DeepClone() };
        return new PageResult<ChallengeView>(new { Shell = await ShellAsync(http), Challenge = new Challenge(JsonSerializer.SerializeToElement(challenge)) }) { Policy = ContentPolicy.Flow };
    }

    static ValueTask<PageShell> ShellAsync(HttpContext http) => http.RequestServices.GetRequiredService<ShellFactory>().ForAsync(http, withMenu: false);
}
