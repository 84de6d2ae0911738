using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Postern.Blueprints.Nodes;

namespace Postern.Blueprints.Resolving;

// Tags that work on the values of their arguments.
internal sealed partial class Resolution
{
    async ValueTask<Resolved> FormatAsync(FormatNode tag)
    {
        var format = await ResolveAsync(tag.Format);
        var arguments = await AllAsync(tag.Arguments);
        if (format.IsFailed || arguments is null) return Resolved.Failed;
        var (text, problem) = PythonFormat.Apply(PythonText.Str(format.Value), arguments);
        return text is null ? Fail(tag, $"Format: {problem}") : Produced(tag, JsonValue.Create(text));
    }

    async ValueTask<Resolved> ConditionAsync(ConditionNode tag)
    {
        tests++;
        var arguments = await AllAsync(tag.Arguments);
        tests--;
        if (arguments is null) return Resolved.Failed;
        var isTrue = arguments.Count(Truth.Of);
        return Resolved.Of(JsonValue.Create(tag.Mode switch
        {
            ConditionMode.And => isTrue == arguments.Count,
            ConditionMode.Nand => isTrue != arguments.Count,
            ConditionMode.Or => isTrue > 0,
            ConditionMode.Nor => isTrue == 0,
            ConditionMode.Xor => isTrue % 2 == 1,
            _ => isTrue % 2 == 0,
        }));
    }

    async ValueTask<Resolved> IfAsync(IfNode tag)
    {
        var test = await TestAsync(tag.Test);
        if (test.IsFailed) return Resolved.Failed;
        var isTrue = Truth.Of(test.Value);
        var branch = isTrue ? tag.WhenTrue : tag.WhenFalse;
        return branch is null ? Resolved.Of(JsonValue.Create(isTrue)) : await ResolveAsync(branch);
    }

    async ValueTask<Resolved> AtIndexAsync(AtIndexNode tag)
    {
        var source = await ResolveAsync(tag.Source);
        var key = await ResolveAsync(tag.Key);
        if (source.IsFailed || key.IsFailed) return Resolved.Failed;
        switch (source.Value)
        {
            case JsonArray list:
                return await FromListAsync(tag, list, key.Value);
            case JsonObject map:
                var name = KeyText(key.Value);
                if (name is not null && map.TryGetPropertyValue(name, out var value)) return Produced(tag, value?.DeepClone());
                return tag.Default is null ? Fail(tag, $"Key does not exist: {PythonText.Str(key.Value)}") : await ResolveAsync(tag.Default);
            case null when tag.Default is not null:
                return await ResolveAsync(tag.Default);
            default:
                return Fail(tag, $"AtIndex: a list or a map is required, not {PythonText.TypeName(source.Value)}");
        }
    }

    async ValueTask<Resolved> FromListAsync(AtIndexNode tag, JsonArray list, JsonNode? key)
    {
        if (key?.GetValueKind() != JsonValueKind.Number || PythonNumber.Of(key) is not { Whole: { } index })
        {
            return Fail(tag, $"Invalid index for list: {PythonText.Str(key)}");
        }

        var place = index < 0 ? index + list.Count : index;
        if (place >= 0 && place < list.Count) return Produced(tag, list[(int)place]?.DeepClone());
        return tag.Default is null
            ? Fail(tag, string.Create(CultureInfo.InvariantCulture, $"Index out of range: {index}"))
            : await ResolveAsync(tag.Default);
    }

    // Keys of stored maps are texts, whatever they were in the file.
    static string? KeyText(JsonNode? key) => key switch
    {
        null => "null",
        JsonObject or JsonArray => null,
        _ => key.GetValueKind() == JsonValueKind.String ? key.GetValue<string>() : key.ToJsonString(),
    };
}
