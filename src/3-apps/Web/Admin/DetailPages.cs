using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Brands;
using Postern.Pages;
using Postern.Policies.Bindings;
using Postern.Policies.Expressions;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;
using Postern.Web.Admin.Tabs;
using Postern.Web.Shared;

namespace Postern.Web.Admin;

/// <summary>The page of one object: its tabs, or its members with what is bound to it.</summary>
static class DetailPages
{
    public static async Task<IResult> ShowAsync(
        HttpContext http, string group, string noun, string lookup, Sections sections, ObjectQuery objects, PosternDb db, ShellFactory shells, BoundPolicies policies, IEnumerable<PolicyTarget> targets,
        ObjectTabs tabs, Links links, CheckExpression check)
    {
        if (sections.Find($"{group}/{noun}") is not { } section)
            return await ConsolePages.ProblemAsync(http, "There is no such page.", StatusCodes.Status404NotFound);
        var found = await objects.FindAsync(section.Kind, http.Caller(), lookup, tracked: false, http.RequestAborted);
        if (found.Fault is { } fault)
            return await ConsolePages.ProblemAsync(http, fault.Message, ConsolePages.StatusOf(fault));
        var kind = section.Kind.Of(found.Value);
        var json = (await Rendered.OneAsync(kind, found.Value, new LoadContext(db, http.Caller(), http.RequestServices, http.RequestAborted))).ToNode();
        Guid? target = targets.Any(t => t.Kind == section.Kind || t.Kind == kind) && Guid.TryParse(kind.KeyOf(found.Value), out var pk) ? pk : null;
        var known = tabs.For(kind);
        var tab = ObjectTabs.Chosen(known, http.Request.Query["tab"]);
        var url = section.UrlOf(found.Value);
        return new PageResult<DetailPage>(new
        {
            Page = await shells.ForAsync(http, withMenu: true),
            Section = section,
            Kind = kind,
            Title = kind.NameOf(found.Value),
            Url = url,
            Tabs = ObjectTabs.Links(known, tab, url),
            Tab = tab is null ? null : await tab.ShowAsync(new TabRequest(http, found.Value, kind.KeyOf(found.Value), url, json)),
            Json = json,
            Notes = tab is null or { Order: 0 } && json["attributes"] is JsonObject attributes && attributes["notes"] is JsonValue notes && notes.TryGetValue<string>(out var text) && text.Length > 0 ? text : null,
            Findings = Expressions.ExpressionFindings.Of(check, found.Value),
            Policies = tab is null && target is { } bound ? await policies.OfAsync([bound], http) : null,
            Target = target,
            Base = await links.BaseAsync(http.Request, http.RequestAborted) ?? "",
        });
    }
}
