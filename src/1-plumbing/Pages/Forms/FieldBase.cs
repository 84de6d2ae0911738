using Microsoft.AspNetCore.Components;
using Postern.Kernel;

namespace Postern.Pages.Forms;

/// <summary>What every form field has: name, label, help, errors, and the identifiers that tie them together.</summary>
public abstract class FieldBase : ComponentBase
{
    /// <summary>The errors of the form around it.</summary>
    [CascadingParameter] public FieldErrors? FormErrors { get; set; }

    /// <summary>The name that the form posts and that errors use.</summary>
    [Parameter, EditorRequired] public string Name { get; set; } = "";

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>One or two sentences below the control.</summary>
    [Parameter] public string? Help { get; set; }

    [Parameter] public bool Required { get; set; }

    [Parameter] public bool Disabled { get; set; }

    [Parameter] public bool Autofocus { get; set; }

    /// <summary>Whether an empty field says that it may stay empty.</summary>
    [Parameter] public bool MarkOptional { get; set; } = true;

    /// <summary>Errors of this field; those of the form around it when not given.</summary>
    [Parameter] public IReadOnlyList<string>? Errors { get; set; }

    protected string Id => FieldIds.Of(Name);

    protected IReadOnlyList<string> ErrorList => Errors ?? FormErrors?[Name] ?? [];

    protected string? Invalid => ErrorList.Count > 0 ? "true" : null;

    protected string? DescribedBy => FieldIds.DescribedBy(Id, ErrorList.Count > 0, Help is not null);

    protected bool Optional => MarkOptional && !Required;

    protected RenderFragment? HelpText => Help is null ? null : builder => builder.AddContent(0, Help);
}
