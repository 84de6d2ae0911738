using Microsoft.AspNetCore.Components;

namespace Postern.Pages.Tables;

/// <summary>One column of a <see cref="DataTable{T}"/>; its content is the cell.</summary>
/// <typeparam name="T">The row.</typeparam>
public sealed class Column<T> : ComponentBase
{
    [CascadingParameter] public DataTable<T> Table { get; set; } = null!;

    [Parameter, EditorRequired] public string Title { get; set; } = "";

    /// <summary>The field that the server can order by.</summary>
    [Parameter] public string? Sort { get; set; }

    /// <summary>1 is always shown, 2 from tablets on, 3 on wide screens only.</summary>
    [Parameter] public int Priority { get; set; } = 1;

    /// <summary>Numbers and actions stand at the end of their cell.</summary>
    [Parameter] public bool AlignEnd { get; set; }

    /// <summary>The title is for screen readers only.</summary>
    [Parameter] public bool HideTitle { get; set; }

    [Parameter] public RenderFragment<T>? ChildContent { get; set; }

    internal string CssClass => string.Join(' ', new[] { Priority > 1 ? $"col-{Priority}" : "", AlignEnd ? "col-end" : "" }.Where(c => c.Length > 0));

    protected override void OnInitialized() => Table.Add(this);
}
