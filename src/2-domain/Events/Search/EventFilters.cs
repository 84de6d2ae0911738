using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Postern.Storage.Kinds;
using Postern.Storage.Mapping;

namespace Postern.Events.Search;

/// <summary>The filters of the event list.</summary>
static class EventFilters
{
    public static void Declare(KindBuilder<Event> k)
    {
        k.Filter("action", (query, values, _) =>
        {
            var pattern = $"%{PlainSearch.Escape(values[0])}%";
            return query.Where(e => EF.Functions.ILike(e.Action, pattern, PlainSearch.EscapeCharacter));
        });
        k.Filter("actions", (query, values, errors) =>
        {
            foreach (var unknown in values.Where(v => EventActions.Refusal(v) is not null))
                errors.Add("actions", $"Select a valid choice. {unknown} is not one of the available choices.");
            return query.Where(e => values.Contains(e.Action));
        });
        k.Filter("username", (query, values, _) =>
            query.Where(e => JsonPath.Text(e.User, "username") == values[0] || JsonPath.Text(e.Context, "username") == values[0]));
        k.Filter("person", (query, values, errors) =>
        {
            var pk = values[0];
            if (!int.TryParse(pk, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                errors.Add("person", "Enter a number.");
            // Who acted, in whose name, and to whom it was done. Acting in another's name is rare: that it is said twice tells the planner so,
            // which would otherwise read the log backwards until a page is full.
            var behalf = $$$"""{"on_behalf_of": {"pk": {{{number}}}}}""";
            return query.Where(e => JsonPath.Text(e.User, "pk") == pk || (JsonPath.Text(e.User, "on_behalf_of", "pk") == pk && EF.Functions.JsonContains(e.User, behalf))
                || (JsonPath.Text(e.Context, "model", "pk") == pk && JsonPath.Text(e.Context, "model", "model_name") == "user"));
        });
        k.Filter("client_ip", (query, values, _) => query.Where(e => e.ClientIp == values[0]));
        k.Filter("brand_name", (query, values, _) => query.Where(e => JsonPath.Text(e.Brand, "name") == values[0]));
        k.Filter("context_model_app", (query, values, _) => query.Where(e => JsonPath.Text(e.Context, "model", "app") == values[0]));
        k.Filter("context_model_name", (query, values, _) => query.Where(e => JsonPath.Text(e.Context, "model", "model_name") == values[0]));
        k.Filter("context_model_pk", (query, values, _) => Key(query, values[0]));
        k.Filter("context_authorized_app", (query, values, _) =>
        {
            var pk = Hex(values[0]);
            return query.Where(e => JsonPath.Text(e.Context, "authorized_application", "pk") == pk);
        });
        k.Filter("context_device", (query, values, _) =>
        {
            var pk = Hex(values[0]);
            return query.Where(e => JsonPath.Text(e.Context, "device", "pk") == pk);
        });
    }

    static IQueryable<Event> Key(IQueryable<Event> query, string text)
    {
        var pk = Hex(text);
        return query.Where(e => JsonPath.Text(e.Context, "model", "pk") == pk);
    }

    /// <summary>Events keep uuids without dashes; numbers stay as they are.</summary>
    static string Hex(string text) => Guid.TryParse(text, CultureInfo.InvariantCulture, out var uuid) ? uuid.ToString("N") : text;
}
