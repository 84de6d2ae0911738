using Microsoft.AspNetCore.Components;
using Postern.Pages;

namespace Postern.Web.Flow.Words;

/// <summary>A part of a flow's page; it speaks the language of the page.</summary>
public abstract class FlowView : ComponentBase
{
    [CascadingParameter] public PageShell Page { get; set; } = null!;

    /// <summary>The text in the language of the page.</summary>
    protected string T(string text) => Sentences.In(Page.Language, text);
}
