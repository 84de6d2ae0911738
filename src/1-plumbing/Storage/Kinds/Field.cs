using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Kernel;

namespace Postern.Storage.Kinds;

/// <summary>One member of a kind on the wire: its name, type and rules, and how it reads and writes its value.</summary>
public abstract class Field(string name)
{
    /// <summary>Name on the wire.</summary>
    public string Name { get; } = name;

    /// <summary>Type for forms and the API document.</summary>
    public abstract FieldType Type { get; }

    public bool Required { get; internal set; }

    public bool ReadOnly { get; internal set; }

    /// <summary>Accepted, stored, never answered.</summary>
    public bool WriteOnly { get; internal set; }

    /// <summary>How a secret is answered to those who may change the object, and only to them; null for one that is never answered.</summary>
    public Func<object, LoadContext, object?>? Reveal { get; internal set; }

    public bool Nullable { get; internal set; }

    /// <summary>Loaded and answered only where the request asks for it (<c>include_parents=true</c>), else null.</summary>
    public bool OnRequest { get; internal set; }

    /// <summary>A list that a full update empties when its body leaves it out.</summary>
    public bool EmptiedByPut { get; internal set; }

    /// <summary>Settable by blueprints only.</summary>
    public bool BlueprintOnly { get; internal set; }

    /// <summary>Part of exports; false for the other end of a link that its first end already exports.</summary>
    public bool Exported { get; internal set; } = true;

    /// <summary>Two objects may not share a value; checked before saving and by the database.</summary>
    public bool Unique { get; internal set; }

    /// <summary>One sentence for forms and the API document.</summary>
    public string Help { get; internal set; } = "";

    /// <summary>Label in forms; the name in words unless set.</summary>
    public string Label { get; internal set; } = "";

    /// <summary>Title of the part of a form in which it waits, folded; empty for those that are always in sight.</summary>
    public string Section { get; internal set; } = "";

    /// <summary>Allowed values, for choice fields and lists of choices.</summary>
    public IReadOnlyList<string> Choices { get; internal set; } = [];

    /// <summary>Members of each object, for a field that is a list of small objects; empty for all others.</summary>
    public IReadOnlyList<FieldColumn> Columns { get; internal set; } = [];

    /// <summary>Wire name of the kind a reference points to.</summary>
    public string? Target { get; internal set; }

    /// <summary>What happens to this reference when its target goes.</summary>
    public OnDelete OnDelete { get; internal set; } = OnDelete.SetNull;

    /// <summary>Name under which the event of a new object's creation tells the value; null for those it does not tell.</summary>
    public string? ToldAs { get; internal set; }

    /// <summary>Older names under which blueprints may write this field.</summary>
    public IReadOnlyList<string> Aliases { get; internal set; } = [];

    /// <summary>Older spellings of values, for blueprints.</summary>
    public IReadOnlyDictionary<string, string> ValueAliases { get; internal set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Turns an older form of the value (another type, another unit) into today's, for blueprints; null where there is none.</summary>
    public Func<JsonElement, JsonNode?>? OlderForm { get; internal set; }

    /// <summary>The property expression behind the field; null when computed.</summary>
    public abstract LambdaExpression? Member { get; }

    /// <summary>The pair table that holds the references; null for every other field.</summary>
    public virtual LinkTable? Link => null;

    public bool Answers(string name) => string.Equals(Name, name, StringComparison.Ordinal) || Aliases.Contains(name, StringComparer.Ordinal);

    public abstract object? Get(object entity);

    /// <summary>Sets a value already converted to the property's type.</summary>
    public abstract void Set(object entity, object? value);

    /// <summary>Parses a wire value; null with an error text when it does not fit.</summary>
    public abstract bool TryParse(JsonElement json, out object? value, out string error);

    /// <summary>Parses a value of a query parameter or path.</summary>
    public abstract bool TryParse(string text, out object? value, out string error);

    /// <summary>Writes a value (not the name).</summary>
    public abstract void Write(Utf8JsonWriter writer, object? value);

    /// <summary>The value an object has, as JSON.</summary>
    public JsonNode? NodeOf(object entity)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            Write(writer, Get(entity));
        return JsonNode.Parse(buffer.ToArray());
    }

    /// <summary>The default as the API document shows it; null when there is none.</summary>
    public virtual JsonNode? DefaultNode => null;

    /// <summary>How long or large a value may be.</summary>
    public virtual FieldLimits Limits => FieldLimits.None;

    /// <summary>Takes JSON of any shape, not only objects.</summary>
    public virtual bool TakesAnyJson => false;

    /// <summary>Type of the values of a computed field; null where it is not known.</summary>
    public Type? ValueType { get; internal set; }

    /// <summary>The objects a computed field shows in full; null for every other field.</summary>
    public ExpandedObjects? Expands { get; internal set; }
}

/// <summary>Bounds of a field's values.</summary>
/// <param name="MaxLength">In characters.</param>
public sealed record FieldLimits(int? MaxLength = null, int? Minimum = null, int? Maximum = null)
{
    public static readonly FieldLimits None = new();
}

/// <summary>Objects of a kind, or these of their members, shown where they are referred to.</summary>
public sealed record ExpandedObjects(string Kind, IReadOnlyList<string> Only, bool IsList);

/// <summary>What becomes of a reference whose target is deleted.</summary>
public enum OnDelete
{
    SetNull,
    Cascade,
    LeftDangling,
}

/// <summary>Field types, for forms and the API document.</summary>
public enum FieldType
{
    Text,
    LongText,
    Expression,
    Slug,
    Email,
    Secret,
    Integer,
    Number,
    Boolean,
    Choice,
    Uuid,
    Timestamp,
    Duration,
    Json,
    TextList,
    ChoiceList,
    Reference,
    ReferenceList,
    Computed,
}
