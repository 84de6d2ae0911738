using System.Text.RegularExpressions;
using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Postern.Kernel;
using Postern.Kernel.Settings;
using Postern.Portal.Hosting;
using Postern.Tests.Support;
using Postern.Tests.Support.Servers;

namespace Postern.Tests.Integration.Guide;

/// <summary>What the texts of this repository say of its files, pages and settings is so.</summary>
public sealed partial class TextTests
{
    static readonly MarkdownPipeline pipeline = new MarkdownPipelineBuilder().UsePipeTables().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).Build();

    static IEnumerable<string> Files =>
        [.. System.IO.Directory.EnumerateFiles(Path.Combine(Repository.Folder, "docs"), "*.md", SearchOption.AllDirectories), Path.Combine(Repository.Folder, "README.md")];

    [Fact]
    public void Links_between_files_lead_to_a_file_and_a_heading()
    {
        var wrong = new List<string>();
        foreach (var file in Files)
        {
            foreach (var link in Markdown.Parse(File.ReadAllText(file), pipeline).Descendants<LinkInline>().Select(l => l.Url!).Where(url => !url.Contains("://", StringComparison.Ordinal) && !url.StartsWith('/')))
            {
                var mark = link.IndexOf('#', StringComparison.Ordinal);
                var target = mark == 0 ? file : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, mark < 0 ? link : link[..mark]));
                if (!Path.Exists(target) || (mark >= 0 && !Anchors(target).Contains(link[(mark + 1)..], StringComparer.Ordinal)))
                    wrong.Add($"{Path.GetRelativePath(Repository.Folder, file)}: {link}");
            }
        }
        wrong.ShouldBeEmpty();
    }

    [Fact]
    public void Environment_variables_that_are_named_are_settings()
    {
        var named = Files.SelectMany(f => Variable().Matches(File.ReadAllText(f)).Select(m => m.Value)).Concat(ConfigurationNames()).Distinct(StringComparer.Ordinal);
        named.Where(name => !IsSetting(name)).ShouldBeEmpty();
        IsSetting("POSTERN_EMAIL__HOTS").ShouldBeFalse();
        IsSetting("PORTAL_OIDC__ISSUERS").ShouldBeFalse();
    }

    [Fact]
    public async Task Pages_that_are_named_have_a_route()
    {
        await using var server = await TestServer.StartAsync();
        var routes = server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Select(e => new TemplateMatcher(TemplateParser.Parse(e.RoutePattern.RawText!.TrimStart('/')), [])).ToList();
        var named = Files.SelectMany(f => InterfacePath().Matches(File.ReadAllText(f)).Select(m => m.Value)).Distinct(StringComparer.Ordinal).ToList();
        named.ShouldContain("/if/invitation/<uuid>/");
        named.Where(path => !routes.Exists(r => r.TryMatch(path, []))).ShouldBeEmpty();
    }

    static IEnumerable<string> Anchors(string file) => Markdown.Parse(File.ReadAllText(file), pipeline).Descendants<HeadingBlock>().Select(h => h.GetAttributes().Id ?? "");

    /// <summary>The page of all settings names them without what all begin with.</summary>
    static IEnumerable<string> ConfigurationNames() =>
        from line in Repository.ReadText("docs/guide/configuration.md").Split('\n')
        where line.StartsWith("| `", StringComparison.Ordinal)
        from Match name in Name().Matches(line.Split('|')[1])
        select $"POSTERN_{name.Groups["name"].Value}";

    /// <summary>A name with an underscore at its end stands for all that begin so.</summary>
    static bool IsSetting(string variable)
    {
        if (variable.EndsWith('_'))
            variable += "HOST";
        var given = new Dictionary<string, string>(StringComparer.Ordinal) { [variable] = "x" };
        if (variable.StartsWith("PORTAL_", StringComparison.Ordinal) && variable != "PORTAL_OIDC__ISSUER")
            given["PORTAL_OIDC__ISSUER"] = "https://id.example.org/";
        var fault = variable.StartsWith("PORTAL_", StringComparison.Ordinal) ? ReadPortalSettings.From(given, _ => "x").Fault : ReadSettings.From(given, _ => "x").Fault;
        return fault is not Fault.Invalid invalid || !invalid.Errors[variable].Any(e => e.StartsWith("There is no such setting", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"(?<![A-Z_])(?:POSTERN|AUTHENTIK|PORTAL)_[A-Z0-9_]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Variable();

    [GeneratedRegex("`(?<name>[A-Z][A-Z0-9_]+)`", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();

    [GeneratedRegex(@"/if/[a-z0-9<>/_-]+/[a-z0-9<>/_-]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InterfacePath();
}
