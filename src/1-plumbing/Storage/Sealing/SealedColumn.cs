using Postern.Storage.Kinds;

namespace Postern.Storage.Sealing;

/// <summary>Where sealed texts are kept, so that they can be sealed anew when the secret key changes.</summary>
/// <param name="Table">The table.</param>
/// <param name="Key">Its key column.</param>
/// <param name="Column">The column, of text, or of JSON with <see cref="Member"/>.</param>
/// <param name="Purpose">What it is sealed for.</param>
public sealed record SealedColumn(string Table, string Key, string Column, string Purpose)
{
    /// <summary>The member of the JSON that is sealed.</summary>
    public string? Member { get; init; }

    /// <summary>The only type of rows meant, in a table of many.</summary>
    public string? Type { get; init; }

    /// <summary>Whether a text that is not sealed is a secret too.</summary>
    public bool TakesPlain { get; init; }

    internal static string PurposeOf(ModelKind kind, Field field) => $"config/{kind.Model}/{field.Name}";

    /// <summary>The secret of a family's member.</summary>
    internal static SealedColumn Of(ModelKind kind, Field field) =>
        new(kind.Base!.Table, kind.Base.Key.Name, "config", PurposeOf(kind, field)) { Member = field.Name, Type = kind.Model, TakesPlain = true };

    internal string Text => Member is null ? Column : $"{Column} ->> '{Member}'";

    internal string Rows => $"FROM {Table} WHERE {Text} <> ''{(Type is null ? "" : $" AND type = '{Type}'")}";

    /// <summary>Puts <c>$1</c> in its place.</summary>
    internal string Assignment => Member is null ? $"{Column} = $1" : $"{Column} = jsonb_set({Column}, '{{{Member}}}', to_jsonb($1::text))";
}
