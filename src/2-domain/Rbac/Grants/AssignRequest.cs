using System.Text.Json;
using Postern.Kernel;
using Postern.Storage.Kinds;

namespace Postern.Rbac.Grants;

/// <summary>Rights to give to a role or to take from it: on everything, or on one object.</summary>
/// <param name="Permissions">Rights of the catalogue.</param>
/// <param name="Kind">Kind of the object; null for rights on everything.</param>
/// <param name="Key">Key of the object.</param>
public sealed record AssignRequest(IReadOnlyList<CataloguePermission> Permissions, ModelKind? Kind, string? Key)
{
    /// <summary>Reads a JSON body. Faults: invalid.</summary>
    public static Result<AssignRequest> Read(JsonElement body, PermissionCatalogue catalogue, KindRegistry kinds)
    {
        if (body.ValueKind is not JsonValueKind.Object)
            return Fault.Input("Invalid data. Expected a dictionary.");
        var errors = new FieldErrors();
        var model = Text(body, "model", errors);
        var key = Text(body, "object_pk", errors);
        if (model is null != key is null)
            errors.Add(model is null ? "model" : "object_pk", "This field is required.");
        var kind = model is null ? null : kinds.Find(model);
        if (model is not null && kind is null)
            errors.Add("model", $"\"{model}\" is not a valid choice.");
        var permissions = errors.Any ? [] : Named(body, catalogue, kind, errors);
        return errors.Any ? new Fault.Invalid(errors) : new AssignRequest(permissions, kind, key);
    }

    static List<CataloguePermission> Named(JsonElement body, PermissionCatalogue catalogue, ModelKind? kind, FieldErrors errors)
    {
        var found = new List<CataloguePermission>();
        if (!body.TryGetProperty("permissions", out var list))
            errors.Add("permissions", "This field is required.");
        else if (list.ValueKind is not JsonValueKind.Array || list.EnumerateArray().Any(p => p.ValueKind is not JsonValueKind.String))
            errors.Add("permissions", "Expected a list of items.");
        else
        {
            foreach (var name in list.EnumerateArray().Select(p => p.GetString()!))
            {
                if (kind is null && !name.Contains('.', StringComparison.Ordinal))
                    errors.Add("permissions", "When assigning global permissions, codename must be given as app_label.codename");
                else if (catalogue.Find(name.Contains('.', StringComparison.Ordinal) ? name : $"{kind!.App}.{name}") is not { } known || (kind is not null && !Fits(known, kind)))
                    errors.Add("permissions", $"\"{name}\" is not a valid choice.");
                else
                    found.Add(known);
            }
        }
        return found;
    }

    static bool Fits(CataloguePermission permission, ModelKind kind) => string.Equals(permission.Kind, kind.Name, StringComparison.OrdinalIgnoreCase);

    static string? Text(JsonElement body, string name, FieldErrors errors)
    {
        if (!body.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null)
            return null;
        if (value.ValueKind is JsonValueKind.String && value.GetString() is { Length: > 0 } text)
            return text;
        errors.Add(name, value.ValueKind is JsonValueKind.String ? "This field may not be blank." : "Not a valid string.");
        return null;
    }
}
