using Postern.Applications;
using Postern.Directory.Groups;
using Postern.Directory.Users;
using Postern.Flows;
using Postern.Invitations;
using Postern.Jobs.Looking;
using Postern.Kernel.Access;
using Postern.Pages;
using Postern.Policies;
using Postern.Rbac.Roles;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Web.Admin.Palette;

/// <summary>Finds pages, actions and objects of the console by a few words. It shows what the caller may see, a few of each sort, and counts nothing.</summary>
sealed class FindAnything(Sections sections, ObjectQuery objects, IAccess access)
{
    const int MostOfEach = 5;
    const int Shortest = 2;

    // What people look for by name, the most wanted first.
    static readonly ModelKind[] searched = [UserKind.Kind, GroupKind.Kind, ApplicationKind.Kind, FlowKind.Kind, RoleKind.Kind, InvitationKind.Kind, StageKind.Kind, PolicyKind.Kind];

    /// <summary>Pages and actions whose names hold all words; objects from two letters on.</summary>
    public async Task<IReadOnlyList<FoundThing>> ExecuteAsync(Caller caller, string text, CancellationToken cancellation)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var found = new List<FoundThing>();
        foreach (var (thing, needs) in Places().Concat(Actions()).Where(p => Matches(p.Thing, words)))
        {
            if (needs is not { } permission || !(await access.ScopeAsync(caller, permission, cancellation)).IsEmpty)
                found.Add(thing);
        }
        foreach (var kind in text.Trim().Length < Shortest ? [] : searched)
            found.AddRange(await ObjectsAsync(caller, kind, text.Trim(), cancellation));
        return found;
    }

    async Task<IEnumerable<FoundThing>> ObjectsAsync(Caller caller, ModelKind kind, string text, CancellationToken cancellation)
    {
        if (sections.For(kind) is not { } section)
            return [];
        var request = new ListRequest { PageSize = MostOfEach, Search = text, SearchMode = SearchMode.Text };
        var found = await objects.SuggestAsync(kind, caller, request, cancellation);
        return found.Fault is not null ? [] : found.Value.Select(o => new FoundThing(section.Title, kind.Of(o).NameOf(o), Detail(kind, o), section.UrlOf(o), section.Icon));
    }

    static string Detail(ModelKind kind, object found) => found switch
    {
        Directory.Users.User user => string.Join(", ", new[] { user.Name, user.Email }.Where(t => t.Length > 0 && t != user.Username)),
        Application application => application.Slug,
        Postern.Flows.Flow flow => flow.Title,
        Stage or Policy => kind.Of(found).Label,
        _ => "",
    };

    IEnumerable<(FoundThing Thing, Permission? Needs)> Places()
    {
        yield return (new FoundThing("Pages", "Overview", "", ConsolePages.Root, "dashboard"), null);
        foreach (var section in sections.All.Where(s => s.InMenu))
        {
            yield return (new FoundThing("Pages", section.Title, section.Group, section.Url, section.Icon), section.Kind.View);
            foreach (var page in section.Pages.Where(p => p.Href is not null))
                yield return (new FoundThing("Pages", page.Name, section.Title, page.Href!, section.Icon), section.Kind.View);
        }
        yield return (new FoundThing("Pages", "Jobs", "System", Jobs.JobPages.Path, "list-check"), JobPermissions.View);
        yield return (new FoundThing("Pages", "Settings", "System", "/if/admin/system/settings/", "settings"), Permission.Parse("authentik_rbac.view_system_settings"));
        yield return (new FoundThing("Pages", "API reference", "", Docs.DocsPages.Root, "code"), null);
    }

    IEnumerable<(FoundThing Thing, Permission? Needs)> Actions()
    {
        foreach (var section in sections.All.Where(s => s is { InMenu: true, MayCreate: true }))
        {
            yield return (new FoundThing("Actions", $"Create {Lower(section.Kind.Label)}", section.Group, section.Wizard ?? $"{section.Url}new/", "plus"), section.Kind.Family.FirstOrDefault()?.Add ?? section.Kind.Add);
            foreach (var link in section.Links.Where(l => l.Href is not null))
                yield return (new FoundThing("Actions", link.Name, section.Title, link.Href!, "plus"), section.Kind.Add);
        }
        yield return (new FoundThing("Actions", "Import a flow or blueprint", "Customization", "/if/admin/customization/blueprints/import/", "upload"), FlowKind.Kind.Add);
    }

    static bool Matches(FoundThing thing, string[] words) =>
        Array.TrueForAll(words, w => thing.Name.Contains(w, StringComparison.OrdinalIgnoreCase) || thing.Detail.Contains(w, StringComparison.OrdinalIgnoreCase));

    static string Lower(string label) => label.Length > 1 && char.IsUpper(label[1]) ? label : label.ToLowerInvariant();
}
