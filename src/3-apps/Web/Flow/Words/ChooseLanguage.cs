using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Postern.Api.Http;
using Postern.Mail.Languages;

namespace Postern.Web.Flow.Words;

/// <summary>
/// The language of a page: the one an application asked for (<c>ui_locales</c>, OpenID Connect Core 1.0, section 3.1.2.1), that of the person who is signed
/// in, the browser's.
/// </summary>
static class ChooseLanguage
{
    public static string For(HttpContext http) => Language.Choose(Asked(http.Request.Query), http.Caller().Locale, http.Request.Headers.AcceptLanguage);

    // An application's request waits in "next" until somebody is signed in.
    static string? Asked(IQueryCollection query)
    {
        var locales = query["ui_locales"].ToString();
        if (locales.Length == 0 && query["next"].ToString() is { Length: > 0 } next && next.Contains('?', StringComparison.Ordinal))
            locales = QueryHelpers.ParseQuery(next[next.IndexOf('?', StringComparison.Ordinal)..]).GetValueOrDefault("ui_locales").ToString();
        return locales.Length == 0 ? null : locales.Replace(' ', ',');
    }
}
