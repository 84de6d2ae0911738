using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;

namespace Postern.Storage.Mapping;

/// <summary>Texts inside JSON columns, for queries only; each form matches an expression index <c>(jsonb_extract_path_text(column, 'a', 'b'))</c>.</summary>
public static class JsonPath
{
    /// <summary>The text at a key; null where there is none.</summary>
    public static string? Text(JsonObject column, string key) => throw Misused();

    /// <summary>The text at a key of an object at a key.</summary>
    public static string? Text(JsonObject column, string key, string inner) => throw Misused();

    /// <summary>The text at the end of a path of keys.</summary>
    public static string? At(JsonObject column, string[] path) => throw Misused();

    /// <summary>The number at the end of a path of keys; null where something else stands there.</summary>
    public static decimal? Number(JsonObject column, string[] path) => throw Misused();

    internal static void Register(ModelBuilder model)
    {
        foreach (var method in typeof(JsonPath).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => string.Equals(m.Name, nameof(Text), StringComparison.Ordinal)))
        {
            var function = model.HasDbFunction(method).HasName("jsonb_extract_path_text").IsBuiltIn();
            function.HasParameter("column").HasStoreType("jsonb");
        }
        foreach (var (method, name) in new[] { (nameof(At), "json_text_at"), (nameof(Number), "json_number_at") })
            model.HasDbFunction(typeof(JsonPath).GetMethod(method)!).HasName(name).HasParameter("column").HasStoreType("jsonb");
    }

    static InvalidOperationException Misused() => new("JsonPath stands for SQL; it cannot run in memory");
}
