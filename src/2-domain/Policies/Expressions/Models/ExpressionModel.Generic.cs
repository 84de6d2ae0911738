using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Postern.Expressions;
using Postern.Storage;
using Postern.Storage.Kinds;

namespace Postern.Policies.Expressions.Models;

/// <summary>A model whose entity is <typeparamref name="T"/>; see <see cref="ExpressionModel"/>.</summary>
public sealed class ExpressionModel<T>(ModelKind<T> kind, string className, params IReadOnlyList<string> modules) : ExpressionModel(kind, className, modules)
    where T : class, new()
{
    /// <summary>Answered by a member that this object does not have.</summary>
    public static readonly object Absent = new();

    readonly Dictionary<string, Func<ModelObject, object?>> members = new(StringComparer.Ordinal);
    readonly Dictionary<string, Action<T, ExpressionRun, object?>> setters = new(StringComparer.Ordinal);

    internal override IEnumerable<string> MemberNames => members.Keys;

    /// <summary>An attribute beside the kind's fields, or instead of one; values as in a policy's context, or script values.</summary>
    public ExpressionModel<T> Member(string name, Func<T, ExpressionRun, object?> get, Action<T, ExpressionRun, object?>? set = null)
    {
        members[name] = self => get((T)self.Subject, self.Run);
        if (set is not null)
            setters[name] = set;
        return this;
    }

    public ExpressionModel<T> Method(string name, Func<T, HostCall, object?> body)
    {
        members[name] = self => new HostFunction(name, call => self.Run.Show(body((T)self.Subject, call)));
        return this;
    }

    /// <summary>A method that waits, for a query say.</summary>
    public ExpressionModel<T> AsyncMethod(string name, Func<T, HostCall, ValueTask<object?>> body)
    {
        members[name] = self => new HostFunction(name, async call => self.Run.Show(await body((T)self.Subject, call)));
        return this;
    }

    /// <summary>Rows that no query finds are those this condition of SQL leaves out.</summary>
    public ExpressionModel<T> Only(Func<SqlText, string, string> condition)
    {
        Always = condition;
        return this;
    }

    /// <summary>Another name for a field.</summary>
    public ExpressionModel<T> Alias(string alias, string field)
    {
        AddAlias(alias, field);
        return this;
    }

    /// <summary>A column that queries filter by, under the name given, beside the kind's fields.</summary>
    public ExpressionModel<T> Column<TValue>(string name, string column)
    {
        AddColumn(name, column, typeof(TValue));
        return this;
    }

    /// <summary>Fields of the kind that expressions may not see.</summary>
    public ExpressionModel<T> Hide(params string[] fields)
    {
        HideFields(fields);
        return this;
    }

    /// <summary>Fields that expressions may write.</summary>
    public ExpressionModel<T> Writes(params string[] fields)
    {
        AllowWriting(fields);
        return this;
    }

    /// <summary>Lets expressions make objects from the writable fields.</summary>
    public ExpressionModel<T> Creates()
    {
        Creatable = true;
        return this;
    }

    internal override bool TryMember(ModelObject self, string name, out object? value)
    {
        value = members.TryGetValue(name, out var get) ? get(self) : Absent;
        if (!ReferenceEquals(value, Absent))
            return true;
        value = null;
        return false;
    }

    internal override bool TrySetMember(ModelObject self, string name, object? value)
    {
        if (!setters.TryGetValue(name, out var set))
            return false;
        set((T)self.Subject, self.Run, value);
        return true;
    }

    internal override async ValueTask<IReadOnlyList<object>> LoadAsync(PosternDb db, IReadOnlyList<object> keys, CancellationToken cancellation)
    {
        var found = await kind.In(db).AsNoTracking().Where(Among(keys)).ToListAsync(cancellation);
        var byKey = found.ToDictionary(e => kind.Key.Get(e)!);
        return [.. keys.Where(byKey.ContainsKey).Select(k => byKey[k])];
    }

    internal override async ValueTask<object?> TrackAsync(PosternDb db, object key, CancellationToken cancellation) =>
        await kind.In(db).FirstOrDefaultAsync(Among([key]), cancellation);

    Expression<Func<T, bool>> Among(IReadOnlyList<object> keys)
    {
        var member = kind.Key.Member!;
        var (list, type) = member.ReturnType == typeof(int)
            ? ((object)keys.Cast<int>().ToList(), typeof(int))
            : (keys.Cast<Guid>().ToList(), typeof(Guid));
        var contains = Expression.Call(typeof(Enumerable), nameof(Enumerable.Contains), [type], Expression.Constant(list), member.Body);
        return Expression.Lambda<Func<T, bool>>(contains, member.Parameters);
    }
}
