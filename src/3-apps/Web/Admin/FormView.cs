using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Postern.Kernel;
using Postern.Kernel.Access;
using Postern.Policies.Expressions;
using Postern.Storage;
using Postern.Storage.Kinds;
using Postern.Storage.Objects;

namespace Postern.Web.Admin;

/// <summary>A form as the page shows it: fields with their values, choices and errors.</summary>
public sealed record FormView(IReadOnlyList<FormField> Fields, FieldErrors Errors)
{
    /// <summary>Most choices of a reference that a list offers.</summary>
    const int MostChoices = 500;

    /// <summary>
    /// The form for an object; where the last input was refused, <paramref name="form"/> holds what was typed. <paramref name="preset"/> are values that the link to the form gave.
    /// </summary>
    public static async Task<FormView> ForAsync(
        ModelKind kind, object entity, Section section, IQueryCollection preset, IFormCollection? form, FieldErrors errors, ObjectQuery objects, KindRegistry kinds, Caller caller, CancellationToken cancellation,
        string prefix = "")
    {
        var fields = new List<FormField>();
        foreach (var field in Editable(kind).Where(f => !section.Hidden.Contains(f.Name, StringComparer.Ordinal)))
        {
            var isFixed = section.Fixed.Contains(field.Name, StringComparer.Ordinal);
            var values = form is not null ? [.. form[prefix + field.Name].OfType<string>()] : preset.TryGetValue(field.Name, out var given) ? [.. given.OfType<string>()] : Current(field, entity);
            var (choices, isCut) = isFixed ? ([], false) : field.Target is { } target && kinds.Find(target) is { } pointed
                ? await ReferenceChoicesAsync(pointed, values, objects, caller, cancellation)
                : ([.. field.Choices.Select(c => new FormChoice(c, Words(c)))], false);
            fields.Add(new FormField(field, LabelOf(field), values, choices, errors[field.Name]) { IsFixed = isFixed, IsCut = isCut, Prefix = prefix, Use = field.Type is FieldType.Expression ? Expressions.ExpressionFindings.UseOf(kind) : null, Rows = FormRows.Of(form is not null ? FormRows.Read(field, form, prefix) : field.Columns.Count > 0 ? field.Get(entity) : null, field) });
        }
        return new FormView(fields, errors);
    }

    public static IEnumerable<Field> Editable(ModelKind kind) =>
        kind.Fields.Where(f => !f.ReadOnly && !f.BlueprintOnly && f.Type is not FieldType.Computed && f.Name is not "policy_uuid");

    public static string LabelOf(Field field) => field.Label.Length > 0 ? field.Label : Words(field.Name);

    /// <summary><c>create_users_as_inactive</c> as people write it.</summary>
    public static string Words(string name)
    {
        // Of a URN its last part says what it is.
        var words = name[(name.LastIndexOf(':') + 1)..].Replace('_', ' ').Replace('-', ' ').Trim();
        return words.Length == 0 ? "" : char.ToUpperInvariant(words[0]) + words[1..];
    }

    /// <summary>The first of a kind, and what is chosen already, seen or not: what a form does not offer it would take away.</summary>
    static async Task<(IReadOnlyList<FormChoice> Choices, bool IsCut)> ReferenceChoicesAsync(ModelKind kind, IReadOnlyList<string> chosen, ObjectQuery objects, Caller caller, CancellationToken cancellation)
    {
        var page = await objects.ListAsync(kind, caller, new ListRequest { PageSize = MostChoices }, cancellation);
        List<FormChoice> choices = page.Fault is not null ? [] : [.. page.Value.Items.Select(e => new FormChoice(kind.KeyOf(e), kind.Of(e).NameOf(e)))];
        var others = chosen.Where(c => c.Length > 0).Except(choices.Select(c => c.Value), StringComparer.Ordinal).ToList();
        var names = await objects.NamesAsync(kind, caller, others, cancellation);
        return ([.. choices, .. others.Select(o => new FormChoice(o, names.GetValueOrDefault(o, o)))], page.Fault is null && page.Value.Count > MostChoices);
    }

    static IReadOnlyList<string> Current(Field field, object entity)
    {
        var value = field.WriteOnly ? null : field.Get(entity);
        return value switch
        {
            null => [],
            // Of a new object: nothing is chosen yet.
            0 when field.Type is FieldType.Reference => [],
            Guid key when field.Type is FieldType.Reference && key == Guid.Empty => [],
            bool flag => [flag ? "true" : "false"],
            JsonNode node => [YamlText.Show(node)],
            DateTimeOffset time => [time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)],
            IEnumerable<string> texts => field.Type is FieldType.TextList ? [string.Join('\n', texts)] : [.. texts],
            IEnumerable<Guid> keys => [.. keys.Select(k => k.ToString())],
            IEnumerable<int> keys => [.. keys.Select(k => k.ToString(CultureInfo.InvariantCulture))],
            _ => [Wire(field, value)],
        };
    }

    static string Wire(Field field, object value)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
            field.Write(writer, value);
        var node = JsonNode.Parse(Encoding.UTF8.GetString(buffer.ToArray()));
        return node is JsonValue text && text.TryGetValue<string>(out var s) ? s : node?.ToJsonString() ?? "";
    }
}

/// <summary>One field of a form.</summary>
public sealed record FormField(Field Field, string Label, IReadOnlyList<string> Values, IReadOnlyList<FormChoice> Choices, IReadOnlyList<string> Errors)
{
    /// <summary>Decided by where the form was opened: carried along, not shown.</summary>
    public bool IsFixed { get; init; }

    /// <summary>There are more to choose from than are listed.</summary>
    public bool IsCut { get; init; }

    /// <summary>Stands before the names of controls where a page has several forms in one.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>What each row holds, by column, for fields that are lists of objects.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows { get; init; } = [];

    /// <summary>What an expression is for, which decides the names it sees.</summary>
    public ExpressionUse? Use { get; init; }

    /// <summary>Name of its control.</summary>
    public string Name => Prefix + Field.Name;

    public string Value => Values.Count > 0 ? Values[^1] : "";

    public string Id => $"f-{Name}";
}

/// <summary>One choice of a field.</summary>
public sealed record FormChoice(string Value, string Label);
