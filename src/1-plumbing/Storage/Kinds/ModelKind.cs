using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Postern.Kernel;
using Postern.Kernel.Access;

namespace Postern.Storage.Kinds;

/// <summary>
/// The one declaration of a stored, administrable thing. The HTTP API, blueprints, the permission catalogue, audit diffs, the OpenAPI
/// document and the console's lists and forms are all derived from it.
/// </summary>
public abstract class ModelKind
{
    readonly List<Field> fields = [];
    readonly Dictionary<Type, ModelKind> family = [];
    IReadOnlyList<string> identifiers = [];
    string? pathParameter;

    protected ModelKind(string name)
    {
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        (App, Model) = (name[..dot], name[(dot + 1)..]);
    }

    /// <summary>First half of the wire name, e.g. <c>authentik_core</c>.</summary>
    public string App { get; }

    /// <summary>Second half of the wire name, e.g. <c>user</c>.</summary>
    public string Model { get; }

    /// <summary>Wire name, e.g. <c>authentik_core.user</c>.</summary>
    public string Name => $"{App}.{Model}";

    /// <summary>Human name, singular, lower case where the reference has it so: <c>Invitation</c>, <c>User</c>.</summary>
    public string Label { get; internal set; } = "";

    /// <summary>Human name, plural.</summary>
    public string LabelPlural { get; internal set; } = "";

    /// <summary>Collection path below <c>/api/v3/</c> without slashes at the ends; null when the kind has no API of its own.</summary>
    public string? Path { get; internal set; }

    /// <summary>Name of the lookup in the path of one object; its family's where it has none of its own.</summary>
    public string PathParameter
    {
        get => pathParameter ?? Base?.PathParameter ?? (Lookup.Type is FieldType.Integer ? "id" : Lookup.Type is FieldType.Uuid ? "uuid" : Lookup.Name);
        internal set => pathParameter = value;
    }

    /// <summary>A second path, for administrators; at <see cref="Path"/> everybody then sees their own objects only.</summary>
    public string? AdminPath { get; internal set; }

    /// <summary>Name of the reference's admin form, sent as <c>component</c> by polymorphic kinds.</summary>
    public string Component { get; internal set; } = "";

    /// <summary>One sentence for pickers.</summary>
    public string Description { get; internal set; } = "";

    /// <summary>The feature that objects of this kind are; null where every installation has it.</summary>
    public LicensedFeature? RequiredLicence { get; internal set; }

    /// <summary>Table of the entity.</summary>
    public string Table { get; internal set; } = "";

    /// <summary>Older wire names under which blueprints may call this kind.</summary>
    public IReadOnlyList<string> Aliases { get; internal set; } = [];

    /// <summary>Base kind when rows of several kinds share a table (stages, policies, mappings, ...).</summary>
    public ModelKind? Base { get; internal set; }

    /// <summary>The parts of CRUD the API offers at <see cref="AdminPath"/>.</summary>
    public Verbs AdminVerbs { get; internal set; }

    /// <summary>The query language of lists of this kind; null where searches are plain.</summary>
    public Queries.QueryLanguage? Language { get; internal set; }

    /// <summary>The parts of CRUD the API offers.</summary>
    public Verbs Verbs { get; internal set; } = Verbs.All;

    /// <summary>False for kinds that blueprints may not name.</summary>
    public bool InBlueprints { get; internal set; } = true;

    /// <summary>Fields that together tell objects apart for a person, by which exports find them again; the required unique field unless declared.</summary>
    public IReadOnlyList<string> Identifiers
    {
        get => identifiers.Count > 0 ? identifiers : [.. fields.Where(f => f is { Required: true, Unique: true }).Select(f => f.Name).Take(1)];
        internal set => identifiers = value;
    }

