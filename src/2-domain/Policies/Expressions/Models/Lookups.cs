using Postern.Expressions;
using Postern.Storage.Kinds;

namespace Postern.Policies.Expressions.Models;

/// <summary>Turns keyword filters (<c>email__iexact</c>, <c>groups__name</c>, <c>attributes__a__b</c>) into conditions of SQL.</summary>
static class Lookups
{
    public static readonly ScriptType FieldError = ScriptType.NewException("FieldError");

    /// <summary>A condition for one filter; unknown fields raise <c>FieldError</c>.</summary>
    public static string Condition(ExpressionCatalog catalog, ExpressionModel model, SqlText sql, string alias, string filter, object? value) =>
        Follow(catalog, model, sql, alias, filter.Split("__"), value);

    public static ScriptException UnknownField(ExpressionModel model, string name) =>
        new(FieldError, $"Cannot resolve keyword '{name}' into field. Choices are: {string.Join(", ", model.FieldNames.Order(StringComparer.Ordinal))}");

    /// <summary>The field is a family member's own and has no column.</summary>
    public static bool IsInConfig(ModelKind kind, Field field) => kind.Base is not null && kind.Base.Find(field.Name) is null;

    static string Follow(ExpressionCatalog catalog, ExpressionModel model, SqlText sql, string alias, ReadOnlySpan<string> path, object? value)
    {
        var rest = path[1..];
        if (model.TryColumn(path[0], out var column))
            return TextLookup.Condition(sql, $"{alias}.{column.Column}", column.Type, Lookup(model, rest), value);
        var field = FieldOf(model, path[0]);
        if (field.Type is FieldType.Json)
            return JsonLookup.Condition(sql, $"{alias}.{QueryRows.Column(field)}", rest, value);
        if (field.Link is { } link)
        {
            var inner = Keys(catalog, field, sql, rest, value, link.Other);
            return $"{alias}.{QueryRows.KeyColumn(model.Kind)} IN (SELECT {link.Own} FROM {link.Table} WHERE {inner})";
        }
        if (IsInConfig(model.Kind, field))
            return TextLookup.Condition(sql, $"{alias}.config->>'{field.Name}'", typeof(string), Lookup(model, rest), value);
        if (field.Type is FieldType.ReferenceList)
            return $"{sql.Parameter(ParameterValue.Of(value, typeof(Guid)))} = ANY({alias}.{QueryRows.Column(field)})";
        if (field.Type is FieldType.Reference && field.Target is not null && IsRelation(rest))
            return Keys(catalog, field, sql, rest, value, $"{alias}.{QueryRows.Column(field)}");
        return TextLookup.Condition(sql, $"{alias}.{QueryRows.Column(field)}", field.Member!.ReturnType, Lookup(model, rest), value);
    }

    static string Keys(ExpressionCatalog catalog, Field field, SqlText sql, ReadOnlySpan<string> rest, object? value, string column)
    {
        var target = catalog.ModelOf(field.Target!) ?? throw new ScriptException(FieldError, $"Related objects of '{field.Name}' are not available here.");
        var keyType = target.Kind.Key.Member!.ReturnType;
        if (!IsRelation(rest))
            return TextLookup.Condition(sql, column, keyType, rest.Length == 0 ? "exact" : rest[0], value);
        var inner = sql.Alias();
        var condition = Follow(catalog, target, sql, inner, rest, value);
        return $"{column} IN (SELECT {inner}.{QueryRows.KeyColumn(target.Kind)} FROM \"{target.Kind.Table}\" {inner} WHERE {condition})";
    }

    // What follows a reference is either a lookup on its key or a field of the related object.
    static bool IsRelation(ReadOnlySpan<string> rest) => rest.Length > 0 && !(rest.Length == 1 && TextLookup.Names.Contains(rest[0]));

    static Field FieldOf(ExpressionModel model, string name) =>
        model.TryField(name, out var field) ? field
        : name.EndsWith("_id", StringComparison.Ordinal) && model.TryField(name[..^3], out var reference) && reference.Type is FieldType.Reference ? reference
        : throw UnknownField(model, name);

    static string Lookup(ExpressionModel model, ReadOnlySpan<string> rest) => rest.Length switch
    {
        0 => "exact",
        1 when TextLookup.Names.Contains(rest[0]) => rest[0],
        _ => throw new ScriptException(FieldError, $"Unsupported lookup '{string.Join("__", rest)}' for {model.ClassName}."),
    };
}
