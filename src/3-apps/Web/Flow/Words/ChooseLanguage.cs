using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Postern.Api.Http;
using Postern.Directory.Users;
using Postern.Mail.Languages;
using Postern.Storage;

namespace Postern.Web.Flow.Words;

/// <summary>
/// The language of a flow's page: the one an application asked for (<c>ui_locales</c>, OpenID Connect Core 1.0, section 3.1.2.1), that of the person who is signed
/// in, the browser's.
/// </summary>
sealed class ChooseLanguage(PosternDb db)
{
    public async ValueTask<string> ExecuteAsync(HttpContext http)
    {
        var own = http.Caller().UserPk is { } pk ? await db.Set<Directory.Users.User>().AsNoTracking().SingleOrDefaultAsync(u => u.Pk == pk, http.RequestAborted) : null;
        return Language.Choose(Asked(http.Request.Query), own is null ? null : UserFacts.LocaleOf(own), http.Request.Headers.AcceptLanguage);
    }

    // An application's request waits in "next" until somebody is signed in.
    static string? Asked(IQueryCollection query)
    {
        var locales = query["ui_locales"].ToString();
        if (locales.Length == 0 && query["next"].ToString() is { Length: > 0 } next && next.Contains('?', StringComparison.Ordinal))
            locales = QueryHelpers.ParseQuery(next[next.IndexOf('?', StringComparison.Ordinal)..]).GetValueOrDefault("ui_locales").ToString();
        return locales.Length == 0 ? null : locales.Replace(' ', ',');
    }
}
