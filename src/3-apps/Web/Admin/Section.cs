using Postern.Pages;
using Postern.Pages.Blocks;
using Postern.Storage.Kinds;

namespace Postern.Web.Admin;

/// <summary>One list of the admin console and what belongs to it.</summary>
/// <param name="Group">Heading in the menu.</param>
/// <param name="Title">Name in the menu and on the page.</param>
/// <param name="Path">Path below <c>/if/admin/</c>.</param>
/// <param name="Kind">What is listed; a base kind lists its family.</param>
/// <param name="Columns">Fields shown, in order; the first leads to the object.</param>
public sealed record Section(string Group, string Title, string Path, ModelKind Kind, params string[] Columns)
{
    public string Icon { get; init; } = "list-check";

    /// <summary>What the page says when there is nothing yet.</summary>
    public string Empty { get; init; } = "";

    /// <summary>Fields left out of the form.</summary>
    public IReadOnlyList<string> Hidden { get; init; } = [];

    /// <summary>Values a new one begins with, as the query of its form's address (<c>?intent=api</c>), where the kind's own are not what people want.</summary>
    public string Begins { get; init; } = "";

    /// <summary>Fields that the link to the form decides, not the person.</summary>
    public IReadOnlyList<string> Fixed { get; init; } = [];

    /// <summary>Address of a guided way to create one; null where there is none.</summary>
    public string? Wizard { get; init; }

    /// <summary>On where objects are written on a page of its own rather than in a dialog.</summary>
    public bool HasEditor { get; init; }

    /// <summary>Where its forms open.</summary>
    public string FormFrame => HasEditor ? "_top" : ModalPage.Frame;

    /// <summary>Off for what is reached from the pages of other sections alone.</summary>
    public bool InMenu { get; init; } = true;

    /// <summary>Further ways to begin, beside "Create": forms that open in a dialog.</summary>
    public IReadOnlyList<PageLink> Links { get; init; } = [];

    /// <summary>Its list can be had as a file.</summary>
    public bool Exportable { get; init; }

    /// <summary>Pages that belong to the list.</summary>
    public IReadOnlyList<PageLink> Pages { get; init; } = [];

    /// <summary>On for what people only look at.</summary>
    public bool LookOnly { get; init; }

    public bool MayCreate => !LookOnly && Creatable.Any(k => k.Verbs.HasFlag(Verbs.Create));

    public bool MayEdit => !LookOnly && Creatable.Any(k => k.Verbs.HasFlag(Verbs.Update));

    public bool MayDelete => !LookOnly && Creatable.Any(k => k.Verbs.HasFlag(Verbs.Delete));

    public string Url => $"/if/admin/{Path}/";

    /// <summary>Kinds that can be created here.</summary>
    public IReadOnlyList<ModelKind> Creatable => Kind.Family.Any(k => k.Path is not null) ? [.. Kind.Family.Where(k => k.Path is not null)] : [Kind];

    /// <summary>Address of one object.</summary>
    public string UrlOf(object entity) => $"{Url}{Uri.EscapeDataString(Convert.ToString(Kind.Lookup.Get(entity), System.Globalization.CultureInfo.InvariantCulture) ?? "")}/";
}
