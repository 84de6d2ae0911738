using System.Linq.Expressions;
using System.Text.Json.Nodes;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Kernel.Values;
using Postern.Storage.Kinds.Fields;

namespace Postern.Storage.Kinds;

/// <summary>Declares a kind: its names, its fields in wire order, and what may be searched, filtered and ordered by.</summary>
public sealed class KindBuilder<T>
    where T : class, new()
{
    readonly ModelKind<T> kind;

    internal KindBuilder(ModelKind<T> kind) => this.kind = kind;

    public KindBuilder<T> Labels(string singular, string plural)
    {
        (kind.Label, kind.LabelPlural) = (singular, plural);
        return this;
    }

    /// <summary>Collection path below <c>/api/v3/</c>, e.g. <c>stages/password</c>.</summary>
    public KindBuilder<T> Path(string path, Verbs verbs = Verbs.All)
    {
        (kind.Path, kind.Verbs) = (path, verbs);
        return this;
    }

    /// <summary>Name of the key in the path of one object, as the API document has it.</summary>
    public KindBuilder<T> PathParameter(string name)
    {
        kind.PathParameter = name;
        return this;
    }

    /// <summary>The kind's path is for owners, who see their own objects there whatever their rights; administrators have this one, with verbs of its own.</summary>
    public KindBuilder<T> OwnersPath(string adminPath, Verbs adminVerbs)
    {
        (kind.AdminPath, kind.AdminVerbs) = (adminPath, adminVerbs);
        return this;
    }

    public KindBuilder<T> Table(string table)
    {
        kind.Table = table;
        return this;
    }

    public KindBuilder<T> Component(string component)
    {
        kind.Component = component;
        return this;
    }

    public KindBuilder<T> Describe(string sentence)
    {
        kind.Description = sentence;
        return this;
    }

    /// <summary>Older wire names accepted in blueprints.</summary>
    public KindBuilder<T> Aliases(params string[] names)
    {
        kind.Aliases = names;
        return this;
    }

    /// <summary>Fields that together tell objects apart, where no single field is required and unique.</summary>
    public KindBuilder<T> Identifiers(params string[] fields)
    {
        kind.Identifiers = fields;
        return this;
    }

    public KindBuilder<T> NotInBlueprints()
    {
        kind.InBlueprints = false;
        return this;
    }

    /// <summary>Permissions besides add, view, change and delete.</summary>
    public KindBuilder<T> Permissions(params (string Codename, string Label)[] extra)
    {
        kind.ExtraPermissions = extra.ToDictionary(p => p.Codename, p => p.Label, StringComparer.Ordinal);
        return this;
    }

    /// <summary>Looking and changing need rights on the installation, given as <c>app.codename</c>, in place of rights on the kind.</summary>
    public KindBuilder<T> SystemRights(string view, string change)
    {
        kind.SystemRights = (Permission.Parse(view), Permission.Parse(change));
        return this;
    }

    /// <summary>Makes rows of this kind share the base kind's table; own fields live in its <c>config</c> column.</summary>
    public KindBuilder<T> Extends<TBase>(ModelKind<TBase> baseKind)
        where TBase : Configured, new()
    {
        kind.Base = baseKind;
        kind.Table = baseKind.Table;
        baseKind.Adopt(kind);
        return this;
    }

    /// <summary>How a person calls one of these; the <c>name</c> field unless set.</summary>
    public KindBuilder<T> Named(Func<T, string> name)
    {
        kind.Naming = name;
        return this;
    }

    public FieldBuilder<T> Key(Expression<Func<T, Guid>> property, string name = "pk")
    {
        var field = Property(name, property, new UuidCodec()).ReadOnly();
        kind.Key = kind.Lookup = field.Field;
        return field;
    }

    public FieldBuilder<T> Key(Expression<Func<T, int>> property, string name = "pk")
    {
        var field = Property(name, property, new IntegerCodec()).ReadOnly();
        kind.Key = kind.Lookup = field.Field;
        return field;
    }

    public FieldBuilder<T> Text(string name, Expression<Func<T, string>> property) => Property(name, property, new TextCodec(FieldType.Text));

    public FieldBuilder<T> NullableText(string name, Expression<Func<T, string?>> property) =>
        Property(name, property, new TextCodec(FieldType.Text)).Nullable();

    /// <summary>Text of several lines, kept to the letter.</summary>
    public FieldBuilder<T> LongText(string name, Expression<Func<T, string>> property) =>
        Property(name, property, new TextCodec(FieldType.LongText) { Trim = false });

    /// <summary>Source of the expression language, kept to the letter.</summary>
    public FieldBuilder<T> Expression(string name, Expression<Func<T, string>> property) =>
        Property(name, property, new TextCodec(FieldType.Expression) { Trim = false });

    public FieldBuilder<T> Slug(string name, Expression<Func<T, string>> property) => Property(name, property, new TextCodec(FieldType.Slug));

    public FieldBuilder<T> Email(string name, Expression<Func<T, string>> property) =>
        Property(name, property, new TextCodec(FieldType.Email) { MaxLength = 254 });

    /// <summary>A duration such as <c>hours=1;minutes=30</c>, stored as it was written.</summary>
    public FieldBuilder<T> Duration(string name, Expression<Func<T, string>> property) =>
        Property(name, property, new TextCodec(FieldType.Duration) { AllowBlank = false });

    /// <summary>A secret: accepted and stored, never answered.</summary>
    public FieldBuilder<T> Secret(string name, Expression<Func<T, string>> property) =>
        Property(name, property, new TextCodec(FieldType.Secret) { Trim = false }).WriteOnly();

    public FieldBuilder<T> Integer(string name, Expression<Func<T, int>> property, int minimum = int.MinValue, int maximum = int.MaxValue) =>
        Property(name, property, new IntegerCodec(minimum, maximum));

    public FieldBuilder<T> NullableInteger(string name, Expression<Func<T, int?>> property, int minimum = int.MinValue, int maximum = int.MaxValue) =>
        Property(name, property, new IntegerCodec(minimum, maximum)).Nullable();

    public FieldBuilder<T> Number(string name, Expression<Func<T, double>> property) => Property(name, property, new NumberCodec());

    public FieldBuilder<T> Boolean(string name, Expression<Func<T, bool>> property) => Property(name, property, new BooleanCodec());

    public FieldBuilder<T> Uuid(string name, Expression<Func<T, Guid>> property) => Property(name, property, new UuidCodec());

    public FieldBuilder<T> Choice<TEnum>(string name, Expression<Func<T, TEnum>> property)
        where TEnum : struct, Enum => Property(name, property, new EnumCodec<TEnum>()).Choices([.. WireEnum<TEnum>.All]);

    public FieldBuilder<T> NullableChoice<TEnum>(string name, Expression<Func<T, TEnum?>> property)
        where TEnum : struct, Enum => Property(name, property, new EnumCodec<TEnum>()).Choices([.. WireEnum<TEnum>.All]).Nullable();

    /// <summary>A list of choices; the property is a list of their wire names.</summary>
    public FieldBuilder<T> ChoiceList<TEnum>(string name, Expression<Func<T, List<string>>> property, bool notEmpty = false)
        where TEnum : struct, Enum
    {
        string[] choices = [.. WireEnum<TEnum>.All];
        return Property(name, property, new ListCodec<string>(new TextCodec(FieldType.Text), FieldType.ChoiceList) { Choices = choices, NotEmpty = notEmpty }).Choices(choices);
    }

    public FieldBuilder<T> TextList(string name, Expression<Func<T, List<string>>> property) =>
        Property(name, property, new ListCodec<string>(new TextCodec(FieldType.Text), FieldType.TextList));

    public FieldBuilder<T> IntegerList(string name, Expression<Func<T, List<int>>> property) =>
        Property(name, property, new ListCodec<int>(new IntegerCodec(), FieldType.TextList));

    public FieldBuilder<T> Timestamp(string name, Expression<Func<T, DateTimeOffset>> property) => Property(name, property, new TimestampCodec());

    public FieldBuilder<T> NullableTimestamp(string name, Expression<Func<T, DateTimeOffset?>> property) =>
        Property(name, property, new TimestampCodec()).Nullable();

    /// <summary>A JSON object.</summary>
    public FieldBuilder<T> Json(string name, Expression<Func<T, JsonObject>> property) => Property(name, property, new JsonCodec(anyShape: false));

    /// <summary>Any JSON value.</summary>
    public FieldBuilder<T> AnyJson(string name, Expression<Func<T, JsonNode?>> property) =>
        Property(name, property, new JsonCodec(anyShape: true)).Nullable();

    /// <summary>A reference to another object by its primary key.</summary>
    public FieldBuilder<T> Reference(string name, Expression<Func<T, Guid?>> property, string target) =>
        Property(name, property, new UuidCodec(target)).Target(target).Nullable();

    /// <summary>A reference that must be there.</summary>
    public FieldBuilder<T> Reference(string name, Expression<Func<T, Guid>> property, string target) =>
        Property(name, property, new UuidCodec(target)).Target(target).OnDelete(OnDelete.Cascade).Required();

    /// <summary>A reference to a kind with a number as key (users).</summary>
    public FieldBuilder<T> Reference(string name, Expression<Func<T, int?>> property, string target) =>
        Property(name, property, new IntReferenceCodec()).Target(target).Nullable();

    /// <summary>A required reference to a kind with a number as key (users).</summary>
    public FieldBuilder<T> Reference(string name, Expression<Func<T, int>> property, string target) =>
        Property(name, property, new IntReferenceCodec()).Target(target).OnDelete(OnDelete.Cascade).Required();

    /// <summary>References in a list, stored as an array of keys.</summary>
    public FieldBuilder<T> References(string name, Expression<Func<T, List<Guid>>> property, string target) =>
        Property(name, property, new ListCodec<Guid>(new UuidCodec(target), FieldType.ReferenceList)).Target(target);

    /// <summary>References kept in a table of their own (memberships), which is loaded and saved with the object.</summary>
    public FieldBuilder<T> Links<TKey>(string name, Expression<Func<T, List<TKey>>> property, string target, LinkTable table)
        where TKey : struct
    {
        Codec item = typeof(TKey) == typeof(int) ? new IntReferenceCodec() : new UuidCodec(target);
        return Add(new LinkField<T, TKey>(name, property, new ListCodec<TKey>(item, FieldType.ReferenceList), table, kind)).Target(target);
    }

    /// <summary>A read-only member made from the entity alone.</summary>
    public FieldBuilder<T> Computed<TValue>(string name, Func<T, TValue> value) =>
        Add(new ComputedField<T>(name, (_, _) => ValueTask.FromResult<Func<T, object?>>(e => value(e))) { ValueType = typeof(TValue) }).ReadOnly();

    /// <summary>A read-only member loaded for a whole page at once.</summary>
    public FieldBuilder<T> Computed(string name, Func<IReadOnlyList<T>, LoadContext, ValueTask<Func<T, object?>>> load) =>
        Add(new ComputedField<T>(name, load)).ReadOnly();

    /// <summary>The object behind a reference, rendered by its own kind; null where there is none.</summary>
    public FieldBuilder<T> Expand(string name, Func<T, object?> key, string target, params string[] only) =>
        Expanded(name, new(target, only, IsList: false), (page, context) => Expansion.LoadAsync(page, key, target, only, context));

    /// <summary>Objects behind a list of references, rendered by their own kind.</summary>
    public FieldBuilder<T> ExpandMany<TKey>(string name, Func<T, IEnumerable<TKey>> keys, string target, params string[] only)
        where TKey : struct =>
        Expanded(name, new(target, only, IsList: true), (page, context) => Expansion.LoadManyAsync(page, keys, target, only, context));

    /// <summary>Exact-match filters on fields of the kind.</summary>
    public KindBuilder<T> Filters(params string[] fields)
    {
        foreach (var name in fields)
            kind.AddFilter(name);
        return this;
    }

    /// <summary>A filter of its own; <paramref name="apply"/> adds to the errors when a value is malformed.</summary>
    public KindBuilder<T> Filter(string name, Func<IQueryable<T>, IReadOnlyList<string>, FieldErrors, IQueryable<T>> apply)
    {
        kind.AddFilter(name, (query, _, values, errors, _) => ValueTask.FromResult(apply(query, values, errors)));
        return this;
    }

    /// <summary>A filter that needs other tables.</summary>
    public KindBuilder<T> Filter(string name, Func<IQueryable<T>, PosternDb, IReadOnlyList<string>, FieldErrors, IQueryable<T>> apply)
    {
        kind.AddFilter(name, (query, db, values, errors, _) => ValueTask.FromResult(apply(query, db, values, errors)));
        return this;
    }

    /// <summary>While the parameter <paramref name="change"/> is true, the filter <c>name__change</c> stands in for <paramref name="filter"/>.</summary>
    public KindBuilder<T> Switched(string filter, string change)
    {
        kind.Switches[filter] = change;
        return this;
    }

    /// <summary>A filter that must ask the database before it can narrow the query.</summary>
    public KindBuilder<T> Filter(string name, KindFilter<T> apply)
    {
        kind.AddFilter(name, apply);
        return this;
    }

    /// <summary>Lists that do not name the filter are narrowed by it with this value.</summary>
    public KindBuilder<T> Usually(string filter, string value)
    {
        kind.Usual = (filter, value);
        return this;
    }

    /// <summary>For each field the filters <c>field</c>, <c>field__gt</c>, <c>field__lt</c>, and <c>field__isnull</c> where it may be null.</summary>
    public KindBuilder<T> Ranges(params string[] fields)
    {
        foreach (var name in fields)
        {
            kind.AddFilter(name);
            kind.AddComparison($"{name}__gt", name, ExpressionType.GreaterThan);
            kind.AddComparison($"{name}__lt", name, ExpressionType.LessThan);
            if (kind.Find(name)!.Nullable)
                Filter($"{name}__isnull", (query, values, _) => IsNull(query, name, values[^1]));
        }
        return this;
    }

    /// <summary>Objects belong to the user in this property, who may view, change and delete them; with <paramref name="add"/> everybody may create their own.</summary>
    public KindBuilder<T> OwnedBy(Expression<Func<T, int?>> property, bool add = false)
    {
        kind.SetOwner(property);
        kind.OwnersAdd = add;
        return this;
    }

    /// <summary>The read-only members by which clients of a family tell its kinds apart.</summary>
    public KindBuilder<T> Meta()
    {
        Computed("component", e => kind.Of(e).Component);
        Computed("verbose_name", e => kind.Of(e).Label);
        Computed("verbose_name_plural", e => kind.Of(e).LabelPlural);
        Computed("meta_model_name", e => kind.Of(e).Name);
        return this;
    }

    /// <summary>Text properties that <c>search</c> looks in; every term must occur in one of them.</summary>
    public KindBuilder<T> Search(params Expression<Func<T, string?>>[] properties)
    {
        kind.SearchIn = properties;
        return this;
    }

    /// <summary>The query language of the kind's search.</summary>
    public KindBuilder<T> Query(Queries.QueryLanguage<T> language)
    {
        kind.Language = language;
        return this;
    }

    /// <summary>Replaces the plain search (a query language).</summary>
    public KindBuilder<T> SearchWith(Func<IQueryable<T>, string, IQueryable<T>> search) =>
        SearchWith((query, _, text) => search(query, text));

    /// <summary>Replaces the plain search by one that needs other tables.</summary>
    public KindBuilder<T> SearchWith(Func<IQueryable<T>, PosternDb, string, IQueryable<T>> search)
    {
        kind.Searching = search;
        return this;
    }

    /// <summary>Field names that <c>ordering</c> may name; the default order may be several names joined by commas.</summary>
    public KindBuilder<T> Order(string defaultOrder, params string[] others)
    {
        kind.DefaultOrder = defaultOrder;
        kind.Orderings = [.. defaultOrder.Split(',').Select(n => n.TrimStart('-')), .. others];
        return this;
    }

    /// <summary>An ordering name that is no field of the kind (<c>flow__slug</c>).</summary>
    public KindBuilder<T> OrderBy<TKey>(string name, Expression<Func<T, TKey>> key)
    {
        kind.OrderKeys[name] = key;
        return this;
    }

    /// <summary>A rule over the whole object, run before it is saved; adds to the context's errors.</summary>
    public KindBuilder<T> Validate(Func<T, SaveContext, ValueTask> rule)
    {
        kind.Rules.Add(rule);
        return this;
    }

    /// <summary>A rule that needs nothing but the object.</summary>
    public KindBuilder<T> Validate(Action<T, SaveContext> rule) => Validate((entity, context) =>
    {
        rule(entity, context);
        return ValueTask.CompletedTask;
    });

    /// <summary>Where an installation keeps the feature for whoever has a licence, objects are made and changed with one only. What is there goes on, and is read and deleted as ever.</summary>
    public KindBuilder<T> RequiresLicence(LicensedFeature feature)
    {
        kind.RequiredLicence = feature;
        return Validate(async (_, context) =>
        {
            if (await context.Get<ILicenseRules>().LacksAsync(feature, context.Cancellation))
                context.Errors.Add(FieldErrors.NonField, "Enterprise is required to create/update this object.");
        });
    }

    /// <summary>Work in the same transaction, after the row is written.</summary>
    public KindBuilder<T> AfterSave(Func<T, SaveContext, ValueTask> work)
    {
        kind.AfterSaves.Add(work);
        return this;
    }

    /// <summary>Work in the same transaction, before the row is deleted; errors refuse the deletion.</summary>
    public KindBuilder<T> BeforeDelete(Func<T, SaveContext, ValueTask> work)
    {
        kind.BeforeDeletes.Add(work);
        return this;
    }

    /// <summary>A statement that answers the number of all objects that queries may see, for tables that are too long to be counted for each page.</summary>
    public KindBuilder<T> CountAllBy(string sql)
    {
        kind.CountAll = sql;
        return this;
    }

    /// <summary>Rows every query of this kind leaves out (the hidden anonymous user).</summary>
    public KindBuilder<T> Only(Expression<Func<T, bool>> predicate)
    {
        kind.Visible = predicate;
        return this;
    }

    /// <summary>Values only blueprints may give and that live on no property; rules find them in the context's extras.</summary>
    public FieldBuilder<T> Extra(string name) => Add(new ExtraField(name)).BlueprintOnly();

    IQueryable<T> IsNull(IQueryable<T> query, string field, string value) => query.Where(KindQuery.Compare<T>(
        string.Equals(value, "true", StringComparison.OrdinalIgnoreCase) ? ExpressionType.Equal : ExpressionType.NotEqual, kind.Find(field)!.Member!, value: null));

    FieldBuilder<T> Expanded(string name, ExpandedObjects objects, Func<IReadOnlyList<T>, LoadContext, ValueTask<Func<T, object?>>> load) =>
        Add(new ComputedField<T>(name, load) { Expands = objects }).ReadOnly();

    FieldBuilder<T> Property<TValue>(string name, Expression<Func<T, TValue>> property, Codec codec) =>
        Add(new PropertyField<T, TValue>(name, property, codec));

    FieldBuilder<T> Add(Field field)
    {
        kind.Include(field);
        return new FieldBuilder<T>(field);
    }
}
