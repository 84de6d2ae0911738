using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using Postern.Tests.Integration.Sessions;
using Postern.Tests.Support;
using Postern.Tests.Support.Servers;
using Postern.Web.Admin;

namespace Postern.Tests.Integration.Guide;

/// <summary><c>/docs/</c>: the guide as the product serves it, to anybody.</summary>
public sealed class PagesTests(SessionDoors doors) : IClassFixture<SessionDoors>
{
    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    readonly Dictionary<string, IHtmlDocument> read = new(StringComparer.Ordinal);

    [Fact]
    public async Task Every_link_of_every_page_leads_somewhere_and_nothing_comes_from_elsewhere()
    {
        using var visitor = doors.Server.Browser();
        var wrong = new List<string>();
        foreach (var entry in await ContentsAsync(visitor))
        {
            var page = (await PageAsync(visitor, entry))!;
            foreach (var link in page.QuerySelectorAll("main a[href]").Select(a => a.GetAttribute("href")!))
            {
                var target = new Uri(new Uri(doors.Server.Address, entry), link);
                if (target.Host == doors.Server.Address.Host && !await IsThereAsync(visitor, target))
                    wrong.Add($"{entry}: {link}");
            }
            wrong.AddRange(page.QuerySelectorAll("main img, main script, main link, main iframe").Select(e => e.GetAttribute("src") ?? e.GetAttribute("href") ?? "")
                .Where(source => !source.StartsWith("/docs/images/", StringComparison.Ordinal)).Select(source => $"{entry}: {source}"));
            foreach (var picture in page.QuerySelectorAll("main img"))
            {
                using var answer = await visitor.GetAsync(picture.GetAttribute("src"), Cancellation);
                if (answer.Content.Headers.ContentType?.MediaType != "image/png" || string.IsNullOrEmpty(picture.GetAttribute("alt")))
                    wrong.Add($"{entry}: {picture.OuterHtml}");
            }
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_contents_name_every_page_and_pages_follow_each_other()
    {
        using var visitor = doors.Server.Browser();
        var contents = await ContentsAsync(visitor);
        contents.ShouldBeUnique();
        System.IO.Directory.EnumerateFiles(Path.Combine(Repository.Folder, "docs", "guide"), "*.md").Select(f => Path.GetFileNameWithoutExtension(f))
            .Where(name => name != "README" && !contents.Contains($"/docs/{name}/", StringComparer.Ordinal)).ShouldBeEmpty("add them to docs/guide/README.md");
        for (var at = 0; at < contents.Count; at++)
        {
            var page = (await PageAsync(visitor, contents[at]))!;
            page.QuerySelector("a[rel=prev]")?.GetAttribute("href").ShouldBe(at == 0 ? null : contents[at - 1]);
            page.QuerySelector("a[rel=next]")?.GetAttribute("href").ShouldBe(at + 1 == contents.Count ? null : contents[at + 1]);
            page.QuerySelectorAll("h1").Length.ShouldBe(1, contents[at]);
            page.QuerySelector("nav [aria-current=page]")!.GetAttribute("href").ShouldBe(contents[at]);
        }
    }

    [Theory]
    [InlineData("recycle bin", "/docs/directory/#the-recycle-bin")]
    [InlineData("BIN Recycle", "/docs/directory/#the-recycle-bin")]
    [InlineData("scaling", "/docs/scaling/")]
    public async Task A_search_finds_headings_by_their_words_first(string words, string first)
    {
        using var visitor = doors.Server.Browser();
        var page = (await PageAsync(visitor, $"/docs/?q={Uri.EscapeDataString(words)}"))!;
        page.QuerySelector(".guide-found a")!.GetAttribute("href").ShouldBe(first);
    }

    [Fact]
    public async Task What_is_not_there_is_said_to_be_missing()
    {
        using var visitor = doors.Server.Browser();
        (await PageAsync(visitor, "/docs/?q=nosuchwordanywhere"))!.QuerySelector("main p[role=status]")!.TextContent.ShouldBe("No section has these words.");
        foreach (var path in new[] { "/docs/nothing/", "/docs/README/", "/docs/images/nothing.png", "/docs/..%2Fdeviations.md", "/docs/first-hour.md" })
        {
            using var answer = await visitor.GetAsync(new Uri(path, UriKind.Relative), Cancellation);
            answer.StatusCode.ShouldBe(HttpStatusCode.NotFound, path);
        }
        (await visitor.GetStringAsync("/docs/password-hashes.sql", Cancellation)).ShouldContain("SELECT");
    }

    [Fact]
    public async Task Every_list_of_the_console_leads_to_its_page_of_the_guide()
    {
        using var admin = doors.Server.Browser();
        (await SessionDoors.SignInAsync(admin, await doors.Server.AddSuperuserAsync("guide-reader"))).EnsureSuccessStatusCode();
        var wrong = new List<string>();
        foreach (var section in doors.Server.Services.GetRequiredService<Sections>().All)
        {
            var help = (await PageAsync(admin, section.Url))!.QuerySelector("a[aria-label='Guide to this page']")?.GetAttribute("href");
            if (help is null or "/docs/" || !await IsThereAsync(admin, new Uri(doors.Server.Address, help)))
                wrong.Add($"{section.Url}: {help}");
        }
        wrong.ShouldBeEmpty();
    }

    /// <summary>The addresses of all pages in their order.</summary>
    async Task<IReadOnlyList<string>> ContentsAsync(HttpClient visitor) =>
        [.. (await PageAsync(visitor, "/docs/"))!.QuerySelectorAll("#sidebar .menu-item").Select(a => a.GetAttribute("href")!).Where(href => href != "/docs/")];

    /// <summary>Whether a page answers and has the place that is named.</summary>
    async Task<bool> IsThereAsync(HttpClient visitor, Uri target)
    {
        if (!target.AbsolutePath.StartsWith("/docs/", StringComparison.Ordinal) || target.AbsolutePath.EndsWith(".sql", StringComparison.Ordinal))
        {
            using var answer = await visitor.GetAsync(target, Cancellation);
            return (int)answer.StatusCode < 400;
        }
        return await PageAsync(visitor, target.AbsolutePath) is { } page && (target.Fragment.Length == 0 || page.GetElementById(target.Fragment[1..]) is not null);
    }

    async Task<IHtmlDocument?> PageAsync(HttpClient visitor, string path)
    {
        if (read.TryGetValue(path, out var known))
            return known;
        using var answer = await visitor.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute), Cancellation);
        return answer.IsSuccessStatusCode ? read[path] = await new HtmlParser().ParseDocumentAsync(await answer.Content.ReadAsStringAsync(Cancellation), Cancellation) : null;
    }
}
