using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Postern.Api.Http;
using Postern.Kernel;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Web.Admin;

/// <summary>Where there are more objects than a list can offer, people type a name into the form; this puts the object's key in its place.</summary>
sealed class NamedReferences(ObjectQuery objects, KindRegistry kinds)
{
    const int MostSimilar = 50;

    /// <summary>Name of the control that says that a field holds a name.</summary>
    public static string Mark(string field) => $"{field}-is-name";

    /// <summary>The form with keys, and an error for each name that is nobody's.</summary>
    public async Task<(IFormCollection Form, FieldErrors Errors)> ResolveAsync(HttpContext http, IEnumerable<Field> fields, IFormCollection form)
    {
        var errors = new FieldErrors();
        var values = form.ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        foreach (var field in fields.Where(f => form.ContainsKey(Mark(f.Name)) && f.Target is not null))
        {
            var name = form[field.Name].ToString().Trim();
            if (name.Length == 0 || kinds.Find(field.Target!) is not { } kind)
                continue;
            if (await KeyAsync(http, kind, name) is { } key)
                values[field.Name] = new StringValues(key);
            else
                errors.Add(field.Name, $"There is no {kind.Label.ToLowerInvariant()} of this name.");
        }
        return (new FormCollection(values, form.Files), errors);
    }

    async Task<string?> KeyAsync(HttpContext http, ModelKind kind, string name)
    {
        var similar = await objects.SuggestAsync(kind, http.Caller(), new ListRequest { Search = name, SearchMode = SearchMode.Text, PageSize = MostSimilar }, http.RequestAborted);
        return similar.Fault is null && similar.Value.FirstOrDefault(e => string.Equals(kind.Of(e).NameOf(e), name, StringComparison.OrdinalIgnoreCase)) is { } found ? kind.KeyOf(found) : null;
    }
}
