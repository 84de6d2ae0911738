using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Api.Http;
using Postern.Brands;
using Postern.Directory.Exports;
using Postern.Flows;
using Postern.Invitations;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Snapshots;

namespace Postern.Web.Admin;

/// <summary>Makes the rows of a list from rendered objects.</summary>
sealed class ListRows(PosternDb db, IServiceProvider services, Links links, Snapshot<FlowPicture> flows, TimeProvider clock)
{
    static readonly TimeSpan Soon = TimeSpan.FromDays(1);

    public async Task<IReadOnlyList<ListRow>> ForAsync(Section section, IReadOnlyList<object> items, HttpContext http)
    {
        var context = new LoadContext(db, http.Caller(), services, http.RequestAborted);
        var rendered = await Rendered.PageAsync(section.Kind, items, context);
        var address = section.Kind == InvitationKind.Kind ? await links.BaseAsync(http.Request, http.RequestAborted) : null;
        var picture = section.Kind == InvitationKind.Kind ? await flows.GetAsync(http.RequestAborted) : null;
        return [.. rendered.Select(r => Row(section, r, address, picture))];
    }

    ListRow Row(Section section, Rendered rendered, string? address, FlowPicture? picture)
    {
        var json = rendered.ToNode();
        List<string> cells = [.. section.Columns.Select(c => ListRow.Text(json[$"{c}_obj"] is JsonObject shown && shown["name"] is { } name ? name : Member(json, c)))];
        var url = section.UrlOf(rendered.Entity);
        if (rendered.Entity is DataExport export)
            return new ListRow(url, cells, Link: null, [.. ExportNotes(export)]) { Download = json["file_url"]?.ToString() is { Length: > 0 } file ? file : null };
        if (rendered.Entity is not Invitation invitation || picture is null)
            return new ListRow(url, cells, Link: null, []);
        cells = [.. section.Columns.Zip(cells, (column, cell) => column switch
        {
            "expires" when !invitation.Expiring => "Never",
            "uses" when invitation.Limit is { } most => $"{cell} of {most}",
            _ => cell,
        })];
        var flow = invitation.FlowPk is { } pk ? picture.Find(pk) : null;
        return new ListRow(url, cells, flow is null ? null : $"{address}/if/flow/{flow.Slug}/?itoken={invitation.Pk}", [.. Notes(invitation, flow, json)]);
    }

    static IEnumerable<string> ExportNotes(DataExport export)
    {
        yield return export.QueryParams.Count == 0
            ? "Query parameters: none."
            : $"Query parameters: {string.Join("; ", Exports.ExportPages.Shown(export.QueryParams).Select(p => $"{p.Name} = {p.Value}"))}.";
        if (export.Error.Length > 0)
            yield return $"It failed: {export.Error}";
        else if (export is { FinishedOn: null, Total: { } total })
            yield return string.Create(CultureInfo.InvariantCulture, $"{export.Done:N0} of {total:N0} rows are written.");
        else if (export.IsCompleted)
            yield return string.Create(CultureInfo.InvariantCulture, $"{export.Done:N0} rows, {export.Bytes / 1024 + 1:N0} KiB.");
    }

    /// <summary>A member, or with dots the member of a member.</summary>
    static JsonNode? Member(JsonObject json, string path) => path.Split('.').Aggregate((JsonNode?)json, (node, name) => (node as JsonObject)?[name]);

    IEnumerable<string> Notes(Invitation invitation, Postern.Flows.Flow? flow, JsonObject json)
    {
        if (json["created_by"]?["username"] is { } creator)
            yield return $"Created by {creator}.";
        if (flow is null)
            yield return "It opens any flow that asks for an invitation; choose a flow to get a link.";
        var now = clock.GetUtcNow();
        if (invitation.WhyNot(invitation.FlowPk ?? Guid.Empty, now) is { } why)
            yield return $"The link opens nothing: {why}";
        else if (invitation.Expires is { } end && end <= now + Soon)
            yield return "It expires within a day.";
        else if (!invitation.Expiring)
            yield return "It never expires. A link that nobody remembers lets in whoever finds it.";
        if (invitation.MailError.Length > 0)
            yield return $"The mail could not be sent: {invitation.MailError}";
    }
}
