using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Storage.Kinds.Fields;

namespace Postern.Storage.Kinds;

/// <summary>Refines one field of a declaration.</summary>
public sealed class FieldBuilder<T>
    where T : class
{
    internal FieldBuilder(Field field) => Field = field;

    internal Field Field { get; }

    /// <summary>Must be given on creation; text may not be blank.</summary>
    public FieldBuilder<T> Required()
    {
        Field.Required = true;
        return NotBlank();
    }

    public FieldBuilder<T> NotBlank()
    {
        if (Codec is TextCodec text)
            text.AllowBlank = false;
        return this;
    }

    /// <summary>Must be given but may be blank.</summary>
    public FieldBuilder<T> RequiredMayBeBlank()
    {
        Field.Required = true;
        return this;
    }

    /// <summary>May be left out on creation; the kind's rules then decide.</summary>
    public FieldBuilder<T> Optional()
    {
        Field.Required = false;
        return this;
    }

    /// <summary>Loaded and answered only where the request asks for it, else null.</summary>
    public FieldBuilder<T> OnRequest()
    {
        Field.OnRequest = true;
        return this;
    }

    /// <summary>A full update that leaves this list out empties it; other lists of links it leaves alone.</summary>
    public FieldBuilder<T> EmptiedByPut()
    {
        Field.EmptiedByPut = true;
        return this;
    }

    public FieldBuilder<T> Nullable()
    {
        Field.Nullable = true;
        return this;
    }

    /// <summary>Null is refused, although what it refers to may be deleted later.</summary>
    public FieldBuilder<T> NotNull()
    {
        Field.Nullable = false;
        return this;
    }

    public FieldBuilder<T> ReadOnly()
    {
        Field.ReadOnly = true;
        return this;
    }

    public FieldBuilder<T> WriteOnly()
    {
        Field.WriteOnly = true;
        return this;
    }

    /// <summary>A secret that those who may change the object are answered; others do not see that the member exists.</summary>
    public FieldBuilder<T> ShownToChangers(Func<T, LoadContext, object?> reveal)
    {
        Field.Reveal = (entity, context) => reveal((T)entity, context);
        return this;
    }

    public FieldBuilder<T> BlueprintOnly()
    {
        Field.BlueprintOnly = true;
        return this;
    }

    /// <summary>Left out of exports, because the other end of the link carries it.</summary>
    public FieldBuilder<T> NotExported()
    {
        Field.Exported = false;
        return this;
    }

    public FieldBuilder<T> Unique()
    {
        Field.Unique = true;
        return this;
    }

    /// <summary>Spaces at the ends belong to the text.</summary>
    public FieldBuilder<T> KeepSpaces()
    {
        if (Codec is TextCodec text)
            text.Trim = false;
        return this;
    }

    public FieldBuilder<T> MaxLength(int characters)
    {
        if (Codec is TextCodec text)
            text.MaxLength = characters;
        return this;
    }

    /// <summary>A rule on the text: the error message, or null when it is fine.</summary>
    public FieldBuilder<T> Rule(Func<string, string?> refusal)
    {
        if (Codec is TextCodec text)
            text.Rule = refusal;
        return this;
    }

    public FieldBuilder<T> Label(string label)
    {
        Field.Label = label;
        return this;
    }

    /// <summary>The part of a form in which it waits, folded.</summary>
    public FieldBuilder<T> Section(string title)
    {
        Field.Section = title;
        return this;
    }

    /// <summary>The field is a list of objects with these members; forms show a row for each.</summary>
    public FieldBuilder<T> Rows(params FieldColumn[] columns)
    {
        Field.Columns = columns;
        return this;
    }

    public FieldBuilder<T> Help(string sentence)
    {
        Field.Help = sentence;
        return this;
    }

    /// <summary>The event of a new object's creation tells the value under this name.</summary>
    public FieldBuilder<T> ToldAs(string name)
    {
        Field.ToldAs = name;
        return this;
    }

    /// <summary>Older names for blueprints.</summary>
    public FieldBuilder<T> Aliases(params string[] names)
    {
        Field.Aliases = names;
        return this;
    }

    /// <summary>Older spellings of values, for blueprints.</summary>
    public FieldBuilder<T> ValueAliases(params (string Old, string Now)[] spellings)
    {
        Field.ValueAliases = spellings.ToDictionary(s => s.Old, s => s.Now, StringComparer.Ordinal);
        return this;
    }

    /// <summary>Older forms of the value, for blueprints: answers today's form, or null when the value is of today's form already.</summary>
    public FieldBuilder<T> OlderForm(Func<JsonElement, JsonNode?> translate)
    {
        Field.OlderForm = translate;
        return this;
    }

    public FieldBuilder<T> OnDelete(OnDelete what)
    {
        Field.OnDelete = what;
        return this;
    }

    /// <summary>The URL of one object carries this field instead of the key.</summary>
    public FieldBuilder<T> IsLookup(ModelKind kind)
    {
        kind.Lookup = Field;
        return this;
    }

    /// <summary>Values that forms offer and the API document names; a text field may hold others where its rule allows them.</summary>
    public FieldBuilder<T> Choices(IReadOnlyList<string> choices)
    {
        Field.Choices = choices;
        return this;
    }

    internal FieldBuilder<T> Target(string target)
    {
        Field.Target = target;
        return this;
    }

    Codec? Codec => (Field as ICoded)?.Codec;
}

/// <summary>A field with a codec.</summary>
interface ICoded
{
    Codec Codec { get; }
}
