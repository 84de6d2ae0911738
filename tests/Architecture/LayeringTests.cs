using System.Xml.Linq;

namespace Postern.Tests.Architecture;

/// <summary>The tree is the architecture: arrows point down, files stay small.</summary>
public sealed class LayeringTests
{
    static readonly string[] Groups = ["0-ground", "1-plumbing", "2-domain", "3-apps"];

    static readonly Dictionary<string, string[]> SiblingsAllowed = new(StringComparer.Ordinal)
    {
        ["Api"] = ["Storage"],
        ["Hosting"] = ["Api", "Storage"],
        ["Jobs"] = ["Storage"],
        ["Mail"] = ["Storage", "Jobs"],
        ["Directory"] = ["Events", "Blueprints"],
        ["Rbac"] = ["Directory", "Events", "Blueprints"],
        ["Billing"] = [],
        ["Brands"] = ["Events", "Blueprints"],
        ["Policies"] = ["Directory", "Events", "Brands"],
        ["Flows"] = ["Policies", "Directory", "Brands", "Blueprints", "Events"],
        ["Stages"] = ["Authenticators", "Flows", "Policies", "Directory", "Brands", "Events", "Blueprints"],
        ["Authenticators"] = ["Applications", "Flows", "Policies", "Directory", "Brands", "Events", "Blueprints"],
        ["Invitations"] = ["Flows", "Directory", "Events"],
        ["Keys"] = ["Events", "Blueprints"],
        ["Applications"] = ["Policies", "Flows", "Directory", "Events", "Brands", "Blueprints"],
        ["OAuth2"] = ["Applications", "Keys", "Flows", "Policies", "Directory", "Brands", "Events", "Blueprints"],
        ["Sources"] = ["Stages", "Applications", "Flows", "Policies", "Directory", "Brands", "Events", "Blueprints"],
        ["Licensing"] = ["Kernel"],
        ["Enterprise"] = ["Directory", "Events", "Brands"],
        ["Notifications"] = ["Applications", "Blueprints", "Keys", "Policies", "Directory", "Brands", "Events"],
        ["Server"] = ["Web", "Cli"],
    };

    [Fact]
    public void Projects_use_lower_groups_and_only_the_siblings_named()
    {
        foreach (var file in System.IO.Directory.EnumerateFiles(Source, "*.csproj", SearchOption.AllDirectories))
        {
            var (group, name) = Place(file);
            foreach (var (toGroup, to) in References(file))
            {
                var ok = toGroup < group || (toGroup == group && SiblingsAllowed.GetValueOrDefault(name, []).Contains(to, StringComparer.Ordinal));
                ok.ShouldBeTrue($"{name} may not use {to}");
            }
        }
    }

    [Fact]
    public void No_source_file_is_longer_than_500_lines()
    {
        var long_ = System.IO.Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories).Where(f => File.ReadLines(f).Count() > 500);
        long_.ShouldBeEmpty();
    }

    static string Source
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Postern.slnx")))
                folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("Not inside the repository");
            return Path.Combine(folder, "src");
        }
    }

    static (int Group, string Name) Place(string project)
    {
        var folder = Path.GetDirectoryName(project)!;
        return (Array.IndexOf(Groups, Path.GetFileName(Path.GetDirectoryName(folder))), Path.GetFileName(folder));
    }

    static IEnumerable<(int Group, string Name)> References(string project) =>
        XDocument.Load(project).Descendants("ProjectReference")
            .Select(r => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(project)!, r.Attribute("Include")!.Value.Replace('\\', '/'))))
            .Select(Place);
}