    /// <summary>Permissions besides add, view, change and delete: codename to label.</summary>
    public IReadOnlyDictionary<string, string> ExtraPermissions { get; internal set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<Field> Fields => fields;

    /// <summary>The field that holds the primary key (<c>pk</c>, <c>brand_uuid</c>, ...).</summary>
    public Field Key { get; internal set; } = null!;

    /// <summary>The field in the URL of one object: the key, or a slug.</summary>
    public Field Lookup { get; internal set; } = null!;

    /// <summary>Field or path names that <c>ordering</c> may name; the first is the default order unless <see cref="DefaultOrder"/> is set.</summary>
    public IReadOnlyList<string> Orderings { get; internal set; } = [];

    public string DefaultOrder { get; internal set; } = "";

    /// <summary>A statement that counts all objects faster than going through them; null where there is none.</summary>
    internal string? CountAll { get; set; }

    /// <summary>Filters that lists of the kind have.</summary>
    public abstract IReadOnlyCollection<string> FilterNames { get; }

    /// <summary>A filter that lists apply with this value where the request does not name it; null for none.</summary>
    internal (string Name, string Value)? Usual { get; set; }

    /// <summary>Filters that a switch beside them changes: filter to the name of its switch.</summary>
    internal Dictionary<string, string> Switches { get; } = new(StringComparer.Ordinal);

    /// <summary>The property that holds the user an object belongs to; that user may view, change and delete it whatever their roles say.</summary>
    public System.Linq.Expressions.LambdaExpression? Owner { get; internal set; }

    /// <summary>Everybody signed in may create these for themselves.</summary>
    public bool OwnersAdd { get; internal set; }

    /// <summary>The user this object belongs to; null for none.</summary>
    public abstract int? OwnerOf(object entity);

    public abstract Type EntityType { get; }

    /// <summary>Rights on the installation that stand for those of a kind with one object; null for kinds with rights of their own.</summary>
    public (Permission View, Permission Change)? SystemRights { get; internal set; }

    public Permission Add => new(App, $"add_{Model}");

    public Permission View => SystemRights?.View ?? new(App, $"view_{Model}");

    public Permission Change => SystemRights?.Change ?? new(App, $"change_{Model}");

    public Permission Delete => new(App, $"delete_{Model}");

    public Field? Find(string field) => fields.Find(f => f.Answers(field));

    /// <summary>The field that an input of this name sets; a read-only one of the same name may stand beside it.</summary>
    public Field? FindWritable(string field) => fields.Find(f => !f.ReadOnly && f.Answers(field));

    /// <summary>Text form of an entity's primary key, as access scopes and audit records hold it.</summary>
    public string KeyOf(object entity) => Convert.ToString(Key.Get(entity), System.Globalization.CultureInfo.InvariantCulture) ?? "";

    /// <summary>What a person calls this object: its name, username or key.</summary>
    public abstract string NameOf(object entity);

    /// <summary>A new entity with the declared defaults.</summary>
    public abstract object New();

    /// <summary>The kind of a concrete entity: itself, or for a base kind the one of the entity's type.</summary>
    public ModelKind Of(object entity) => family.GetValueOrDefault(entity.GetType(), this);

    /// <summary>The kinds that extend this one, by wire name.</summary>
    public IEnumerable<ModelKind> Family => family.Values.OrderBy(k => k.Name, StringComparer.Ordinal);

    /// <summary>The filter to apply for a parameter, given all parameters of the request.</summary>
    internal string FilterFor(string name, IReadOnlyDictionary<string, IReadOnlyList<string>> all) =>
        Switches.TryGetValue(name, out var change) && all.TryGetValue(change, out var on) && string.Equals(on is [.., var last] ? last : null, "true", StringComparison.OrdinalIgnoreCase)
            ? $"{name}__{change}"
            : name;

    internal void Adopt(ModelKind member) => family[member.EntityType] = member;

    internal void Include(Field field) => fields.Add(field);

    internal abstract void Configure(ModelBuilder model);

    /// <summary>All entities, untracked or tracked.</summary>
    internal abstract IKindQuery Query(PosternDb db);

    /// <summary>Untracked entities by primary key, in no order.</summary>
    internal abstract ValueTask<IReadOnlyList<object>> ByKeysAsync(PosternDb db, IReadOnlyList<object> keys, CancellationToken cancellation);

    internal abstract ValueTask ValidateAsync(object entity, SaveContext context);

    internal abstract ValueTask AfterSaveAsync(object entity, SaveContext context);

    internal abstract ValueTask BeforeDeleteAsync(object entity, SaveContext context);
}

/// <summary>The CRUD verbs a kind offers over the API.</summary>
[Flags]
public enum Verbs
{
    None = 0,
    List = 1,
    Retrieve = 2,
    Create = 4,
    Update = 8,
    Delete = 16,
    UsedBy = 32,
    ReadOnly = List | Retrieve | UsedBy,
    All = List | Retrieve | Create | Update | Delete | UsedBy,
}

/// <summary>A composable query over one kind, hiding the entity type from callers that do not know it.</summary>
public interface IKindQuery
{
    /// <summary>Keeps what the search text matches.</summary>
    IKindQuery Search(string text);

    /// <summary>Keeps what a text in the kind's query language says, or tells what is wrong with it.</summary>
    (IKindQuery? Query, Queries.QueryError? Error) Matching(string text, DateTimeOffset now);

    /// <summary>Keeps what the named filter matches; unknown names change nothing; malformed values go to <paramref name="errors"/>.</summary>
    ValueTask<IKindQuery> FilterAsync(string name, IReadOnlyList<string> values, FieldErrors errors, CancellationToken cancellation);

    /// <summary>Keeps what has this exact value in a field (blueprint identifiers, uniqueness).</summary>
    IKindQuery Where(Field field, object? value);

    /// <summary>Keeps what passes a lookup; null when the database cannot decide it for this field.</summary>
    IKindQuery? Where(Field field, Lookups.Lookup lookup, object? value);

    /// <summary>Keeps the objects with one of these keys.</summary>
    IKindQuery WhereKey(IReadOnlyList<object> keys);

    /// <summary>Keeps the objects of a scope, and those that belong to <paramref name="owner"/> where the kind has owners.</summary>
    IKindQuery Within(AccessScope scope, int? owner = null);

    IKindQuery Order(string? ordering);

    Task<int> CountAsync(CancellationToken cancellation);

    Task<IReadOnlyList<object>> PageAsync(int skip, int take, CancellationToken cancellation);

    /// <summary>All matches, untracked, a batch at a time through a cursor of the current transaction: memory stays the same however many there are. For kinds with a table of their own.</summary>
    IAsyncEnumerable<IReadOnlyList<object>> BatchesAsync(int size, CancellationToken cancellation);

    /// <summary>Keys of all matches, in order.</summary>
    Task<IReadOnlyList<object>> KeysAsync(CancellationToken cancellation);

    /// <summary>All matches, tracked; for references, which are few.</summary>
    Task<IReadOnlyList<object>> AllAsync(CancellationToken cancellation);

    Task<object?> FirstAsync(bool tracked, CancellationToken cancellation);
}
