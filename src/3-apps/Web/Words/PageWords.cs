using Microsoft.AspNetCore.Http;
using Postern.Mail.Languages;
using Postern.Pages.Words;
using Postern.Web.Flow.Words;

namespace Postern.Web.Words;

/// <summary>The texts of all pages but those of the guide and the API reference, which are in English.</summary>
sealed class PageWords : IPageWords
{
    /// <summary>The language that the page of a request is in.</summary>
    public static string LanguageOf(HttpContext http) => IsRead(http.Request.Path) ? Language.Standard : ChooseLanguage.For(http);

    public Func<string, string?>? For(HttpContext http) =>
        LanguageOf(http) is var language && string.Equals(language, Language.Standard, StringComparison.Ordinal) ? null : text => Sentences.Find(language, text) ?? Figures.In(language, text);

    static bool IsRead(PathString path) => path.StartsWithSegments("/docs", StringComparison.Ordinal) || path.StartsWithSegments("/api", StringComparison.Ordinal);
}
