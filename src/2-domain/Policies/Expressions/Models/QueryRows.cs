using System.Globalization;
using Postern.Expressions;
using Postern.Kernel.Values;
using Postern.Storage.Kinds;

namespace Postern.Policies.Expressions.Models;

/// <summary>Runs queries: one statement finds the keys, one loads the entities.</summary>
static class QueryRows
{
    public static async ValueTask<IReadOnlyList<ModelObject>> LoadAsync(QuerySet query, CancellationToken cancellation)
    {
        var sql = new SqlText();
        var alias = sql.Alias();
        var most = Math.Min(query.Take ?? int.MaxValue, QuerySet.MostRows + 1);
        var statement = string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT {alias}.{KeyColumn(query.Model.Kind)} {From(query, sql, alias)} {Order(query, alias)} OFFSET {query.Skip} LIMIT {most}");
        var keys = new List<object>();
        await using (var rows = await query.Run.Db.ReadAsync(statement, cancellation, sql.Parameters))
        {
            while (await rows.ReadAsync(cancellation))
                keys.Add(rows.GetValue(0));
        }
        if (keys.Count > QuerySet.MostRows)
            throw new ScriptException(ExceptionTypes.RuntimeError, $"the query answers more than {QuerySet.MostRows} objects; narrow it with filter() or a slice");
        if (keys.Count == 0)
            return [];
        var entities = await query.Model.LoadAsync(query.Run.Db, keys, cancellation);
        return [.. entities.Select(e => new ModelObject(query.Model, e, query.Run))];
    }

    /// <summary>The first object of a query; null when there is none.</summary>
    public static async ValueTask<ModelObject?> FirstAsync(QuerySet query, CancellationToken cancellation) =>
        await LoadAsync(query.Slice(query.Skip, 1), cancellation) is [var first, ..] ? first : null;

    public static async ValueTask<long> CountAsync(QuerySet query, CancellationToken cancellation)
    {
        var sql = new SqlText();
        var alias = sql.Alias();
        var count = await query.Run.Db.ScalarAsync<long>($"SELECT count(*) {From(query, sql, alias)}", cancellation, sql.Parameters);
        return Math.Max(0, Math.Min(count - query.Skip, query.Take ?? long.MaxValue));
    }

    public static async ValueTask<bool> ExistsAsync(QuerySet query, CancellationToken cancellation)
    {
        var sql = new SqlText();
        var alias = sql.Alias();
        return await query.Run.Db.ScalarAsync<bool>($"SELECT EXISTS (SELECT 1 {From(query, sql, alias)})", cancellation, sql.Parameters);
    }

    /// <summary>The column of a kind's primary key.</summary>
    public static string KeyColumn(ModelKind kind) => Column(kind.Key);

    /// <summary>The column of a field that has one.</summary>
    public static string Column(Field field) => $"\"{SnakeCase.Of(((System.Linq.Expressions.MemberExpression)field.Member!.Body).Member.Name)}\"";

    /// <summary>FROM and WHERE of a query.</summary>
    public static string From(QuerySet query, SqlText sql, string alias)
    {
        var conditions = query.Conditions.Select(c => c(sql, alias)).ToList();
        if (query.Model.Kind is { Base: not null } member)
            conditions.Insert(0, $"{alias}.type = {sql.Parameter(member.Model)}");
        if (query.Model.Always is { } always)
            conditions.Insert(0, always(sql, alias));
        var where = conditions.Count == 0 ? "" : $" WHERE {string.Join(" AND ", conditions)}";
        return $"FROM \"{query.Model.Kind.Table}\" {alias}{where}";
    }

    static string Order(QuerySet query, string alias)
    {
        var parts = new List<string>();
        foreach (var name in query.Ordering)
        {
            if (!query.Model.TryField(name.TrimStart('-'), out var field) || field.Member is null || Lookups.IsInConfig(query.Model.Kind, field))
                throw Lookups.UnknownField(query.Model, name.TrimStart('-'));
            parts.Add($"{alias}.{Column(field)}{(name.StartsWith('-') ? " DESC" : "")}");
        }
        parts.Add($"{alias}.{KeyColumn(query.Model.Kind)}");
        return $"ORDER BY {string.Join(", ", parts)}";
    }
}
