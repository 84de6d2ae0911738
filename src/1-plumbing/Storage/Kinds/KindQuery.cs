using System.Globalization;
using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Storage.Kinds.Lookups;

namespace Postern.Storage.Kinds;

/// <summary>Composes database queries from a kind's declaration.</summary>
sealed class KindQuery<T>(ModelKind<T> kind, PosternDb db, IQueryable<T> query) : IKindQuery
    where T : class, new()
{
    public IKindQuery Search(string text)
    {
        if (kind.Searching is { } search)
            return new KindQuery<T>(kind, db, search(query, db, text));
        return new KindQuery<T>(kind, db, PlainSearch.Apply(query, kind.SearchIn, text));
    }

    public (IKindQuery? Query, Queries.QueryError? Error) Matching(string text, DateTimeOffset now)
    {
        if (kind.Language is not Queries.QueryLanguage<T> language)
            return (null, null);
        var (condition, error) = language.Compile(text, db, now);
        return (condition is null ? null : new KindQuery<T>(kind, db, query.Where(condition)), error);
    }

    /// <summary>The composed query.</summary>
    public IQueryable<T> Composed => query;

    public async ValueTask<IKindQuery> FilterAsync(string name, IReadOnlyList<string> values, FieldErrors errors, CancellationToken cancellation) =>
        new KindQuery<T>(kind, db, await kind.ApplyFilterAsync(query, db, name, values, errors, cancellation));

    public IKindQuery Where(Field field, object? value) => new KindQuery<T>(kind, db, query.Where(KindQuery.AnyOf<T>(kind, field, [value])));

    public IKindQuery? Where(Field field, Lookup lookup, object? value)
    {
        if (KindQuery.InConfig(kind, field) || field.Type is FieldType.ReferenceList)
            return lookup is Lookup.Exact && value is not null ? Where(field, value) : null;
        return LookupExpression.Build<T>(field, lookup, value) is { } condition ? new KindQuery<T>(kind, db, query.Where(condition)) : null;
    }

    public IKindQuery WhereKey(IReadOnlyList<object> keys) => Where(kind.Key, Lookup.In, keys)!;

    public IKindQuery Within(AccessScope scope, int? owner = null)
    {
        if (scope.All)
            return this;
        var member = kind.Key.Member!;
        var allowed = member.ReturnType == typeof(int)
            ? KindQuery.In<T, int>(member, [.. scope.Keys.Select(k => int.Parse(k, System.Globalization.CultureInfo.InvariantCulture))])
            : KindQuery.In<T, Guid>(member, [.. scope.Keys.Select(Guid.Parse)]);
        if (kind.Owner is { } property && owner is { } user)
            allowed = KindQuery.Or(allowed, KindQuery.Is<T>(property, user));
        return new KindQuery<T>(kind, db, query.Where(allowed));
    }

    public IKindQuery Order(string? ordering)
    {
        var ordered = default(IOrderedQueryable<T>);
        var descending = false;
        foreach (var part in (ordering ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var name = part.TrimStart('-');
            if (!kind.Orderings.Contains(name, StringComparer.Ordinal) || KeyFor(name) is not { } key)
                continue;
            descending = part[0] == '-';
            ordered = KindQuery.Then(ordered, query, key, descending);
        }
        if (ordered is null && !string.Equals(ordering, kind.DefaultOrder, StringComparison.Ordinal))
            return Order(kind.DefaultOrder);
        // The key goes the way of the last word, so that one index serves both directions.
        return new KindQuery<T>(kind, db, KindQuery.Then(ordered, query, kind.Key.Member!, descending));
    }

    public Task<int> CountAsync(CancellationToken cancellation) => query.CountAsync(cancellation);

    public async Task<IReadOnlyList<object>> PageAsync(int skip, int take, CancellationToken cancellation) =>
        await query.AsNoTracking().Skip(skip).Take(take).ToListAsync(cancellation);

    public async IAsyncEnumerable<IReadOnlyList<object>> BatchesAsync(int size, [EnumeratorCancellation] CancellationToken cancellation)
    {
        const string cursor = "kind_batches";
        await using (var select = query.AsNoTracking().CreateDbCommand())
        {
            select.Transaction = db.Database.CurrentTransaction?.GetDbTransaction() ?? throw new InvalidOperationException("A cursor lives in a transaction");
            select.CommandText = $"DECLARE {cursor} NO SCROLL CURSOR FOR {select.CommandText}";
            await select.ExecuteNonQueryAsync(cancellation);
        }
        var fetch = $"FETCH {size.ToString(CultureInfo.InvariantCulture)} FROM {cursor}";
        while (await db.Set<T>().FromSqlRaw(fetch).AsNoTracking().ToListAsync(cancellation) is { Count: > 0 } batch)
            yield return batch;
        await db.ExecuteAsync($"CLOSE {cursor}", cancellation);
    }

    public async Task<IReadOnlyList<object>> KeysAsync(CancellationToken cancellation) => kind.Key.Member!.ReturnType == typeof(int)
        ? [.. (await Keys<int>().ToListAsync(cancellation)).Cast<object>()]
        : [.. (await Keys<Guid>().ToListAsync(cancellation)).Cast<object>()];

    IQueryable<TKey> Keys<TKey>() => query.Select((Expression<Func<T, TKey>>)kind.Key.Member!);

    public async Task<IReadOnlyList<object>> AllAsync(CancellationToken cancellation) => await query.ToListAsync(cancellation);

    public async Task<object?> FirstAsync(bool tracked, CancellationToken cancellation) =>
        await (tracked ? query : query.AsNoTracking()).FirstOrDefaultAsync(cancellation);

    LambdaExpression? KeyFor(string name) => kind.OrderKeys.GetValueOrDefault(name) ?? kind.Find(name)?.Member;
}

/// <summary>Expression building shared by all kinds.</summary>
static class KindQuery
{
    /// <summary>True for entities whose field has one of the values.</summary>
    public static Expression<Func<T, bool>> AnyOf<T>(ModelKind kind, Field field, IReadOnlyList<object?> values)
        where T : class
    {
        var inConfig = InConfig(kind, field);
        Expression<Func<T, bool>>? any = null;
        foreach (var value in values)
        {
            var one = inConfig ? Contains<T>(field, value) : field.Type is FieldType.ReferenceList ? Holds<T>(field, value) : Equal<T>(field, value);
            any = any is null ? one : Or(any, one);
        }
        return any ?? (_ => true);
    }

    /// <summary>Whether the field lives in the <c>config</c> column of its family.</summary>
    public static bool InConfig(ModelKind kind, Field field) =>
        kind.Base is not null && kind.Base.Fields.All(f => !string.Equals(f.Name, field.Name, StringComparison.Ordinal));

    public static Expression<Func<T, bool>> In<T, TKey>(LambdaExpression member, TKey[] keys)
    {
        var contains = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(TKey)], Parameter(keys), member.Body);
        return Expression.Lambda<Func<T, bool>>(contains, member.Parameters);
    }

    public static IOrderedQueryable<T> Then<T>(IOrderedQueryable<T>? ordered, IQueryable<T> query, LambdaExpression key, bool descending)
    {
        var method = (ordered is null, descending) switch
        {
            (true, false) => nameof(Queryable.OrderBy),
            (true, true) => nameof(Queryable.OrderByDescending),
            (false, false) => nameof(Queryable.ThenBy),
            (false, true) => nameof(Queryable.ThenByDescending),
        };
        var source = ordered ?? query;
        var call = Expression.Call(typeof(Queryable), method, [typeof(T), key.ReturnType], source.Expression, Expression.Quote(key));
        return (IOrderedQueryable<T>)source.Provider.CreateQuery<T>(call);
    }

    /// <summary>True for entities whose property has the value.</summary>
    public static Expression<Func<T, bool>> Is<T>(LambdaExpression member, object? value) => Compare<T>(ExpressionType.Equal, member, value);

    /// <summary>A comparison of a property with a value; nulls compare as the database does.</summary>
    public static Expression<Func<T, bool>> Compare<T>(ExpressionType comparison, LambdaExpression member, object? value)
    {
        var holder = typeof(Holder<>).MakeGenericType(member.ReturnType);
        var right = Expression.Property(Expression.Constant(Activator.CreateInstance(holder, value)), nameof(Holder<>.Value));
        return Expression.Lambda<Func<T, bool>>(Expression.MakeBinary(comparison, member.Body, right), member.Parameters);
    }

    static Expression<Func<T, bool>> Equal<T>(Field field, object? value) =>
        Is<T>(field.Member ?? throw new InvalidOperationException($"{field.Name} cannot be queried"), value);

    static Expression<Func<T, bool>> Holds<T>(Field field, object? value)
    {
        var member = field.Member ?? throw new InvalidOperationException($"{field.Name} cannot be queried");
        var first = ((List<Guid>)value!).FirstOrDefault();
        var contains = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [typeof(Guid)], member.Body, Parameter(first));
        return Expression.Lambda<Func<T, bool>>(contains, member.Parameters);
    }

    static Expression<Func<T, bool>> Contains<T>(Field field, object? value)
        where T : class
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            field.Write(writer, value);
        var document = new JsonObject { [field.Name] = JsonNode.Parse(buffer.ToArray()) }.ToJsonString();
        return e => EF.Functions.JsonContains(EF.Property<string>(e, nameof(Configured.Config)), document);
    }

    internal static Expression<Func<T, bool>> Or<T>(Expression<Func<T, bool>> left, Expression<Func<T, bool>> right)
    {
        var swapped = new Swap(right.Parameters[0], left.Parameters[0]).Visit(right.Body);
        return Expression.Lambda<Func<T, bool>>(Expression.OrElse(left.Body, swapped), left.Parameters);
    }

    static MemberExpression Parameter<TValue>(TValue value) => Expression.Property(Expression.Constant(new Holder<TValue>(value)), nameof(Holder<>.Value));

    /// <summary>Makes the value a query parameter, so that one prepared statement serves all values.</summary>
    sealed record Holder<TValue>(TValue Value);

    internal sealed class Swap(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
