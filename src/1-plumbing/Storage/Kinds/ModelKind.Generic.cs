using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Postern.Kernel;

namespace Postern.Storage.Kinds;

/// <summary>Narrows a query by the values of a query parameter; malformed ones go to the errors.</summary>
public delegate ValueTask<IQueryable<T>> KindFilter<T>(IQueryable<T> query, PosternDb db, IReadOnlyList<string> values, FieldErrors errors, CancellationToken cancellation);

/// <summary>A kind whose entity is <typeparamref name="T"/>.</summary>
public sealed class ModelKind<T> : ModelKind
    where T : class, new()
{
    readonly Dictionary<string, KindFilter<T>> filters = new(StringComparer.Ordinal);
    Func<T, int?>? owner;

    ModelKind(string name)
        : base(name)
    {
    }

    public override Type EntityType => typeof(T);

    internal Func<T, string>? Naming { get; set; }

    internal IReadOnlyList<Expression<Func<T, string?>>> SearchIn { get; set; } = [];

    internal Func<IQueryable<T>, PosternDb, string, IQueryable<T>>? Searching { get; set; }

    internal Dictionary<string, LambdaExpression> OrderKeys { get; } = new(StringComparer.Ordinal);

    internal List<Func<T, SaveContext, ValueTask>> Rules { get; } = [];

    internal List<Func<T, SaveContext, ValueTask>> AfterSaves { get; } = [];

    internal List<Func<T, SaveContext, ValueTask>> BeforeDeletes { get; } = [];

    internal Expression<Func<T, bool>>? Visible { get; set; }

    /// <summary>Declares a kind under its wire name.</summary>
    public static ModelKind<T> Declare(string name, Action<KindBuilder<T>, ModelKind<T>> declaration)
    {
        var kind = new ModelKind<T>(name);
        declaration(new KindBuilder<T>(kind), kind);
        if (kind.Key is null)
            throw new InvalidOperationException($"{name} declares no key");
        if (kind.Table.Length == 0)
            kind.Table = kind.Base?.Table ?? kind.Model;
        return kind;
    }

    /// <summary>Entities of this kind that queries may see; add <c>AsNoTracking</c> for reading.</summary>
    public IQueryable<T> In(PosternDb db) => Visible is null ? db.Set<T>() : db.Set<T>().Where(Visible);

    public override string NameOf(object entity) =>
        Naming?.Invoke((T)entity) ?? Find("name")?.Get(entity) as string ?? KeyOf(entity);

    public override object New() => new T();

    public override int? OwnerOf(object entity) => owner?.Invoke((T)entity);

    internal void SetOwner(Expression<Func<T, int?>> property)
    {
        Owner = property;
        var compiled = new Lazy<Func<T, int?>>(property.Compile);
        owner = entity => compiled.Value(entity);
    }

    internal void AddFilter(string field) => AddFilter(field, (query, _, values, errors, _) => ValueTask.FromResult(ByField(query, Find(field)!, values, errors)));

    internal void AddFilter(string name, KindFilter<T> apply) => filters[name] = apply;

    /// <summary>Filters by comparing a field: <c>last_login__lt</c>.</summary>
    internal void AddComparison(string name, string field, ExpressionType comparison) => AddFilter(name, (query, _, values, errors, _) =>
    {
        if (Find(field)!.TryParse(values[^1], out var value, out var error))
            return ValueTask.FromResult(query.Where(KindQuery.Compare<T>(comparison, Find(field)!.Member!, value)));
        errors.Add(name, error);
        return ValueTask.FromResult(query);
    });

    internal ValueTask<IQueryable<T>> ApplyFilterAsync(
        IQueryable<T> query, PosternDb db, string name, IReadOnlyList<string> values, FieldErrors errors, CancellationToken cancellation) =>
        filters.TryGetValue(name, out var filter) && values.Any(v => v.Length > 0) ? filter(query, db, values, errors, cancellation) : ValueTask.FromResult(query);

    public override IReadOnlyCollection<string> FilterNames => filters.Keys;

    internal override IKindQuery Query(PosternDb db) => new KindQuery<T>(this, db, In(db));

    internal override async ValueTask<IReadOnlyList<object>> ByKeysAsync(PosternDb db, IReadOnlyList<object> keys, CancellationToken cancellation)
    {
        var query = db.Set<T>().AsNoTracking();
        var member = Key.Member!;
        var list = Key.Member!.ReturnType == typeof(int)
            ? KindQuery.In<T, int>(member, [.. keys.Cast<int>()])
            : KindQuery.In<T, Guid>(member, [.. keys.Cast<Guid>()]);
        return await query.Where(list).ToListAsync(cancellation);
    }

    internal override async ValueTask ValidateAsync(object entity, SaveContext context)
    {
        foreach (var rule in Rules)
            await rule((T)entity, context);
    }

    internal override async ValueTask AfterSaveAsync(object entity, SaveContext context)
    {
        foreach (var work in AfterSaves)
            await work((T)entity, context);
    }

    internal override async ValueTask BeforeDeleteAsync(object entity, SaveContext context)
    {
        foreach (var work in BeforeDeletes)
            await work((T)entity, context);
    }

    internal override void Configure(ModelBuilder model)
    {
        if (Base is not null)
        {
            var derived = model.Entity<T>();
            derived.HasBaseType(Base.EntityType).HasDiscriminator().HasValue(Model);
            // Also what a class between the two declares.
            foreach (var property in typeof(T).GetProperties().Where(p => p.DeclaringType!.IsSubclassOf(Base.EntityType)))
                derived.Ignore(property.Name);
            return;
        }
        var entity = model.Entity<T>();
        entity.ToTable(Table);
        entity.HasKey(((MemberExpression)Key.Member!.Body).Member.Name);
        if (typeof(Configured).IsAssignableFrom(typeof(T)))
        {
            entity.HasDiscriminator<string>("type");
            entity.Property(nameof(Configured.Config)).HasColumnType("jsonb");
        }
        foreach (var field in Fields.OfType<Fields.ILinkField>().Cast<Field>())
            entity.Ignore(PropertyOf(field));
    }

    static string PropertyOf(Field field) => ((Fields.ILinkProperty)field).PropertyName;

    IQueryable<T> ByField(IQueryable<T> query, Field field, IReadOnlyList<string> values, FieldErrors errors)
    {
        var parsed = new List<object?>();
        foreach (var text in values.Where(v => v.Length > 0))
        {
            if (field.TryParse(text, out var value, out var error))
                parsed.Add(value);
            else
                errors.Add(field.Name, error);
        }
        if (parsed.Count == 0)
            return query;
        return query.Where(KindQuery.AnyOf<T>(this, field, parsed));
    }
}
